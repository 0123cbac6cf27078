//! `GET /api/projects/{project}/records`: a first pull that begins with the newest.

use std::collections::{BTreeMap, BTreeSet};

use domain::{EntryEdit, KIND_ENTRY, Record, RecordId};
use protocol::{MAX_PULL, PullFrom, PullItem, PullReply, pull_path};

use super::support::{Phone, Server, deletion, drawing, entry, stamp};

#[tokio::test]
async fn of_ten_thousand_entries_the_newest_come_first_and_the_others_follow_once() {
    let (server, [_, reader]) = Server::with_phones().await;
    server
        .execute(
            "INSERT INTO record (id, project_id, author_id, kind, fields, seq, deleted_ms, is_erased, exposure,
                 was_exposed)
             WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 10000)
             SELECT randomblob(16), m.project_id, m.id, 'entry', '{}', p.seq + n, NULL, 0, 'shown', 'shown'
             FROM numbers, (SELECT * FROM member ORDER BY joined_ms LIMIT 1) m JOIN project p ON p.id = m.project_id",
        )
        .await;
    server.execute("UPDATE project SET seq = (SELECT MAX(seq) FROM record)").await;
    let mut expected: Vec<_> = ids(&all(&server, &reader, PullFrom::After(String::new())).await);
    expected.reverse();
    assert!(expected.len() > 10_000);

    let first = reader.pull_from(&server, &PullFrom::Newest).await;
    assert_eq!(ids(std::slice::from_ref(&first)), expected[..MAX_PULL]);
    assert!(!first.more && first.older.is_some());
    assert_eq!(first.sequence, 10_002);
    let pages = all(&server, &reader, PullFrom::Newest).await;
    assert_eq!(ids(&pages), expected);
    assert!(pages.iter().all(|page| page.sequence == 10_002 && !page.restarted && page.cursor == first.cursor));
    let rest = reader.pull_from(&server, &PullFrom::After(first.cursor)).await;
    assert_eq!((rest.items, rest.sequence), (vec![], 10_002));
}

/// Whatever happens between the pages of a first pull, and whenever it is asked for what changed meanwhile.
#[tokio::test]
async fn newest_and_older_pages_and_what_changed_since_are_everything_and_nothing_else() {
    let (server, []) = Server::with_phones().await;
    for first in Change::ALL {
        for second in Change::ALL {
            for is_listening in [false, true] {
                let (_, code) = server.project().await;
                let (maker, reader) = (server.join(code).await, server.join(code).await);
                let picture = drawing(1);
                let made: Vec<_> = (0..5).map(|_| entry(server.now(), &[&picture])).collect();
                let entries: Vec<_> = made.iter().map(|entry| entry.id).collect();
                maker.push(&server, made).await;
                maker.send(&server, &picture).await;
                server.settle().await;
                let mut wall = Wall::default();
                wall.see(reader.page(&server, &PullFrom::Newest).await);
                for change in [first, second] {
                    change.make(&server, &maker, &entries).await;
                    if is_listening {
                        wall.follow(&server, &reader).await;
                    }
                    wall.go_back(&server, &reader).await;
                }
                while wall.older.is_some() {
                    wall.go_back(&server, &reader).await;
                }
                wall.follow(&server, &reader).await;

                let mut from_the_beginning = Wall::default();
                from_the_beginning.follow(&server, &reader).await;
                assert_eq!(wall.items, from_the_beginning.items, "{first:?} {second:?} {is_listening}");
            }
        }
    }
}

#[tokio::test]
async fn a_pull_from_nothing_leaves_out_what_is_gone() {
    let (server, [maker, reader]) = Server::with_phones().await;
    let gone = maker.share(&server, &[&drawing(1)]).await;
    let kept = maker.share(&server, &[&drawing(2)]).await;
    maker.push(&server, [deletion(gone, true, server.now().plus(1))]).await;
    let page = reader.pull_from(&server, &PullFrom::Newest).await;
    assert_eq!(ids(std::slice::from_ref(&page))[0], kept);
    assert!(!page.items.iter().any(|item| matches!(item, PullItem::Gone { .. })));
    assert!(reader.pull(&server, "").await.items.contains(&PullItem::Gone { id: gone }), "as version 1 knows it");
    assert!(ids(&[maker.pull_from(&server, &PullFrom::Newest).await]).contains(&gone), "its maker can undo it");
}

