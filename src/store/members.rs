//! Memberships, joins, and the current project.

use domain::{Audience, ConsentSubject, JoinCode, JoinId, ProjectId, RecordId, Timestamp};
use protocol::{ErrorCode, Membership};
use sync::{Home, PendingJoin, leave_behind};

use crate::meta::{Phone, own_of, put_own};
use crate::records::read_all;
use crate::rows::Row;
use crate::schema::{JOINS, MEMBERSHIPS, META};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

/// A membership as it is kept: with how far its project was pulled.
#[derive(Clone, Debug)]
pub(crate) struct StoredMembership {
    pub(crate) membership: Membership,
    /// Its place among the others: the oldest first.
    pub(crate) place: u32,
    /// What changed after this comes next.
    pub(crate) cursor: Option<String>,
    /// The page of older records that comes next.
    pub(crate) older: Option<String>,
    /// The server does not count this phone in any more: what its member made stays, and nothing is sent.
    pub(crate) is_left: bool,
    /// The codes with which this phone joined it: typed again, they need no network.
    pub(crate) codes: Vec<JoinCode>,
    /// Who sees the entries made from now on; `None`: whom the project says.
    pub(crate) audience: Option<Audience>,
}

domain::plain!(StoredMembership {
    membership,
    place,
    cursor,
    older: or_default,
    is_left: or_default,
    codes: or_default,
    audience
});

/// What somebody joins with.
#[derive(Clone, Copy, Debug)]
pub struct NewJoin<'a> {
    /// What was typed.
    pub code: JoinCode,
    /// May be empty.
    pub nickname: &'a str,
    /// The language of the consent text that was shown.
    pub language: &'a str,
    /// The version of that text.
    pub text_version: u32,
    /// Who sees the entries made from then on, where it was chosen.
    pub audience: Option<Audience>,
}

/// What this phone takes part in.
#[derive(Clone, Debug, PartialEq)]
pub struct Members {
    /// One per project, oldest first.
    pub memberships: Vec<Membership>,
    /// Projects that do not count this phone in any more.
    pub left: Vec<Membership>,
    /// Where entries made now belong.
    pub current: Home,
    /// Joins that the server has not answered, or has refused.
    pub joins: Vec<PendingJoin>,
}

impl Store {
    /// Returns what this phone takes part in.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn members(&self) -> Result<Members, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[META, MEMBERSHIPS, JOINS])?;
            let phone = Phone::read(&transaction, self.fresh_node()).await?;
            let stored = read_memberships(&transaction).await?;
            let mut joins: Vec<PendingJoin> = read_all(&transaction.all::<Row>(JOINS).await?)?;
            joins.retain(|join| join.answered.is_none());
            let (mut memberships, mut left) = (Vec::new(), Vec::new());
            for stored in stored {
                if stored.is_left { &mut left } else { &mut memberships }.push(stored.membership);
            }
            Ok(Members { memberships, left, current: phone.current, joins })
        })
        .await
    }

    /// Makes a project the current one.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn set_current(&self, project: ProjectId) -> Result<(), StoreError> {
        self.with(async |database| {
            let transaction = Transaction::write(database, &[META])?;
            let mut phone = Phone::read(&transaction, self.fresh_node()).await?;
            phone.set_current(Home::Project(project));
            phone.write(&transaction)?;
            transaction.commit().await
        })
        .await
    }

    /// Keeps a join until the server answers, with the consent given, and makes its project the current one. A join with
    /// the same code that waits already is taken instead of a second one, and one that a closed project refused is asked again
    /// under its id; one that was done already makes its project the current one at once, and `false` is returned.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn queue_join(
        &self,
        ids: (JoinId, RecordId),
        new: NewJoin<'_>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let NewJoin { code, nickname, language, text_version, audience } = new;
        self.with(async |database| {
            let transaction = Transaction::write(database, &[META, JOINS, MEMBERSHIPS])?;
            let mut phone = Phone::read(&transaction, self.fresh_node()).await?;
            let known = read_memberships(&transaction).await?;
            let same = known.into_iter().find(|stored| !stored.is_left && stored.codes.contains(&code));
            if let Some(mut stored) = same {
                phone.set_current(Home::Project(stored.membership.project.id));
                if audience.is_some() {
                    stored.audience = audience;
                    put_membership(&transaction, &stored)?;
                }
                phone.write(&transaction)?;
                transaction.commit().await?;
                return Ok(false);
            }
            let joins: Vec<PendingJoin> = read_all(&transaction.all::<Row>(JOINS).await?)?;
            // An old request of it may still be on its way, and find the project open: it must not make a second member.
            let was_closed = |join: &&PendingJoin| join.code == code && join.refused == Some(ErrorCode::ProjectClosed);
            let closed = joins.iter().find(was_closed).map(|join| (join.join_id, join.consent.id));
            let (join_id, consent_id) = closed.unwrap_or(ids);
            // A refused code is typed again: the old refusal goes, a fresh join takes its place.
            for refused in joins.iter().filter(|join| join.refused.is_some()) {
                transaction.delete(JOINS, refused.join_id.to_string())?;
            }
            let waiting =
                joins.into_iter().find(|join| join.refused.is_none() && join.answered.is_none() && join.code == code);
            let join = waiting.map(|join| PendingJoin { nickname: nickname.to_owned(), audience, ..join });
            let join = join.unwrap_or_else(|| {
                let consent = domain::Consent {
                    subject: ConsentSubject::TakePart,
                    text_version,
                    language: language.to_owned(),
                    given: phone.corrected(now),
                    is_withdrawn: false,
                };
                PendingJoin {
                    join_id,
                    code,
                    nickname: nickname.to_owned(),
                    consent: consent.to_record(consent_id, phone.tick(now)),
                    offset_ms: phone.offset_ms,
                    refused: None,
                    answered: None,
                    made: now,
                    audience,
                }
            });
            phone.set_current(Home::Join(join.join_id));
            phone.write(&transaction)?;
            transaction.put(JOINS, &Row::new(join.join_id.to_string(), "", &join)?)?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }
}

