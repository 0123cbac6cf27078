//! `GET /api/projects/{project}/records`: who sees what, and from when on.

use domain::{KIND_ENTRY, Record};
use protocol::{MediaSize, MediumState, PullItem, PullReply, records_path};

use super::records::own;
use super::support::{Server, deletion, drawing, entry, hash, stamp};

#[tokio::test]
async fn an_entry_is_shown_to_others_once_all_its_photos_are_there_and_checked() {
    let (server, [maker, other]) = Server::with_phones().await;
    let (first, second) = (drawing(1), drawing(2));
    let mine = entry(server.now(), &[&first, &second]);
    maker.push(&server, [mine.clone()]).await;
    assert_eq!(other.items(&server).await, []);
    maker.send(&server, &first).await;
    server.settle().await;
    assert_eq!(other.items(&server).await, []);
    maker.send(&server, &second).await;
    assert_eq!(other.items(&server).await, [], "not before it is checked");
    server.settle().await;
    let items = other.items(&server).await;
    let [PullItem::View { view }] = items.as_slice() else { panic!("{items:?}") };
    assert_eq!((view.id, view.kind.as_str()), (mine.id, KIND_ENTRY));
    assert_eq!((view.maker.id, view.maker.name.as_str()), (maker.reply.membership.member_id, "Ali"));
    assert_eq!(view.fields, domain::Entry::from_record(&mine).shown_fields());
}

#[tokio::test]
async fn no_cursor_skips_an_entry_that_became_visible_later() {
    let (server, [maker, other]) = Server::with_phones().await;
    let late = entry(server.now(), &[&drawing(1)]);
    maker.push(&server, [late.clone()]).await;
    let early = maker.share(&server, &[&drawing(2)]).await;
    let reply = other.pull(&server, "").await;
    assert_eq!(seen(&reply), [early]);
    maker.send(&server, &drawing(1)).await;
    server.settle().await;
    assert_eq!(seen(&other.pull(&server, &reply.cursor).await), [late.id]);
}

#[tokio::test]
async fn photos_that_came_before_their_entry_are_shown_with_it() {
    let (server, [maker, other]) = Server::with_phones().await;
    maker.send(&server, &drawing(1)).await;
    server.settle().await;
    let mine = entry(server.now(), &[&drawing(1)]);
    maker.push(&server, [mine.clone()]).await;
    assert_eq!(seen(&other.pull(&server, "").await), [mine.id]);
}

#[tokio::test]
async fn an_entry_without_a_photo_is_shown_to_nobody() {
    let (server, [maker, other]) = Server::with_phones().await;
    maker.push(&server, [entry(server.now(), &[])]).await;
    assert_eq!(other.items(&server).await, []);
}

#[tokio::test]
async fn a_photo_that_somebody_else_sent_does_not_make_an_entry_whole() {
    let (server, [maker, other]) = Server::with_phones().await;
    other.share(&server, &[&drawing(1)]).await;
    let borrowed = entry(server.now(), &[&drawing(1)]);
    maker.push(&server, [borrowed.clone()]).await;
    let missing = [(hash(&drawing(1)), MediumState::Missing)];
    assert!(maker.items(&server).await.contains(&own(&borrowed, &missing)));
    assert_eq!(seen(&other.pull(&server, "").await), []);
}

#[tokio::test]
async fn a_deletion_is_told_and_so_is_its_undoing() {
    let (server, [maker, other]) = Server::with_phones().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let before = other.pull(&server, "").await;
    maker.push(&server, [deletion(id, true, server.now().plus(1))]).await;
    let deleted = other.pull(&server, &before.cursor).await;
    assert_eq!(deleted.items, [PullItem::Gone { id }]);
    assert_eq!(other.picture(&server, hash(&drawing(1)), MediaSize::Large).await.status, 404);
    maker.push(&server, [deletion(id, false, server.now().plus(2))]).await;
    let undone = other.pull(&server, &deleted.cursor).await;
    assert_eq!(seen(&undone), [id]);
    assert_eq!(other.picture(&server, hash(&drawing(1)), MediaSize::Large).await.status, 200);
}

