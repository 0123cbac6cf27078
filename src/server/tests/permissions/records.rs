//! The lines of records: every kind, field, whose and role.

use std::collections::BTreeMap;

use domain::permissions::fields::MAKER_NAME;
use domain::plain::Plain;
use domain::{KIND_CONSENT, KIND_ENTRY, REPLIES, Record, RecordId, Role, View};
use protocol::{ErrorCode, MediaSize, PullItem, records_path};

use super::document::{Table, tables};
use super::guided;
use super::world::{NICKNAME, Records, World, new_id, place_of, reply};
use crate::tests::support::{Phone, Server, deletion, drawing, entry, stamp, told, voice};

/// The kinds of the document, with the kind that is asked for.
const KINDS: [(&str, &str); 3] =
    [("kind `entry`", KIND_ENTRY), ("kind `consent`", KIND_CONSENT), ("any other kind", "later")];

#[tokio::test]
async fn who_writes_what_is_as_the_document_says() {
    let world = World::new().await;
    let mut real = Real::default();
    for (kind, field) in fields_of(&KINDS) {
        for role in Role::ALL {
            let phone = world.member(role);
            let own = write(&world.server, kind, &field, new_id(world.server.now()));
            real.put(kind, &field, "own", "write", role, word(is_taken(&world.server, phone, own).await));

            let before = of_maker(&world, kind).await;
            let write = write(&world.server, kind, &field, before.id);
            let is_taken = is_taken(&world.server, phone, write).await;
            real.put(kind, &field, "others'", "write", role, word(is_taken));
            assert_eq!(of_maker(&world, kind).await != before, is_taken, "{kind} {field} by {role:?}");
        }
    }
    real.compare(&KINDS, "write");
}

#[tokio::test]
async fn who_reads_what_is_as_the_document_says() {
    let world = World::new().await;
    let mut real = Real::default();
    for (number, role) in (2..).zip(Role::ALL) {
        let (phone, own) = world.maker_who_became(role, number).await;
        world.let_in(&phone).await;
        let pulled = Pulled::by(&phone, &world.server).await;
        for (kind, field) in fields_of(&KINDS) {
            real.put(kind, &field, "own", "read", role, word(pulled.reads_own(&own, kind, &field)));
            real.put(kind, &field, "others'", "read", role, pulled.reads_of_others(&world.of_maker, kind, &field));
        }
        let exact = place_of(1).north_microdeg.to_string();
        assert!(!pulled.text.contains(&exact), "nobody is told where exactly others were");
        if role == Role::Researcher {
            assert!(!pulled.text.contains(NICKNAME), "{}", pulled.text);
            let id = world.maker.reply.membership.member_id.to_string();
            assert!(!pulled.text.contains(&id), "an id that others see beside the name");
        }
        // The bytes follow the field.
        let sees = async |sha256| phone.picture(&world.server, sha256, MediaSize::Large).await.status == 200;
        let of_maker = &world.of_maker;
        let photos = if !sees(of_maker.photo).await {
            "no"
        } else if sees(of_maker.photo_of_waiting).await {
            "yes"
        } else if sees(of_maker.photo_of_hidden).await {
            "guided"
        } else if sees(of_maker.photo_of_grouped).await {
            "group"
        } else {
            "shared"
        };
        real.put(KIND_ENTRY, "photos", "others'", "bytes", role, photos);
        let own_photos = sees(own.photo).await;
        for photo in [own.photo_of_waiting, own.photo_of_grouped, own.photo_of_hidden] {
            assert_eq!(sees(photo).await, own_photos);
        }
        real.put(KIND_ENTRY, "photos", "own", "bytes", role, word(own_photos));
    }
    for (whose, to) in [("own", "bytes"), ("others'", "bytes")] {
        let key = |to: &str| (KIND_ENTRY.to_owned(), ["photos", whose, to].map(str::to_owned).to_vec());
        assert_eq!(real.0.remove(&key(to)), real.0.get(&key("read")).cloned(), "{whose}");
    }
    real.compare(&KINDS, "read");
}

#[tokio::test]
async fn nobody_writes_or_reads_a_record_of_another_project() {
    let world = World::new().await;
    for role in Role::ALL {
        for phone in world.elsewhere(role).await {
            let there = phone.in_project(world.project);
            assert_eq!(there.get(&world.server, &records_path(world.project)).await.code(), ErrorCode::NotMember);
            for (kind, field) in fields_of(&KINDS) {
                for id in [new_id(world.server.now()), of_maker(&world, kind).await.id] {
                    let write = write(&world.server, kind, &field, id);
                    assert_eq!(there.try_push(&world.server, [write]).await.code(), ErrorCode::NotMember);
                }
            }
            let photo = world.of_maker.photo;
            let picture = there.picture(&world.server, photo, MediaSize::Large).await;
            assert_eq!(picture.code(), ErrorCode::NotFound);
        }
        // As a member of one's own project, with the id of a record of this one.
        let [phone, _] = world.elsewhere(role).await;
        for (kind, field) in fields_of(&KINDS) {
            let before = of_maker(&world, kind).await;
            let write = write(&world.server, kind, &field, before.id);
            assert_eq!(phone.push(&world.server, [write]).await, [Some(ErrorCode::NotYours)], "{kind} {field}");
            assert_eq!(of_maker(&world, kind).await, before);
        }
        let pulled = Pulled::by(&phone, &world.server).await;
        assert!(pulled.items.iter().all(|item| matches!(item, PullItem::Own { .. })), "{}", pulled.text);
        let picture = phone.picture(&world.server, world.of_maker.photo, MediaSize::Large).await;
        assert_eq!(picture.code(), ErrorCode::NotFound);
    }
}

