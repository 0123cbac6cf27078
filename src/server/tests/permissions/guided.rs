//! The lines of what those who guide a project write, and of what is said to them: settings, groups, reviews and answers, and what
//! was typed of voice notes.
//!
//! They stand in relation to a project or an entry, so each role gets projects of its own: one where it wrote all of them, from a
//! time when its role let it, and one where somebody else did.

use domain::permissions::fields::MAKER_NAME;
use domain::plain::Plain;
use domain::{
    CHANGED_BY, FieldState, KIND_ANSWER, KIND_GROUP, KIND_PROJECT, KIND_REVIEW, KIND_TRANSCRIPT, MediaHash,
    ProjectSettings, Record, RecordId, Role, SetMember,
};
use protocol::ErrorCode;
use serde_json::{Value, json};

use super::records::{LATER_FIELD, Pulled, Real, fields_of, is_taken, word};
use super::world::new_id;
use crate::tests::support::{Phone, Server, drawing, stamp};
use crate::tests::team;

/// The kinds of the document, with the kind that is asked for.
pub(super) const KINDS: [(&str, &str); 5] = [
    ("kind `project`", KIND_PROJECT),
    ("kind `group`", KIND_GROUP),
    ("kind `review`", KIND_REVIEW),
    ("kind `answer`", KIND_ANSWER),
    ("kind `transcript`", KIND_TRANSCRIPT),
];

#[tokio::test]
async fn who_writes_what_is_as_the_document_says() {
    let server = Server::start().await;
    let mut real = Real::default();
    for role in Role::ALL {
        for (whose, scene) in
            [("own", Scene::of_own(&server, role).await), ("others'", Scene::of_others(&server, role).await)]
        {
            // What erases comes last.
            let (erasing, others): (Vec<_>, Vec<_>) =
                fields_of(&KINDS).into_iter().partition(|(_, field)| field == "erased");
            for (kind, field) in others.into_iter().chain(erasing) {
                let before = scene.stored(&server, kind).await;
                server.pass_ms(1);
                let is_taken = is_taken(&server, &scene.phone, scene.write(&server, kind, &field)).await;
                real.put(kind, &field, whose, "write", role, word(is_taken));
                assert_eq!(scene.stored(&server, kind).await != before, is_taken, "{kind} {field} by {role:?}");
            }
        }
    }
    real.compare(&KINDS, "write");
}

#[tokio::test]
async fn who_reads_what_is_as_the_document_says() {
    let server = Server::start().await;
    let mut real = Real::default();
    for role in Role::ALL {
        let (own, others) = (Scene::of_own(&server, role).await, Scene::of_others(&server, role).await);
        for (kind, field) in fields_of(&KINDS).into_iter().filter(|(_, field)| field != "erased") {
            let pulled = Pulled::by(&own.phone, &server).await;
            let reads = pulled.own(own.id(kind)).is_some_and(|record| record.fields.contains_key(stored_as(&field)));
            real.put(kind, &field, "own", "read", role, word(reads));
            let pulled = Pulled::by(&others.phone, &server).await;
            real.put(kind, &field, "others'", "read", role, others.reads(&pulled, kind, &field));
        }
        for scene in [&own, &others] {
            scene.erase_all(&server).await;
        }
        for (kind, _) in fields_of(&KINDS).into_iter().filter(|(_, field)| field == "erased") {
            let is_told = |pulled: &Pulled, id| pulled.own(id).is_some_and(|record| record.erased);
            let pulled = Pulled::by(&own.phone, &server).await;
            real.put(kind, "erased", "own", "read", role, word(is_told(&pulled, own.id(kind))));
            let pulled = Pulled::by(&others.phone, &server).await;
            let told =
                if is_told(&pulled, others.id(kind)) { others.reach(&|id| is_told(&pulled, id), kind) } else { "no" };
            real.put(kind, "erased", "others'", "read", role, told);
        }
    }
    real.compare(&KINDS, "read");
}

