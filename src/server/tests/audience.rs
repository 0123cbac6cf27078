//! Who sees an entry: its maker alone, the maker's groups, or everyone.

use domain::Audience::{Everyone, MyGroup, OnlyMe};
use domain::{Audience, Entry, EntryEdit, KIND_ENTRY, KIND_GROUP, KIND_PROJECT, Record, RecordId, Role};
use protocol::{ErrorCode, MediaSize, MediumState, PullItem};

use super::records::own;
use super::support::{Phone, Server, deletion, drawing, entry, hash, stamp};
use super::team::{gone, group, members, seen, team, views};
use crate::services::expiry::expire;

#[tokio::test]
async fn an_entry_for_the_maker_alone_reaches_nobody_else() {
    let (server, [worker, coordinator, maker, other]) = team().await;
    let mine = shown_to(entry(server.now(), &[&drawing(1)]), OnlyMe, Some(true), &server);
    maker.send_entry(&server, &mine, &[&drawing(1)]).await;
    let kept = [(hash(&drawing(1)), MediumState::Shown)];
    assert_eq!(maker.items(&server).await, [own(&mine, &kept)]);
    for phone in [&worker, &coordinator, &other] {
        assert_eq!(phone.items(&server).await, []);
        let picture = phone.picture(&server, hash(&drawing(1)), MediaSize::Small).await;
        assert_eq!(picture.code(), ErrorCode::NotFound);
    }
    assert_eq!(maker.picture(&server, hash(&drawing(1)), MediaSize::Large).await.status, 200);
}

#[tokio::test]
async fn of_an_entry_that_stays_on_the_phone_the_server_keeps_no_words_and_no_photo() {
    let (server, [worker, _, maker, other]) = team().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let cursor = other.pull(&server, "").await.cursor;
    let narrow = audience(id, OnlyMe, &server);
    assert_eq!(maker.push(&server, [narrow.clone()]).await, [None]);
    assert_eq!(gone(&other.pull(&server, &cursor).await), [id]);
    assert_eq!(seen(&worker.pull(&server, "").await), []);
    assert_eq!(maker.items(&server).await, [own(&narrow, &[])], "its words are the phone's alone");
    assert_eq!(server.files(), Vec::<String>::new());

    // What comes late, or from a phone that does not know better, changes nothing.
    let late = Record::new(id, KIND_ENTRY).with("story", "Geheim", stamp(server.now().plus(5)));
    assert_eq!(maker.push(&server, [late]).await, [None]);
    assert_eq!(maker.items(&server).await, [own(&narrow, &[])]);
    let before = maker.pull(&server, "").await.cursor;
    assert_eq!(maker.push(&server, [narrow]).await, [None]);
    assert_eq!(maker.pull(&server, "").await.cursor, before, "sent again it changes nothing");
}

#[tokio::test]
async fn what_does_not_stay_on_the_phone_any_more_comes_whole() {
    let (server, [_, _, maker, other]) = team().await;
    let whole = entry(server.now(), &[&drawing(1)]);
    maker.send_entry(&server, &whole, &[&drawing(1)]).await;
    maker.push(&server, [audience(whole.id, OnlyMe, &server)]).await;
    server.pass_ms(1_000);
    let again = shown_to(whole.clone(), Everyone, None, &server);
    maker.send_entry(&server, &again, &[&drawing(1)]).await;
    assert_eq!(seen(&other.pull(&server, "").await), [whole.id]);
    assert_eq!(other.picture(&server, hash(&drawing(1)), MediaSize::Large).await.status, 200);
}

#[tokio::test]
async fn an_entry_that_was_shown_again_and_then_put_away_is_so_whatever_came_first() {
    let (server, [_, _, maker, other]) = team().await;
    let whole = entry(server.now(), &[&drawing(1)]);
    maker.send_entry(&server, &whole, &[&drawing(1)]).await;
    let narrowed = audience(whole.id, OnlyMe, &server);
    server.pass_ms(1_000);
    let shown = shown_to(whole.clone(), Everyone, None, &server);
    server.pass_ms(1_000);
    let put_away = deletion(whole.id, true, server.now());
    // A project that was closed meanwhile took what takes something back.
    maker.push(&server, [narrowed, put_away]).await;
    maker.send_entry(&server, &shown, &[&drawing(1)]).await;
    assert_eq!(seen(&other.pull(&server, "").await), []);
    let PullItem::Own { record, .. } = &maker.items(&server).await[0] else { panic!("it is the maker's") };
    assert!(Entry::from_record(record).is_deleted);
}