/// What is found out, in the words of the document.
#[derive(Default)]
pub(super) struct Real(BTreeMap<(String, Vec<String>), BTreeMap<String, String>>);

impl Real {
    pub(super) fn put(&mut self, kind: &str, field: &str, whose: &str, to: &str, role: Role, word: &str) {
        let field = if field == LATER_FIELD { "any other" } else { field };
        let line = (kind.to_owned(), [field, whose, to].map(str::to_owned).to_vec());
        self.0.entry(line).or_default().insert(role.key().to_owned(), word.to_owned());
    }

    /// Fails when anything differs, also when a line was not asked for.
    pub(super) fn compare(&self, kinds: &Kinds, to: &str) {
        let said: BTreeMap<_, _> = tables_of(kinds)
            .into_iter()
            .flat_map(|(kind, table)| table.into_iter().map(move |(line, words)| ((kind.to_owned(), line), words)))
            .filter(|((_, line), _)| line[2] == to)
            .collect();
        for (line, words) in &said {
            assert_eq!(self.0.get(line), Some(words), "{line:?}: what the server does, and what the document says");
        }
        assert_eq!(said.len(), self.0.len());
    }
}

/// Stands for every field that has no line.
pub(super) const LATER_FIELD: &str = "later_field";

/// Kinds as the document calls them, with the kind that is asked for.
pub(super) type Kinds = [(&'static str, &'static str)];

fn tables_of(kinds: &Kinds) -> Vec<(&'static str, Table)> {
    let tables = tables();
    let titles = tables.keys().filter(|title| title.starts_with("Records of")).count();
    assert_eq!(titles, KINDS.len() + guided::KINDS.len(), "each kind is asked for");
    kinds.iter().map(|(title, kind)| (*kind, tables[&format!("Records of {title}")].clone())).collect()
}

/// Returns each field of which the document says something, with its kind.
pub(super) fn fields_of(kinds: &Kinds) -> Vec<(&'static str, String)> {
    let mut fields = Vec::new();
    for (kind, table) in tables_of(kinds) {
        let mut names: Vec<_> = table.keys().map(|line| line[0].clone()).collect();
        names.dedup();
        let name = |name: String| if name == "any other" { LATER_FIELD.to_owned() } else { name };
        fields.extend(names.into_iter().map(|field| (kind, name(field))));
    }
    fields
}

/// Makes a write of one field alone.
fn write(server: &Server, kind: &str, field: &str, id: RecordId) -> Record {
    let at = stamp(server.now().plus(1));
    match (kind, field) {
        (_, "erased") => Record::erasure(id, kind),
        (KIND_ENTRY, "deleted") => deletion(id, true, server.now().plus(1)),
        (KIND_ENTRY, "photos" | "themes") => {
            let mut edit = Record { id, ..entry(server.now().plus(1), &[&drawing(99)]) };
            let themes = domain::EntryEdit { themes: Some(vec![domain::Theme::Eten]), ..Default::default() };
            edit.merge(&themes.into_record(id, at));
            edit.fields.retain(|name, _| name == field);
            edit
        }
        (KIND_ENTRY, "valence") => Record::new(id, kind).with(field, "both", at),
        (_, "made_ms" | "phone_made_ms" | "given_ms" | "text_version") => Record::new(id, kind).with(field, 7, at),
        (KIND_CONSENT, "entry") => Record::new(id, kind).with(field, new_id(server.now()).to_value(), at),
        (KIND_CONSENT, "answer") => Record::new(id, kind).with(field, "none", at),
        (KIND_CONSENT, "how" | "parent") => Record::new(id, kind).with(field, "said", at),
        (KIND_CONSENT, "under_16") => Record::new(id, kind).with(field, true, at),
        (KIND_CONSENT, "subject") => Record::new(id, kind).with(field, "take_part", at),
        (KIND_ENTRY | KIND_CONSENT, "audience") => Record::new(id, kind).with(field, "everyone", at),
        (KIND_ENTRY, "place") => Record::new(id, kind).with(field, place_of(99).to_value(), at),
        (KIND_ENTRY, "voice") => {
            let mut edit = told(Record { id, ..entry(server.now().plus(1), &[]) }, &voice(99));
            edit.fields.retain(|name, _| name == field);
            edit
        }
        (KIND_ENTRY, REPLIES) => {
            let replies = vec![reply("Anders")];
            domain::EntryEdit { replies, ..Default::default() }.into_record(id, at)
        }
        (KIND_ENTRY, "place_shown") => Record::new(id, kind).with(field, "hidden", at),
        (KIND_ENTRY, "keep_copy") => Record::new(id, kind).with(field, true, at),
        (KIND_CONSENT, "withdrawn") => Record::new(id, kind).with(field, true, at),
        _ => Record::new(id, kind).with(field, "anders", at),
    }
}