#[tokio::test]
async fn what_was_never_shown_is_never_told_to_be_gone() {
    let (server, [maker, other]) = Server::with_phones().await;
    let mine = entry(server.now(), &[&drawing(1)]);
    maker.push(&server, [mine.clone(), deletion(mine.id, true, server.now())]).await;
    maker.push(&server, [Record::erasure(mine.id, KIND_ENTRY)]).await;
    assert_eq!(other.items(&server).await, []);
}

#[tokio::test]
async fn an_entry_that_gets_a_photo_which_is_not_there_yet_is_gone_until_it_is() {
    let (server, [maker, other]) = Server::with_phones().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let cursor = other.pull(&server, "").await.cursor;
    let more = Record { id, ..entry(server.now().plus(1), &[&drawing(1), &drawing(2)]) };
    maker.push(&server, [more]).await;
    let gone = other.pull(&server, &cursor).await;
    assert_eq!(gone.items, [PullItem::Gone { id }]);
    maker.send(&server, &drawing(2)).await;
    server.settle().await;
    assert_eq!(seen(&other.pull(&server, &gone.cursor).await), [id]);
}

#[tokio::test]
async fn what_is_erased_stays_erased_whatever_is_written_afterwards() {
    let (server, [maker, other]) = Server::with_phones().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let cursor = other.pull(&server, "").await.cursor;
    assert_eq!(maker.push(&server, [Record::erasure(id, KIND_ENTRY)]).await, [None]);
    let rewritten = Record { id, ..entry(server.now().plus(9), &[&drawing(1)]) };
    assert_eq!(maker.push(&server, [rewritten]).await, [None]);
    maker.send(&server, &drawing(1)).await;
    server.settle().await;
    assert_eq!(other.pull(&server, &cursor).await.items, [PullItem::Gone { id }]);
    assert_eq!(maker.items(&server).await, [own(&Record::erasure(id, KIND_ENTRY), &[])]);
    assert_eq!(maker.picture(&server, hash(&drawing(1)), MediaSize::Large).await.status, 404);
}

#[tokio::test]
async fn pages_follow_each_other_without_gap_or_repetition() {
    let (server, [maker, other]) = Server::with_phones().await;
    let mut made = Vec::new();
    for number in 0..5 {
        made.push(maker.share(&server, &[&drawing(number)]).await);
    }
    let (mut got, mut cursor, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let path = format!("{}?after={cursor}&limit=2", records_path(other.project));
        let reply: PullReply = other.get(&server, &path).await.json();
        got.extend(seen(&reply));
        pages += 1;
        cursor = reply.cursor;
        if !reply.more {
            break;
        }
    }
    assert_eq!(got, made);
    assert!(pages >= 3);
    assert_eq!(other.pull(&server, &cursor).await.items, []);
}

#[tokio::test]
async fn a_cursor_of_another_database_starts_anew_and_says_so() {
    let (server, [maker, other]) = Server::with_phones().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let good = other.pull(&server, "").await;
    assert!(!good.restarted);
    let (epoch, _) = good.cursor.split_once('.').unwrap();
    let of_the_future = format!("{epoch}.1000000");
    for foreign in ["0123456789abcdef.1", "nonsense", "%00", &of_the_future] {
        let reply = other.pull(&server, foreign).await;
        assert!(reply.restarted, "{foreign}");
        assert_eq!((seen(&reply), reply.cursor), (vec![id], good.cursor.clone()), "{foreign}");
    }
}