#[tokio::test]
async fn an_entry_that_stays_on_the_phone_is_not_erased_because_it_was_put_away_once() {
    let (server, [_, _, maker, _]) = team().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    maker.push(&server, [audience(id, OnlyMe, &server), deletion(id, true, server.now().plus(2))]).await;
    server.pass_days(31);
    expire(server.app()).await.unwrap();
    let PullItem::Own { record, .. } = &maker.items(&server).await[0] else { panic!("it is the maker's") };
    assert!(!record.erased, "its maker may have brought it back, on the phone alone");
}

#[tokio::test]
async fn a_photo_that_another_entry_shows_stays_when_one_is_narrowed() {
    let (server, [_, _, maker, other]) = team().await;
    let (one, two) = (maker.share(&server, &[&drawing(1)]).await, maker.share(&server, &[&drawing(1)]).await);
    maker.push(&server, [audience(one, OnlyMe, &server)]).await;
    expire(server.app()).await.unwrap();
    assert_eq!(seen(&other.pull(&server, "").await), [two]);
    assert_eq!(other.picture(&server, hash(&drawing(1)), MediaSize::Large).await.status, 200);
}

#[tokio::test]
async fn an_entry_for_a_group_reaches_its_members_and_those_who_guide() {
    let (server, [worker, coordinator, maker, other, stranger]) = team().await;
    let garden = group(&server, &worker, "Moestuin", &[&maker, &other]).await;
    let mine = shown_to(entry(server.now(), &[&drawing(1)]), MyGroup, None, &server);
    maker.send_entry(&server, &mine, &[&drawing(1)]).await;
    for phone in [&worker, &coordinator, &other] {
        assert_eq!(seen(&phone.pull(&server, "").await), [mine.id]);
        assert_eq!(phone.picture(&server, hash(&drawing(1)), MediaSize::Large).await.status, 200);
    }
    let told = stranger.pull(&server, "").await;
    assert!(views(&told).all(|view| view.kind == KIND_PROJECT), "not even that there is one");
    let picture = stranger.picture(&server, hash(&drawing(1)), MediaSize::Large).await;
    assert_eq!(picture.code(), ErrorCode::NotFound);

    let cursors = [&other, &stranger].map(|phone| phone.pull(&server, ""));
    let [other_cursor, stranger_cursor] = cursors;
    let (other_cursor, stranger_cursor) = (other_cursor.await.cursor, stranger_cursor.await.cursor);
    worker.push(&server, [members(garden, &[(&other, false), (&stranger, true)], &server)]).await;
    let told = other.pull(&server, &other_cursor).await;
    assert_eq!(gone(&told), [garden, mine.id], "who left the group sees it no more");
    let told = stranger.pull(&server, &stranger_cursor).await;
    assert_eq!(seen(&told), [mine.id], "who came does, whatever he had pulled before");
    assert!(told.items.iter().any(|item| matches!(item, PullItem::View { view } if view.kind == KIND_GROUP)));
    let picture = other.picture(&server, hash(&drawing(1)), MediaSize::Large).await;
    assert_eq!(picture.code(), ErrorCode::NotFound);
}

#[tokio::test]
async fn narrowing_and_widening_is_told_to_those_whom_it_concerns() {
    let (server, [worker, _, maker, other, stranger]) = team().await;
    group(&server, &worker, "Moestuin", &[&maker, &other]).await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let mut cursors = [other.pull(&server, "").await.cursor, stranger.pull(&server, "").await.cursor];
    for (audience, [for_other, for_stranger]) in
        [(MyGroup, [true, false]), (OnlyMe, [false, false]), (MyGroup, [true, false]), (Everyone, [true, true])]
    {
        server.pass_ms(1_000);
        let keeps = self::audience(id, audience, &server).with("keep_copy", true, stamp(server.now()));
        maker.push(&server, [keeps]).await;
        for (phone, cursor, sees) in [(&other, 0, for_other), (&stranger, 1, for_stranger)] {
            let told = phone.pull(&server, &cursors[cursor]).await;
            assert_eq!(seen(&told), if sees { vec![id] } else { vec![] }, "{audience:?}");
            assert_eq!(gone(&told), if sees { vec![] } else { vec![id] }, "{audience:?}");
            cursors[cursor] = told.cursor;
        }
    }
}