#[tokio::test]
async fn nobody_writes_or_reads_one_of_another_project() {
    let server = Server::start().await;
    let there = Scene::of_others(&server, Role::Coordinator).await;
    for role in Role::ALL {
        let elsewhere = Scene::of_own(&server, role).await.phone;
        for (kind, field) in fields_of(&KINDS) {
            let before = there.stored(&server, kind).await;
            let write = there.write(&server, kind, &field);
            let as_member = elsewhere.in_project(there.phone.project).try_push(&server, [write.clone()]).await;
            assert_eq!(as_member.code(), ErrorCode::NotMember);
            assert_eq!(elsewhere.push(&server, [write]).await, [Some(ErrorCode::NotYours)], "{kind} {field}");
            assert_eq!(there.stored(&server, kind).await, before);
        }
        let pulled = Pulled::by(&elsewhere, &server).await;
        assert!(
            KINDS.iter().all(|(_, kind)| pulled.own(there.id(kind)).is_none() && pulled.view(there.id(kind)).is_none())
        );
    }
}

/// Returns a field as records have it: names of writers stand beside other fields.
fn stored_as(field: &str) -> &str {
    if field == CHANGED_BY { "changed_by.name" } else { field }
}

/// A project with one record of each kind, all written by `author`.
struct Scene {
    /// Of whom it is asked what he may.
    phone: Phone,
    author: Phone,
    /// The one that was reviewed.
    entry: RecordId,
    settings: RecordId,
    group: RecordId,
    /// One that nobody is in.
    other_group: RecordId,
    review: RecordId,
    answer: RecordId,
    transcript: RecordId,
}

impl Scene {
    /// A project where a member of this role wrote everything, when his role let him.
    async fn of_own(server: &Server, role: Role) -> Self {
        let (project, _) = server.project().await;
        let phone = server.join_as(project, Role::Coordinator).await;
        let guide = server.join_as(project, Role::Coordinator).await;
        let scene = Self::written_by(server, &phone, phone.clone(), &guide).await;
        team::make(server, &phone, role).await;
        scene
    }

    /// A project where somebody else wrote everything; the member is in the group.
    async fn of_others(server: &Server, role: Role) -> Self {
        let (project, _) = server.project().await;
        let author = server.join_as(project, Role::Coordinator).await;
        let guide = server.join_as(project, Role::Coordinator).await;
        let phone = server.join_as(project, role).await;
        Self::written_by(server, &author, phone, &guide).await
    }

    async fn written_by(server: &Server, author: &Phone, phone: Phone, guide: &Phone) -> Self {
        let of_author = author.share(server, &[&drawing(1)]).await;
        let of_guide = guide.share(server, &[&drawing(2)]).await;
        let now = server.now();
        let asked = Record::new(new_id(now), KIND_REVIEW).with("entry", of_author.to_value(), stamp(now));
        let asked = asked.with("decision", "ask", stamp(now));
        assert_eq!(guide.push(server, [asked.clone()]).await, [None]);
        let group = team::group(server, author, "Moestuin", &[&phone, author]).await;
        let other_group = team::group(server, author, "School", &[]).await;
        let scene = Self {
            entry: of_guide,
            settings: ProjectSettings::record_id(author.project),
            group,
            other_group,
            review: new_id(now),
            answer: new_id(now),
            transcript: new_id(now),
            author: author.clone(),
            phone,
        };
        for (kind, field) in fields_of(&KINDS) {
            if matches!(field.as_str(), "erased" | MAKER_NAME | "members") {
                continue;
            }
            let mut write = scene.write(server, kind, &field);
            if (kind, field.as_str()) == (KIND_ANSWER, "review") {
                write = write.with("review", asked.id.to_value(), stamp(server.now()));
            }
            assert_eq!(author.push(server, [write]).await, [None], "{kind} {field}");
        }
        let of_other_group = Record::new(other_group, KIND_GROUP).with(LATER_FIELD, "bewaar", stamp(server.now()));
        assert_eq!(author.push(server, [of_other_group]).await, [None]);
        scene
    }