#[tokio::test]
async fn a_second_phone_of_nobody_hears_only_of_its_own_project() {
    let (server, [maker]) = Server::with_phones().await;
    let (_, code) = server.project().await;
    let elsewhere = server.join(code).await;
    maker.share(&server, &[&drawing(1)]).await;
    assert_eq!(elsewhere.items(&server).await, []);
    let stranger = elsewhere.in_project(maker.project);
    assert_eq!(stranger.get(&server, &records_path(maker.project)).await.status, 404);
}

#[tokio::test]
async fn a_photo_that_cannot_be_decoded_is_shown_to_nobody_and_its_maker_is_told() {
    let (server, [maker, other]) = Server::with_phones().await;
    // Whole from the first byte to the last, but without the tables that its pixels are coded by.
    let broken = super::support::without_segments(&drawing(1), 0xdb);
    let mine = entry(server.now(), &[&broken]);
    maker.push(&server, [mine.clone()]).await;
    assert_eq!(maker.send(&server, &broken).await.status, 201);
    let cursor = maker.pull(&server, "").await.cursor;
    server.settle().await;
    let told = maker.pull(&server, &cursor).await.items;
    let set_aside = MediumState::SetAside { code: protocol::ErrorCode::BrokenImage };
    assert_eq!(told, [own(&mine, &[(hash(&broken), set_aside)])]);
    assert_eq!(other.items(&server).await, []);
    assert_eq!(maker.send(&server, &broken).await.status, 200, "sending it again changes nothing");
    // Without that photo the entry is as good as any other.
    maker.send(&server, &drawing(2)).await;
    let mended = Record { id: mine.id, ..entry(server.now().plus(1), &[&drawing(2)]) };
    maker.push(&server, [mended]).await;
    server.settle().await;
    assert_eq!(seen(&other.pull(&server, "").await), [mine.id]);
    assert!(!server.files().iter().any(|file| file.starts_with(&hash(&broken).to_string())));
}

#[tokio::test]
async fn a_restart_goes_on_checking_where_the_server_was_killed() {
    let (mut server, [maker, other]) = Server::with_phones().await;
    let mine = entry(server.now(), &[&drawing(1)]);
    maker.push(&server, [mine.clone()]).await;
    maker.send(&server, &drawing(1)).await;
    let cursor = other.pull(&server, "").await.cursor;
    server.restart().await;
    server.settle().await;
    let reply = other.pull(&server, &cursor).await;
    assert_eq!((seen(&reply), reply.restarted), (vec![mine.id], false));
}

#[tokio::test]
async fn a_picture_whose_file_was_lost_is_asked_for_again() {
    let (server, [maker, other]) = Server::with_phones().await;
    let mine = entry(server.now(), &[&drawing(1)]);
    maker.push(&server, [mine.clone()]).await;
    maker.send(&server, &drawing(1)).await;
    server.app().objects.delete(maker.project, hash(&drawing(1))).await.unwrap();
    server.settle().await;
    let missing = [(hash(&drawing(1)), MediumState::Missing)];
    assert_eq!(maker.items(&server).await, [own(&mine, &missing)]);
    maker.send(&server, &drawing(1)).await;
    server.settle().await;
    assert_eq!(seen(&other.pull(&server, "").await), [mine.id]);
}

#[tokio::test]
async fn an_edit_reaches_the_others() {
    let (server, [maker, other]) = Server::with_phones().await;
    let id = maker.share(&server, &[&drawing(1)]).await;
    let cursor = other.pull(&server, "").await.cursor;
    let edit = Record::new(id, KIND_ENTRY).with("story", "Anders gezegd", stamp(server.now().plus(1)));
    maker.push(&server, [edit]).await;
    let reply = other.pull(&server, &cursor).await;
    let [PullItem::View { view }] = reply.items.as_slice() else { panic!("{reply:?}") };
    assert_eq!(view.fields["story"], "Anders gezegd");
}

fn seen(reply: &PullReply) -> Vec<domain::RecordId> {
    let view = |item: &PullItem| if let PullItem::View { view } = item { Some(view.id) } else { None };
    reply.items.iter().filter_map(view).collect()
}