#[tokio::test]
async fn an_entry_that_says_nothing_has_the_audience_that_the_project_had_when_it_came() {
    let (server, [_, coordinator, maker, other]) = team().await;
    let settings = |audience: Audience, ms| {
        Record::new(domain::ProjectSettings::record_id(maker.project), KIND_PROJECT).with(
            "default_audience",
            audience.key(),
            stamp(server.now().plus(ms)),
        )
    };
    assert_eq!(coordinator.push(&server, [settings(OnlyMe, 0)]).await, [None]);
    let kept = maker.share(&server, &[&drawing(1)]).await;
    coordinator.push(&server, [settings(Everyone, 1)]).await;
    assert_eq!(seen(&other.pull(&server, "").await), []);
    assert_eq!(
        maker.picture(&server, hash(&drawing(1)), MediaSize::Large).await.status,
        200,
        "its phone knows no better"
    );
    let shared = maker.share(&server, &[&drawing(2)]).await;
    coordinator.push(&server, [settings(OnlyMe, 2)]).await;
    assert_eq!(seen(&other.pull(&server, "").await), [shared], "what was shared stays shared");
    maker.push(&server, [audience(kept, Everyone, &server)]).await;
    assert_eq!(seen(&other.pull(&server, "").await).len(), 2);
}

#[tokio::test]
async fn a_closed_project_takes_that_an_entry_is_narrowed_to_its_maker() {
    let (server, [_, _, maker, other]) = team().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let cursor = other.pull(&server, "").await.cursor;
    server.execute("UPDATE project SET closed_ms = 1").await;
    let refused = maker.try_push(&server, [audience(id, MyGroup, &server)]).await;
    assert_eq!(refused.code(), ErrorCode::ProjectClosed);
    assert_eq!(maker.push(&server, [audience(id, OnlyMe, &server)]).await, [None]);
    assert_eq!(gone(&other.pull(&server, &cursor).await), [id]);
}

#[tokio::test]
async fn others_never_learn_who_may_see_an_entry() {
    let (server, [worker, _, maker, other]) = team().await;
    group(&server, &worker, "Moestuin", &[&maker, &other]).await;
    let mine = shown_to(entry(server.now(), &[&drawing(1)]), MyGroup, Some(true), &server);
    maker.send_entry(&server, &mine, &[&drawing(1)]).await;
    for phone in [&worker, &other] {
        let told = serde_json::to_string(&phone.items(&server).await).unwrap();
        assert!(
            told.contains("Hier deel je eten") && !told.contains("audience") && !told.contains("keep_copy"),
            "{told}"
        );
    }
}

#[tokio::test]
async fn an_audience_that_is_not_known_is_refused() {
    let (server, [_, _, maker, _]) = team().await;
    let at = stamp(server.now());
    for (name, value) in [("audience", serde_json::json!("the_web")), ("keep_copy", serde_json::json!("yes"))] {
        let write = entry(server.now(), &[]).with(name, value, at);
        assert_eq!(maker.push(&server, [write]).await, [Some(ErrorCode::InvalidRecord)]);
    }
}

#[tokio::test]
async fn whose_role_does_not_guide_sees_what_everyone_sees() {
    for role in [Role::Researcher, Role::Municipality] {
        let (server, [worker, _, maker, reader]) = team().await;
        super::team::make(&server, &reader, role).await;
        group(&server, &worker, "Moestuin", &[&maker]).await;
        let grouped = shown_to(entry(server.now(), &[&drawing(1)]), MyGroup, None, &server);
        maker.send_entry(&server, &grouped, &[&drawing(1)]).await;
        let shared = maker.share(&server, &[&drawing(2)]).await;
        assert_eq!(seen(&reader.pull(&server, "").await), [shared]);
    }
}

fn shown_to(record: Record, audience: Audience, keep_copy: Option<bool>, server: &Server) -> Record {
    let edit = EntryEdit { audience: Some(audience), keep_copy, ..EntryEdit::default() };
    let mut record = record;
    record.merge(&edit.into_record(record.id, stamp(server.now())));
    assert_eq!(Entry::from_record(&record).audience, Some(audience));
    record
}

fn audience(id: RecordId, audience: Audience, server: &Server) -> Record {
    EntryEdit { audience: Some(audience), ..EntryEdit::default() }.into_record(id, stamp(server.now().plus(1)))
}

impl Phone {
    /// Pushes an entry, sends its pictures, and waits until they are checked.
    pub(super) async fn send_entry(&self, server: &Server, entry: &Record, pictures: &[&[u8]]) {
        assert_eq!(self.push(server, [entry.clone()]).await, [None]);
        for picture in pictures {
            assert!(self.send(server, picture).await.status.is_success());
        }
        server.settle().await;
    }
}