pub(super) async fn is_taken(server: &Server, phone: &Phone, write: Record) -> bool {
    match phone.push(server, [write.clone()]).await.as_slice() {
        [None] => true,
        [Some(ErrorCode::NotYours)] => false,
        refused => panic!("{write:?}: {refused:?}"),
    }
}

pub(super) fn word(is_allowed: bool) -> &'static str {
    if is_allowed { "yes" } else { "no" }
}

/// Returns the maker's record of a kind, as it is now.
async fn of_maker(world: &World, kind: &str) -> Record {
    let records = &world.of_maker;
    let id = match kind {
        KIND_ENTRY => records.shown.id,
        KIND_CONSENT => records.consent.id,
        _ => records.later.id,
    };
    Pulled::by(&world.maker, &world.server).await.own(id).unwrap().clone()
}

/// All that a phone may hear of.
pub(super) struct Pulled {
    items: Vec<PullItem>,
    text: String,
}

impl Pulled {
    pub(super) async fn by(phone: &Phone, server: &Server) -> Self {
        let answer = phone.get(server, &records_path(phone.project)).await;
        let reply: protocol::PullReply = answer.json();
        assert!(!reply.more);
        Self { items: reply.items, text: answer.text() }
    }

    pub(super) fn own(&self, of: RecordId) -> Option<&Record> {
        self.items.iter().find_map(|item| match item {
            PullItem::Own { record, .. } if record.id == of => Some(record),
            PullItem::Own { .. } | PullItem::View { .. } | PullItem::Gone { .. } | PullItem::Unknown(_) => None,
        })
    }

    pub(super) fn view(&self, of: RecordId) -> Option<&View> {
        self.items.iter().find_map(|item| match item {
            PullItem::View { view } if view.id == of => Some(view),
            PullItem::Own { .. } | PullItem::View { .. } | PullItem::Gone { .. } | PullItem::Unknown(_) => None,
        })
    }

    fn reads_own(&self, own: &Records, kind: &str, field: &str) -> bool {
        let [whole, erased] = match kind {
            KIND_ENTRY => [own.shown.id, own.erased],
            KIND_CONSENT => [own.consent.id, own.erased_consent],
            _ => [own.later.id, own.erased_later],
        };
        if field == "erased" {
            return self.own(erased).is_some_and(|record| record.erased);
        }
        // In a maker's own record each reply is a field.
        let field = if field == REPLIES { "replies.why" } else { field };
        self.own(whole).is_some_and(|record| record.fields.contains_key(field))
    }

    fn reads_of_others(&self, of: &Records, kind: &str, field: &str) -> &'static str {
        let [shown, hidden] = match (kind, field) {
            (KIND_ENTRY, "deleted") => [of.deleted.id, of.deleted.id],
            (KIND_ENTRY, "erased") => [of.erased, of.erased],
            (KIND_ENTRY, _) => [of.shown.id, of.waiting.id],
            (KIND_CONSENT, "erased") => [of.erased_consent; 2],
            (KIND_CONSENT, _) => [of.consent.id; 2],
            (_, "erased") => [of.erased_later; 2],
            _ => [of.later.id; 2],
        };
        let reads = |id| self.view(id).is_some_and(|view| view.fields.contains_key(field));
        // Of entries it is told apart who sees what everyone sees, what his group sees, and what who guides sees.
        let further = |is_read: &dyn Fn(RecordId) -> bool| match kind {
            KIND_ENTRY if is_read(of.hidden.id) => "guided",
            KIND_ENTRY if is_read(of.grouped.id) => "group",
            _ => "shared",
        };
        if field == MAKER_NAME {
            let is_named = |id| self.view(id).is_some_and(|view| view.maker.name == NICKNAME);
            return match (self.view(shown), self.view(hidden)) {
                (Some(view), None) if view.maker.name == NICKNAME => further(&is_named),
                (Some(view), None) if view.maker.name.starts_with('#') => "pseudonymised",
                (Some(_), Some(_)) => "yes",
                _ => "no",
            };
        }
        match (reads(shown), reads(hidden)) {
            (false, false) => "no",
            (true, false) => further(&reads),
            (_, true) => "yes",
        }
    }
}
