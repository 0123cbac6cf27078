//! A project with those who guide it: what the tests of sight share.

use domain::{FieldState, KIND_ENTRY, KIND_GROUP, Record, RecordId, Role, SetMember, View};
use protocol::{PullItem, PullReply};

use super::support::{Phone, Server, stamp};
use crate::random;

/// Starts with one project: a worker, a coordinator, and residents.
pub(super) async fn team<const N: usize>() -> (Server, [Phone; N]) {
    let (server, phones) = Server::with_phones().await;
    for (phone, role) in phones.iter().zip([Role::Worker, Role::Coordinator]) {
        make(&server, phone, role).await;
    }
    (server, phones)
}

/// Gives a member another role, behind the server's back.
pub(super) async fn make(server: &Server, phone: &Phone, role: Role) {
    let mut tx = server.app().db.begin().await.unwrap();
    sqlx::query("UPDATE member SET role = $2 WHERE id = $1")
        .bind(phone.reply.membership.member_id.uuid())
        .bind(role.key())
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Makes a group of these.
pub(super) async fn group(server: &Server, by: &Phone, name: &str, phones: &[&Phone]) -> RecordId {
    let id = RecordId::new(server.now(), random::bytes());
    let is_in: Vec<_> = phones.iter().map(|phone| (*phone, true)).collect();
    let record = members(id, &is_in, server).with("name", name, stamp(server.now()));
    assert_eq!(by.push(server, [record]).await, [None]);
    id
}

/// Makes what puts members into a group, or takes them out.
pub(super) fn members(id: RecordId, phones: &[(&Phone, bool)], server: &Server) -> Record {
    server.pass_ms(1);
    let at = stamp(server.now());
    let key = |(phone, is_in): &(&Phone, bool)| {
        (phone.reply.membership.member_id.to_string(), SetMember { at, is_in: *is_in })
    };
    let mut record = Record::new(id, KIND_GROUP);
    record.fields.insert("members".to_owned(), FieldState::Set(phones.iter().map(key).collect()));
    record
}

/// Returns the entries of others in an answer.
pub(super) fn seen(reply: &PullReply) -> Vec<RecordId> {
    views(reply).filter(|view| view.kind == KIND_ENTRY).map(|view| view.id).collect()
}

/// Returns what an answer shows of others' records.
pub(super) fn views(reply: &PullReply) -> impl Iterator<Item = &View> {
    reply.items.iter().filter_map(|item| if let PullItem::View { view } = item { Some(view) } else { None })
}

/// Returns a record that an answer hands out whole.
pub(super) fn whole(reply: &PullReply, id: RecordId) -> Option<&Record> {
    let is_it = |record: &&Record| record.id == id;
    reply
        .items
        .iter()
        .filter_map(|item| if let PullItem::Own { record, .. } = item { Some(record) } else { None })
        .find(is_it)
}

/// Returns what an answer says is gone.
pub(super) fn gone(reply: &PullReply) -> Vec<RecordId> {
    let id = |item: &PullItem| if let PullItem::Gone { id } = item { Some(*id) } else { None };
    reply.items.iter().filter_map(id).collect()
}
