//! A project with a member of every role, one who shares, and others who have no business there.

use axum::http::Method;
use domain::{KIND_CONSENT, MediaHash, MemberId, ProjectId, Record, RecordId, Role, Timestamp};
use protocol::join_path;

use crate::cli::type_in;
use crate::random;
use crate::tests::support::{Phone, Server, drawing, entry, hash, join_request, stamp};

/// What nobody but other members of the project may read, and a researcher never.
pub(super) const NICKNAME: &str = "Annelies";

pub(super) struct World {
    pub(super) server: Server,
    pub(super) project: ProjectId,
    /// A resident who has one of everything.
    pub(super) maker: Phone,
    pub(super) of_maker: Records,
    /// One member of each role.
    members: Vec<(Role, Phone)>,
}

/// One record of every sort, of one maker.
pub(super) struct Records {
    /// With every field, shown to everyone, with drawing `number`.
    pub(super) shown: Record,
    /// The same, but its second photo has not come.
    pub(super) waiting: Record,
    pub(super) deleted: Record,
    pub(super) erased: RecordId,
    pub(super) consent: Record,
    pub(super) erased_consent: RecordId,
    pub(super) later: Record,
    pub(super) erased_later: RecordId,
    pub(super) photo: MediaHash,
    pub(super) photo_of_waiting: MediaHash,
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
        Self { server, project, maker, of_maker, members }
    }

    pub(super) fn member(&self, role: Role) -> &Phone {
        &self.members.iter().find(|(of, _)| *of == role).unwrap().1
    }

    /// Makes a member who has one of everything, from a time when his role let him, and then has this role.
    pub(super) async fn maker_who_became(&self, role: Role, number: u8) -> (Phone, Records) {
        let phone = self.server.join_as(self.project, Role::Resident).await;
        let records = one_of_everything(&self.server, &phone, number).await;
        let mut tx = self.server.app().db.begin().await.unwrap();
        sqlx::query("UPDATE member SET role = $2 WHERE id = $1")
            .bind(phone.reply.membership.member_id.uuid())
            .bind(role.key())
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
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
    let full = |pictures: &[&[u8]]| with_every_field(entry(now, pictures), now);
    let shown = full(&[&photo]);
    let waiting = full(&[&photo_of_waiting, &missing]);
    let deleted = full(&[&photo]).with("deleted", true, stamp(now.plus(1)));
    let [erased, erased_consent, erased_later] = [(); 3].map(|()| new_id(now));
    let consent = join_request("BUURT2".parse().unwrap(), now).consent;
    let consent = Record { id: new_id(now), ..consent }.with("later_field", "bewaar", stamp(now));
    let later = Record::new(new_id(now), "later").with("later_field", "bewaar", stamp(now));
    for records in [
        vec![shown.clone(), waiting.clone(), deleted.clone(), consent.clone(), later.clone()],
        vec![
            Record { id: erased, ..full(&[&photo]) },
            Record { id: erased_consent, ..consent.clone() },
            Record { id: erased_later, ..later.clone() },
        ],
    ] {
        let none_refused = vec![None; records.len()];
        assert_eq!(phone.push(server, records).await, none_refused);
    }
    for bytes in [&photo, &photo_of_waiting] {
        assert!(phone.send(server, bytes).await.status.is_success());
    }
    server.settle().await;
    let erasures = [(erased, "entry"), (erased_consent, KIND_CONSENT), (erased_later, "later")];
    assert_eq!(phone.push(server, erasures.map(|(id, kind)| Record::erasure(id, kind))).await, [None; 3]);
    Records {
        shown,
        waiting,
        deleted,
        erased,
        consent,
        erased_consent,
        later,
        erased_later,
        photo: hash(&photo),
        photo_of_waiting: hash(&photo_of_waiting),
    }
}

fn with_every_field(record: Record, now: Timestamp) -> Record {
    let themes = domain::EntryEdit { themes: Some(vec![domain::Theme::Groen]), ..Default::default() };
    let mut record = record.with("deleted", false, stamp(now)).with("later_field", "bewaar", stamp(now));
    record.merge(&themes.into_record(record.id, stamp(now)));
    record
}

pub(super) fn new_id(now: Timestamp) -> RecordId {
    RecordId::new(now, random::bytes())
}
