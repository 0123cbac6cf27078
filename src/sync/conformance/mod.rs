//! What every storage must do: scripted checks over [`Storage`]. The simulated disk passes them natively and the real one
//! in a browser, so that the simulated one is an honest one.
//!
//! A new check goes into [`for_each_check`](crate::for_each_check), so that neither forgets it.

mod joining;
mod pulling;
mod sending;
mod staying;

use domain::{
    Audience, Entry, EntryEdit, FieldState, JoinId, KIND_ENTRY, Maker, Map, MediaHash, MemberId, NodeId, PhotoRef,
    ProjectId, Record, RecordId, Role, Stamp, Timestamp, View,
};
use protocol::{Membership, ProjectInfo, PullItem};

pub use self::joining::*;
pub use self::pulling::*;
pub use self::sending::*;
pub use self::staying::*;
use crate::{Cursors, OwnRecord, Snapshot, Write};

/// A storage under test, with nothing in it: what the engine asks of it, what a person does with it, and what screens
/// read. A method panics where the storage fails.
#[expect(async_fn_in_trait, reason = "only checks call it, which spawn nothing")]
pub trait Storage {
    /// Returns what syncing needs.
    async fn snapshot(&self) -> Snapshot;
    /// Does all of it in one transaction.
    async fn persist(&self, writes: Vec<Write>);
    /// Saves [`entry`] with [`photo`] of the same number.
    async fn save(&self, number: u8, now: Timestamp);
    /// Writes the story of [`entry`].
    async fn tell(&self, number: u8, story: &str, now: Timestamp);
    /// Says who may see [`entry`].
    async fn show(&self, number: u8, audience: Audience, now: Timestamp);
    /// Erases [`entry`].
    async fn erase(&self, number: u8);
    /// Asks to join with the code `BUURT2` under [`join_id`].
    async fn join(&self, number: u8, now: Timestamp);
    /// Returns [`entry`], if it is an own one that is not erased.
    async fn own(&self, number: u8) -> Option<OwnRecord>;
    /// Returns what others made.
    async fn views(&self) -> Vec<View>;
}

/// Calls a macro with the names of all checks.
#[macro_export]
macro_rules! for_each_check {
    ($run:ident) => {
        $run! {
            what_is_saved_before_joining_goes_to_the_first_project_joined,
            a_refused_join_gives_back_what_waited_for_it,
            a_join_that_a_closed_project_refused_is_asked_again_under_its_id,
            an_answered_join_is_kept_until_it_is_forgotten,
            a_membership_told_again_changes_no_cursor,
            a_project_that_was_left_gets_nothing_and_shows_nothing,
            who_comes_back_goes_on_with_what_he_made,
            who_comes_back_as_somebody_else_leaves_behind_what_the_former_one_did_not_send,
            who_is_shut_out_keeps_what_nobody_else_has,
            a_join_that_waits_outlives_being_shut_out,
            a_write_waits_until_it_is_confirmed,
            a_medium_waits_until_it_is_held,
            a_medium_that_is_set_aside_does_not_wait,
            what_is_set_aside_is_not_offered_and_stays,
            writes_stay_in_order_though_the_clock_goes_back,
            what_follows_a_confirmed_write_is_later,
            a_correction_of_the_clock_counts_for_what_is_written_next,
            restamped_writes_and_their_record_agree,
            a_stamp_that_is_corrected_moves_once,
            an_erasure_empties_the_record_and_is_sent,
            what_stays_on_the_phone_is_named,
            what_does_not_stay_any_more_is_offered_whole,
            words_of_what_stayed_do_not_wait_once_it_is_erased,
            an_own_record_that_comes_back_is_merged,
            what_is_erased_is_not_revived_by_a_late_old_copy,
            a_view_is_replaced_whole,
            what_is_gone_is_dropped,
            what_comes_back_as_ones_own_is_no_view_any_more,
            a_page_that_begins_anew_drops_the_views_before_it,
            cursors_are_kept_as_the_page_said,
            a_change_of_a_later_version_shows_nothing_and_waits_for_an_update,
            one_transaction_may_hold_many_writes,
        }
    };
}

/// Returns the entry of this number.
pub fn entry(number: u8) -> RecordId {
    named(number)
}

/// Returns the photo of this number.
pub const fn photo(number: u8) -> PhotoRef {
    PhotoRef { sha256: MediaHash([number; 32]), width: 4, height: 3, bytes: 5 }
}

/// Returns the project of this number.
pub fn project(number: u8) -> ProjectId {
    named(number)
}

/// Returns the join of this number.
pub fn join_id(number: u8) -> JoinId {
    named(number)
}

fn named<T: std::str::FromStr>(number: u8) -> T {
    let text = format!("00000000-0000-0000-0000-0000000000{number:02x}");
    text.parse().ok().expect("this is how an id is written")
}

fn at(ms: u64) -> Timestamp {
    Timestamp::from_ms(1_000_000 + ms)
}

fn membership(number: u8) -> Membership {
    Membership {
        project: ProjectInfo { id: project(number), name: "Wij".to_owned(), municipality: String::new() },
        member_id: named::<MemberId>(number),
        role: Role::Resident,
        nickname: String::new(),
    }
}

fn memberships(numbers: &[u8]) -> Vec<Write> {
    vec![Write::Memberships(numbers.iter().map(|number| membership(*number)).collect())]
}

fn page(items: Vec<PullItem>) -> Write {
    Write::Pulled { project: project(1), items, cursors: cursors("e.1", None), restarted: false }
}

fn cursors(newest: &str, older: Option<&str>) -> Cursors {
    Cursors { newest: Some(newest.to_owned()), older: older.map(str::to_owned) }
}

fn view(number: u8, story: &str) -> PullItem {
    let fields = [("story".to_owned(), story.into())].into_iter().collect();
    let maker = Maker { id: named::<MemberId>(99), name: String::new() };
    PullItem::View { view: View { id: entry(number), kind: KIND_ENTRY.to_owned(), maker, fields } }
}

/// An own entry as the server gives it back: a story written at this time.
fn own_item(number: u8, story: &str, ms: u64) -> PullItem {
    let stamp = Stamp { at: at(ms), count: 0, node: NodeId(77) };
    let edit = EntryEdit { story: Some(story.to_owned()), ..EntryEdit::default() };
    PullItem::Own { record: edit.into_record(entry(number), stamp), media: Map::new() }
}

fn story_of(own: &OwnRecord) -> String {
    Entry::from_record(&own.record).story
}

fn stamps_of(record: &Record) -> Vec<Stamp> {
    record.fields.values().flat_map(FieldState::stamps).collect()
}

async fn views_of(storage: &impl Storage) -> Vec<RecordId> {
    let mut ids: Vec<RecordId> = storage.views().await.into_iter().map(|view| view.id).collect();
    ids.sort();
    ids
}
