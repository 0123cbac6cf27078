//! The simulated disk does what every storage must do.

use std::cell::RefCell;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use domain::{Audience, Consent, ConsentSubject, EntryEdit, JoinId, NodeId, RecordId, Stamp, Timestamp, View};
use sync::conformance::{Storage, entry, join_id, photo};
use sync::{OwnRecord, PendingJoin, Snapshot, Write};

use crate::disk::Disk;

macro_rules! natively {
    ($($check:ident),* $(,)?) => {
        $(#[test]
        fn $check() {
            let disk = Simulated(RefCell::new(Disk::new(NodeId(1), 2)));
            let check = pin!(sync::conformance::$check(&disk));
            let polled = check.poll(&mut Context::from_waker(Waker::noop()));
            assert_eq!(polled, Poll::Ready(()), "a simulated disk answers at once");
        })*
    };
}

sync::for_each_check!(natively);

struct Simulated(RefCell<Disk>);

impl Storage for Simulated {
    async fn snapshot(&self) -> Snapshot {
        self.0.borrow().snapshot()
    }

    async fn persist(&self, writes: Vec<Write>) {
        self.0.borrow_mut().persist(&writes);
    }

    async fn save(&self, number: u8, now: Timestamp) {
        let edit = EntryEdit { photos: Some(vec![photo(number)]), made: Some((now, now)), ..EntryEdit::default() };
        self.0.borrow_mut().write(entry(number), edit, now);
    }

    async fn tell(&self, number: u8, story: &str, now: Timestamp) {
        let edit = EntryEdit { story: Some(story.to_owned()), ..EntryEdit::default() };
        self.0.borrow_mut().write(entry(number), edit, now);
    }

    async fn show(&self, number: u8, audience: Audience, now: Timestamp) {
        let edit = EntryEdit { audience: Some(audience), ..EntryEdit::default() };
        self.0.borrow_mut().write(entry(number), edit, now);
    }

    async fn erase(&self, number: u8) {
        self.0.borrow_mut().erase(entry(number));
    }

    async fn join(&self, number: u8, now: Timestamp) {
        let join_id: JoinId = join_id(number);
        let consent = Consent {
            subject: ConsentSubject::TakePart,
            text_version: 1,
            language: "nl".to_owned(),
            given: now,
            is_withdrawn: false,
        };
        let join = PendingJoin {
            join_id,
            code: "BUURT2".parse().unwrap(),
            nickname: String::new(),
            consent: consent
                .to_record(RecordId::from_uuid(join_id.uuid()), Stamp { at: now, count: 0, node: NodeId(0) }),
            offset_ms: None,
            refused: None,
            answered: None,
            made: now,
            audience: None,
        };
        self.0.borrow_mut().queue_join(join, now);
    }

    async fn own(&self, number: u8) -> Option<OwnRecord> {
        self.0.borrow().records.get(&entry(number)).filter(|own| !own.record.erased).cloned()
    }

    async fn views(&self) -> Vec<View> {
        self.0.borrow().views.values().cloned().collect()
    }
}
