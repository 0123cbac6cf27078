//! A project with a member of every role, one who shares, and others who have no business there.

use axum::http::Method;
use domain::plain::Plain;
use domain::{
    FieldState, KIND_CONSENT, KIND_GROUP, KIND_REVIEW, MediaHash, MemberId, Place, PlaceSource, ProjectId, Record,
    RecordId, Role, SetMember, Timestamp,
};
use protocol::join_path;

use crate::cli::type_in;
use crate::random;
use crate::tests::support::{Phone, Server, drawing, entry, hash, join_request, stamp, told, voice};
use crate::tests::team;

/// What nobody but other members of the project may read, and a researcher never.
pub(super) const NICKNAME: &str = "Annelies";

pub(super) struct World {
    pub(super) server: Server,
    pub(super) project: ProjectId,
    /// A resident who has one of everything.
    pub(super) maker: Phone,
    pub(super) of_maker: Records,
    /// A group that the maker is in.
    pub(super) group: RecordId,
    /// One member of each role.
    members: Vec<(Role, Phone)>,
}

/// One record of every sort, of one maker.
pub(super) struct Records {
    /// With every field, shown to everyone, with drawing `number`.
    pub(super) shown: Record,
    /// The same, but its second photo has not come.
    pub(super) waiting: Record,
    /// The same, for a group; with a photo of its own.
    pub(super) grouped: Record,
    /// The same, for everyone, until somebody hides it; with a photo of its own.
    pub(super) hidden: Record,
    pub(super) deleted: Record,
    pub(super) erased: RecordId,
    pub(super) consent: Record,
    pub(super) erased_consent: RecordId,
    pub(super) later: Record,
    pub(super) erased_later: RecordId,
    pub(super) photo: MediaHash,
    pub(super) photo_of_waiting: MediaHash,
    pub(super) photo_of_grouped: MediaHash,
    pub(super) photo_of_hidden: MediaHash,
}

impl World {
    pub(super) async fn new() -> Self {
        let server = Server::start().await;
        let (project, code) = server.project().await;
        let mut request = join_request(code, server.now());
        NICKNAME.clone_into(&mut request.nickname);
        let maker = Phone::joined(&server.post(join_path(), &request).await);
        let of_maker = one_of_everything(&server, &maker, 1).await;
        let mut members = Vec::new();
        for role in Role::ALL {
            members.push((role, server.join_as(project, role).await));
        }
        let world = Self { server, project, maker, of_maker, group: new_id(Timestamp::from_ms(1)), members };
        let coordinator = world.member(Role::Coordinator);
        world.let_in(&world.maker).await;
        let at = stamp(world.server.now());
        let hide = Record::new(new_id(world.server.now()), KIND_REVIEW)
            .with("entry", world.of_maker.hidden.id.to_value(), at)
            .with("decision", "hide", at);
        assert_eq!(coordinator.push(&world.server, [hide]).await, [None]);
        world
    }

    /// Puts a member into the group that the maker is in.
    pub(super) async fn let_in(&self, phone: &Phone) {
        let key = SetMember { at: stamp(self.server.now()), is_in: true };
        let keys = [(phone.reply.membership.member_id.to_string(), key)].into_iter().collect();
        let mut group = Record::new(self.group, KIND_GROUP);
        group.fields.insert("members".to_owned(), FieldState::Set(keys));
        assert_eq!(self.member(Role::Coordinator).push(&self.server, [group]).await, [None]);
    }

    pub(super) fn member(&self, role: Role) -> &Phone {
        &self.members.iter().find(|(of, _)| *of == role).unwrap().1
    }

    /// Makes a member who has one of everything, from a time when his role let him, and then has this role.
    pub(super) async fn maker_who_became(&self, role: Role, number: u8) -> (Phone, Records) {
        let phone = self.server.join_as(self.project, Role::Resident).await;
        let records = one_of_everything(&self.server, &phone, number).await;
        team::make(&self.server, &phone, role).await;
        (phone, records)
    }

    /// Returns who is no member: one with this role in another project, and one who had it here and
    /// was removed, and is a resident elsewhere.
    pub(super) async fn elsewhere(&self, role: Role) -> [Phone; 2] {
        let (other, code) = self.server.project().await;
        let removed = self.server.join_as(self.project, role).await;
        let body = serde_json::to_vec(&join_request(code, self.server.now())).unwrap();
        let joining = removed.request(Method::POST, join_path()).header("content-type", "application/json");
        assert!(self.server.send(joining.body(body.into()).unwrap()).await.status.is_success());
        remove(&self.server, removed.reply.membership.member_id).await;
        [self.server.join_as(other, role).await, removed]
    }
}