/// Returns the memberships, oldest first.
pub(crate) async fn read_memberships(transaction: &Transaction<'_>) -> Result<Vec<StoredMembership>, StoreError> {
    let mut stored: Vec<StoredMembership> = read_all(&transaction.all::<Row>(MEMBERSHIPS).await?)?;
    domain::sort_by(&mut stored, |a, b| a.place.cmp(&b.place));
    Ok(stored)
}

/// Returns one of them.
pub(crate) async fn membership_of(
    transaction: &Transaction<'_>,
    project: ProjectId,
) -> Result<Option<StoredMembership>, StoreError> {
    transaction.get::<Row>(MEMBERSHIPS, project.to_string()).await?.map(|row| row.read()).transpose()
}

/// Returns a join that is kept.
pub(crate) async fn join_of(transaction: &Transaction<'_>, join: JoinId) -> Result<Option<PendingJoin>, StoreError> {
    transaction.get::<Row>(JOINS, join.to_string()).await?.map(|row| row.read()).transpose()
}

pub(crate) fn put_membership(transaction: &Transaction<'_>, stored: &StoredMembership) -> Result<(), StoreError> {
    transaction.put(MEMBERSHIPS, &Row::new(stored.membership.project.id.to_string(), "", stored)?)
}

/// Returns who sees what is made now, where whoever makes it said so at joining.
pub(crate) async fn chosen_audience(
    transaction: &Transaction<'_>,
    phone: &Phone,
) -> Result<Option<Audience>, StoreError> {
    Ok(match phone.home() {
        Home::Project(project) => membership_of(transaction, project).await?.and_then(|stored| stored.audience),
        Home::Join(join) => join_of(transaction, join).await?.and_then(|join| join.audience),
        Home::Unjoined => None,
    })
}

/// Adds a membership, or updates the one that is there, also one that was left; its cursors stay. `join` is how it came about. Who
/// is somebody else there than before leaves behind what the server lacks of the former one's records.
pub(crate) async fn take_membership(
    transaction: &Transaction<'_>,
    membership: Membership,
    join: Option<&PendingJoin>,
) -> Result<(), StoreError> {
    let known = read_memberships(transaction).await?;
    let place = known.iter().map(|stored| stored.place + 1).max().unwrap_or(0);
    let same = known.into_iter().find(|stored| stored.membership.project.id == membership.project.id);
    let mut stored = same.unwrap_or_else(|| StoredMembership {
        membership: membership.clone(),
        place,
        cursor: None,
        older: None,
        is_left: false,
        codes: Vec::new(),
        audience: None,
    });
    if stored.membership.member_id != membership.member_id {
        for mut own in own_of(transaction, Home::Project(membership.project.id)).await? {
            if leave_behind(&mut own) {
                put_own(transaction, &own)?;
            }
        }
    }
    stored.membership = membership;
    stored.is_left = false;
    if let Some(join) = join {
        stored.codes.extend((!stored.codes.contains(&join.code)).then_some(join.code));
        stored.audience = join.audience.or(stored.audience);
    }
    put_membership(transaction, &stored)
}
