//! The real storage does what every storage must do.

use domain::{Audience, EntryEdit, Timestamp, View};
use store::{DraftSave, Store};
use sync::conformance::{Storage, entry, join_id, photo};
use sync::{OwnRecord, Snapshot, Write};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{fresh_store, id, new_join, ready_draft};

macro_rules! in_the_browser {
    ($($check:ident),* $(,)?) => {
        $(#[wasm_bindgen_test]
        async fn $check() {
            sync::conformance::$check(&Real(fresh_store().await)).await;
        })*
    };
}

sync::for_each_check!(in_the_browser);

struct Real(Store);

impl Storage for Real {
    async fn snapshot(&self) -> Snapshot {
        self.0.snapshot().await.unwrap()
    }

    async fn persist(&self, writes: Vec<Write>) {
        self.0.persist(&writes).await.unwrap();
    }

    async fn save(&self, number: u8, now: Timestamp) {
        assert_eq!(ready_draft(&self.0, number.into()).await, photo(number));
        assert_eq!(self.0.save_draft(entry(number), now).await.unwrap(), DraftSave::Saved);
    }

    async fn tell(&self, number: u8, story: &str, now: Timestamp) {
        let edit = EntryEdit { story: Some(story.to_owned()), ..EntryEdit::default() };
        assert!(self.0.edit_entry(entry(number), edit, now).await.unwrap());
    }

    async fn show(&self, number: u8, audience: Audience, now: Timestamp) {
        assert!(self.0.show_entry(entry(number), audience, false, now).await.unwrap());
    }

    async fn erase(&self, number: u8) {
        assert!(self.0.erase_entry(entry(number)).await.unwrap());
    }

    async fn join(&self, number: u8, now: Timestamp) {
        let ids = (join_id(number), id(u128::from(number) + 500));
        assert!(self.0.queue_join(ids, new_join("BUURT2"), now).await.unwrap());
    }

    async fn own(&self, number: u8) -> Option<OwnRecord> {
        self.0.own_entry(entry(number)).await.unwrap().map(|stored| stored.own)
    }

    async fn views(&self) -> Vec<View> {
        self.0.views().await.unwrap()
    }
}