pub(super) async fn remove(server: &Server, member: MemberId) {
    type_in(&["member", "remove", "--data", server.data().to_str().unwrap(), &member.to_string()]).await.unwrap();
}

async fn one_of_everything(server: &Server, phone: &Phone, number: u8) -> Records {
    let now = server.now();
    let (photo, photo_of_waiting, missing) = (drawing(number), drawing(100 + number), drawing(200 + number));
    let full = |pictures: &[&[u8]]| told(with_every_field(entry(now, pictures), number, now), &voice(number));
    let shown = full(&[&photo]);
    let waiting = full(&[&photo_of_waiting, &missing]);
    let (of_group, of_hidden) = (drawing(120 + number), drawing(140 + number));
    let grouped = full(&[&of_group]).with("audience", "my_group", stamp(now));
    let hidden = full(&[&of_hidden]);
    let deleted = full(&[&photo]).with("deleted", true, stamp(now.plus(1)));
    let [erased, erased_consent, erased_later] = [(); 3].map(|()| new_id(now));
    let consent = join_request("BUURT2".parse().unwrap(), now).consent;
    let consent = Record { id: new_id(now), ..consent }.with("later_field", "bewaar", stamp(now));
    let consent = consent.with("answer", "agreed", stamp(now)).with("how", "said", stamp(now));
    let consent = consent.with("entry", shown.id.to_value(), stamp(now)).with("audience", "everyone", stamp(now));
    let consent = consent.with("under_16", true, stamp(now)).with("parent", "signed", stamp(now));
    let later = Record::new(new_id(now), "later").with("later_field", "bewaar", stamp(now));
    for records in [
        vec![
            shown.clone(),
            waiting.clone(),
            grouped.clone(),
            hidden.clone(),
            deleted.clone(),
            consent.clone(),
            later.clone(),
        ],
        vec![
            Record { id: erased, ..full(&[&photo]) },
            Record { id: erased_consent, ..consent.clone() },
            Record { id: erased_later, ..later.clone() },
        ],
    ] {
        let none_refused = vec![None; records.len()];
        assert_eq!(phone.push(server, records).await, none_refused);
    }
    for bytes in [&photo, &photo_of_waiting, &of_group, &of_hidden, &voice(number)] {
        assert!(phone.send(server, bytes).await.status.is_success());
    }
    server.settle().await;
    let erasures = [(erased, "entry"), (erased_consent, KIND_CONSENT), (erased_later, "later")];
    assert_eq!(phone.push(server, erasures.map(|(id, kind)| Record::erasure(id, kind))).await, [None; 3]);
    Records {
        shown,
        waiting,
        grouped,
        hidden,
        deleted,
        erased,
        consent,
        erased_consent,
        later,
        erased_later,
        photo: hash(&photo),
        photo_of_waiting: hash(&photo_of_waiting),
        photo_of_grouped: hash(&of_group),
        photo_of_hidden: hash(&of_hidden),
    }
}

fn with_every_field(record: Record, number: u8, now: Timestamp) -> Record {
    let sets = domain::EntryEdit {
        themes: Some(vec![domain::Theme::Groen]),
        replies: vec![reply("Daarom")],
        ..Default::default()
    };
    let mut record = record.with("deleted", false, stamp(now)).with("later_field", "bewaar", stamp(now));
    record = record.with("audience", "everyone", stamp(now)).with("keep_copy", false, stamp(now));
    record = record.with("transcript", "Hier deel je eten", stamp(now));
    record = record.with("place", place_of(number).to_value(), stamp(now)).with("place_shown", "street", stamp(now));
    record.merge(&sets.into_record(record.id, stamp(now)));
    record
}

/// What is said to a question.
pub(super) fn reply(text: &str) -> domain::Reply {
    domain::Reply { key: "why".into(), asked: "Waarom is het zo?".into(), text: text.into() }
}

/// Returns where this maker is: nobody else is exactly there.
pub(super) fn place_of(number: u8) -> Place {
    let north_microdeg = 51_985_123 + 1_000 * i64::from(number);
    let at = Timestamp::from_ms(1);
    Place { north_microdeg, east_microdeg: 5_898_730, accuracy_m: None, source: PlaceSource::Pointed, at }
}

pub(super) fn new_id(now: Timestamp) -> RecordId {
    RecordId::new(now, random::bytes())
}