    fn id(&self, kind: &str) -> RecordId {
        match kind {
            KIND_PROJECT => self.settings,
            KIND_GROUP => self.group,
            KIND_REVIEW => self.review,
            KIND_TRANSCRIPT => self.transcript,
            _ => self.answer,
        }
    }

    /// Makes a write of one field alone: whose write it is, [`Phone::push`] puts beside it.
    fn write(&self, server: &Server, kind: &str, field: &str) -> Record {
        let (id, at) = (self.id(kind), stamp(server.now()));
        let field = if field == CHANGED_BY { "name" } else { field };
        let texts = json!({ "nl": format!("Op {}", server.now().ms()) });
        let value: Value = match field {
            "erased" => return Record::erasure(id, kind),
            "members" => {
                let mut record = Record::new(id, kind);
                let key = SetMember { at, is_in: true };
                let keys = [(uuid::Uuid::max().to_string(), key)].into_iter().collect();
                record.fields.insert(field.to_owned(), FieldState::Set(keys));
                return record;
            }
            "default_audience" => json!("everyone"),
            "approval" | "has_groups" => json!(false),
            "people_unanswered" => json!("show"),
            "themes" => json!([{ "key": "markt", "names": texts }]),
            "questions" => json!([{ "key": "zien", "texts": texts }]),
            "consent_texts" => json!([{ "subject": "take_part", "version": 1, "texts": texts }]),
            "assignment" | "join_text" => texts,
            "report_desk" => json!("https://ede.example/melden"),
            "area" => json!({ "type": "Polygon", "coordinates": [[[5, 51], [6, 51], [6, 52], [5, 51]]] }),
            "erase_photos_ms" | "erase_all_ms" => json!(server.now().ms()),
            "decision" => json!("ask"),
            "saw" => json!(MediaHash([7; 32]).to_string()),
            "entry" => self.entry.to_value(),
            "review" => new_id(server.now()).to_value(),
            _ => json!("anders"),
        };
        Record::new(id, kind).with(field, value, at)
    }

    /// Returns what the server holds of a kind: as its author has it.
    async fn stored(&self, server: &Server, kind: &str) -> Option<Record> {
        Pulled::by(&self.author, server).await.own(self.id(kind)).cloned()
    }

    fn reads(&self, pulled: &Pulled, kind: &str, field: &str) -> &'static str {
        if field != MAKER_NAME {
            let reads = |id| {
                pulled.own(id).is_some_and(|record| record.fields.contains_key(stored_as(field)))
                    || pulled.view(id).is_some_and(|view| view.fields.contains_key(stored_as(field)))
            };
            return if reads(self.id(kind)) { self.reach(&reads, kind) } else { "no" };
        }
        let name = |id| pulled.view(id).map(|view| view.maker.name.as_str());
        match name(self.id(kind)) {
            None => "no",
            Some(pseudonym) if pseudonym.starts_with('#') => "pseudonymised",
            Some(_) => self.reach(&|id| name(id).is_some(), kind),
        }
    }

    /// Returns how far it reaches what is read of a record of this kind.
    fn reach(&self, is_read: &dyn Fn(RecordId) -> bool, kind: &str) -> &'static str {
        match kind {
            KIND_PROJECT => "shared",
            KIND_GROUP if !is_read(self.other_group) => "group",
            _ => "guided",
        }
    }

    async fn erase_all(&self, server: &Server) {
        let role = {
            let members: protocol::MeReply = self.author.get(server, protocol::me_path()).await.json();
            members.memberships[0].role
        };
        team::make(server, &self.author, Role::Coordinator).await;
        for (id, kind) in
            KINDS.map(|(_, kind)| (self.id(kind), kind)).into_iter().chain([(self.other_group, KIND_GROUP)])
        {
            assert_eq!(self.author.push(server, [Record::erasure(id, kind)]).await, [None]);
        }
        team::make(server, &self.author, role).await;
    }
}