#[tokio::test]
async fn a_page_of_another_database_starts_anew_with_the_newest() {
    let (server, [maker, reader]) = Server::with_phones().await;
    let kept = maker.share(&server, &[&drawing(1)]).await;
    let cursor = reader.pull(&server, "").await.cursor;
    let (epoch, newest) = cursor.split_once('.').unwrap();
    let ahead = format!("{epoch}.999.3");
    let above = format!("{epoch}.{newest}.99");
    for wrong in ["other.4.2", "", "x", &cursor, &ahead, &above, &format!("{epoch}.-1.-1"), &format!("{epoch}.4.0")] {
        let page = reader.pull_from(&server, &PullFrom::Before(wrong.to_owned())).await;
        assert!(page.restarted, "{wrong}");
        assert_eq!((ids(std::slice::from_ref(&page))[0], &page.cursor), (kept, &cursor));
    }
}

#[tokio::test]
async fn every_reply_tells_the_newest_sequence_number() {
    let (server, [maker, reader]) = Server::with_phones().await;
    let before = reader.pull(&server, "").await;
    maker.share(&server, &[&drawing(1)]).await;
    let after = reader.pull(&server, &before.cursor).await;
    assert!(before.sequence > 0 && after.sequence > before.sequence);
    assert_eq!(reader.pull_from(&server, &PullFrom::Newest).await.sequence, after.sequence);
}

/// What may happen while somebody pulls.
#[derive(Clone, Copy, Debug)]
enum Change {
    Nothing,
    New,
    Edit(usize),
    Delete(usize),
    Erase(usize),
}

impl Change {
    /// The oldest entry, one in the middle and the newest stand for all.
    const ALL: [Self; 11] = [
        Self::Nothing,
        Self::New,
        Self::Edit(0),
        Self::Edit(2),
        Self::Edit(4),
        Self::Delete(0),
        Self::Delete(2),
        Self::Delete(4),
        Self::Erase(0),
        Self::Erase(2),
        Self::Erase(4),
    ];

    async fn make(self, server: &Server, maker: &Phone, entries: &[RecordId]) {
        server.pass_ms(1);
        let now = server.now();
        let change = match self {
            Self::Nothing => return,
            Self::New => {
                maker.share(server, &[&drawing(9)]).await;
                return;
            }
            Self::Edit(number) => EntryEdit { story: Some("Anders".to_owned()), ..EntryEdit::default() }
                .into_record(entries[number], stamp(now)),
            Self::Delete(number) => deletion(entries[number], true, now),
            Self::Erase(number) => Record::erasure(entries[number], KIND_ENTRY),
        };
        maker.push(server, [change]).await;
    }
}

/// What a phone holds that does as it is told.
#[derive(Default)]
struct Wall {
    items: BTreeMap<RecordId, PullItem>,
    cursor: String,
    older: Option<String>,
}

impl Wall {
    fn see(&mut self, page: PullReply) {
        for item in page.items {
            match id(&item) {
                gone if matches!(item, PullItem::Gone { .. }) => self.items.remove(&gone),
                shown => self.items.insert(shown, item),
            };
        }
        if self.cursor.is_empty() {
            self.cursor = page.cursor;
        }
        self.older = page.older;
    }

    async fn go_back(&mut self, server: &Server, reader: &Phone) {
        if let Some(older) = self.older.take() {
            let page = reader.page(server, &PullFrom::Before(older)).await;
            self.see(page);
        }
    }

    async fn follow(&mut self, server: &Server, reader: &Phone) {
        loop {
            let mut page = reader.page(server, &PullFrom::After(self.cursor.clone())).await;
            let (cursor, more, older) = (page.cursor.clone(), page.more, self.older.take());
            page.older = older;
            self.see(page);
            self.cursor = cursor;
            if !more {
                return;
            }
        }
    }
}

impl Phone {
    async fn pull_from(&self, server: &Server, from: &PullFrom) -> PullReply {
        self.get(server, &pull_path(self.project, from)).await.json()
    }

    /// A small page, so that there are several.
    async fn page(&self, server: &Server, from: &PullFrom) -> PullReply {
        self.get(server, &format!("{}&limit=2", pull_path(self.project, from))).await.json()
    }
}

async fn all(server: &Server, reader: &Phone, from: PullFrom) -> Vec<PullReply> {
    let mut pages = vec![reader.pull_from(server, &from).await];
    loop {
        let last = &pages[pages.len() - 1];
        let next = match &last.older {
            Some(older) => PullFrom::Before(older.clone()),
            None if last.more => PullFrom::After(last.cursor.clone()),
            None => break,
        };
        pages.push(reader.pull_from(server, &next).await);
    }
    let seen = ids(&pages);
    assert_eq!(seen.iter().collect::<BTreeSet<_>>().len(), seen.len(), "each once");
    pages
}

fn ids(pages: &[PullReply]) -> Vec<RecordId> {
    pages.iter().flat_map(|page| &page.items).map(id).collect()
}

fn id(item: &PullItem) -> RecordId {
    match item {
        PullItem::Own { record, .. } => record.id,
        PullItem::View { view } => view.id,
        PullItem::Gone { id } => *id,
        PullItem::Unknown(value) => panic!("{value:?}"),
    }
}
