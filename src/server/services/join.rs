//! Becoming a member of a project.

use std::net::IpAddr;

use domain::{ConsentSubject, DeviceId, Invalid, JoinCode, MemberId, ProjectSettings, TakingPart, Texts, Timestamp};
use protocol::{ConsentShown, ErrorCode, JoinRequest, LogAct, MAX_NICKNAME_CHARS, Membership, WelcomeReply};

use super::devices::known_or_new;
use super::guessing::Guesser;
use super::{invitations, names, push, sight};
use crate::auth;
use crate::clock::stored;
use crate::error::Error;
use crate::random;
use crate::repositories::devices::{self, Member};
use crate::repositories::log::{Note, note};
use crate::repositories::projects::{self, WayIn};
use crate::repositories::{Connection, invitations as stored_invitations, members, records, recoveries};
use crate::state::App;

/// How long a join can be repeated by its id: as long as a phone may have to wait to learn that it had succeeded.
const RETRY_MS: u64 = 30 * 24 * 60 * 60 * 1000;

/// What came of joining.
pub(crate) struct Joined {
    /// The device.
    pub(crate) device: DeviceId,
    /// Who it is in the project.
    pub(crate) membership: Membership,
    /// For a device that showed none.
    pub(crate) token: Option<String>,
}

/// Why a code leads into no project.
enum NoEntry {
    /// It was never given out.
    Unknown,
    /// It was closed or taken back, is used up, or has expired.
    Replaced,
    /// The project is closed.
    Closed,
}

/// Joins a project with a code or an invitation. Repeated, with or without the token of the first time, it makes no second
/// member, and uses nothing up.
pub(crate) async fn join(
    app: &App,
    known: Option<DeviceId>,
    address: IpAddr,
    request: JoinRequest,
) -> Result<Joined, Error> {
    let now = app.now();
    let guesser = Guesser::admit(app, known, address, now)?;
    let request = checked(request, now)?;

    let mut tx = app.db.begin().await?;
    let found = find_or_make(&mut tx, known, &request, now).await?;
    let (device, member) = found.map_err(|why| refused(&guesser, why))?;
    if let Err(code) = push::write(&mut tx, member, request.consent, now).await? {
        return Err(Error::refused(code, "the consent cannot be taken"));
    }
    let token = if known.is_none() { Some(auth::give_token(&mut tx, device, now).await?) } else { None };
    let memberships = devices::memberships(&mut tx, device).await?;
    let membership = memberships.into_iter().find(|membership| membership.project.id == member.project);
    let membership = membership.ok_or_else(|| Error::Broken("a membership is not there once made".to_owned()))?;
    tx.commit().await?;
    tracing::debug!(project.id = %member.project, "a device joined");
    Ok(Joined { device, membership, token })
}

/// Says what lies behind a code or an invitation, to whoever may join by it; the project's own words in the language of this tag.
pub(crate) async fn welcome(
    app: &App,
    known: Option<DeviceId>,
    address: IpAddr,
    code: JoinCode,
    language: &str,
) -> Result<WelcomeReply, Error> {
    let now = app.now();
    let guesser = Guesser::admit(app, known, address, now)?;
    let mut tx = app.db.snapshot().await?;
    let way = match find_way_in(&mut tx, code, now).await? {
        None => return Err(refused(&guesser, NoEntry::Unknown)),
        Some(way) if way.is_closed => return Err(refused(&guesser, NoEntry::Closed)),
        Some(way) if !way.is_valid => return Err(refused(&guesser, NoEntry::Replaced)),
        Some(way) => way,
    };
    let rules = projects::rules(&mut tx, way.project).await?;
    let stored = records::find(&mut tx, ProjectSettings::record_id(way.project)).await?;
    let settings = stored.map(|stored| ProjectSettings::from_record(&stored.record)).unwrap_or_default();
    let said = |texts: &Texts| texts.get(language).filter(|text| !text.is_empty()).cloned();
    let consent = settings.consent_text(ConsentSubject::TakePart, language);
    Ok(WelcomeReply {
        name: projects::name(&mut tx, way.project).await?,
        default_audience: rules.default_audience,
        has_groups: settings.has_groups,
        join_text: said(&settings.join_text),
        consent: consent.map(|(version, text)| ConsentShown { version, text: text.to_owned() }),
        server_time_ms: now.ms(),
    })
}

/// Says why a code leads nowhere. Whoever reads it from an old poster, or opens an old invitation, guesses nothing.
fn refused(guesser: &Guesser<'_>, why: NoEntry) -> Error {
    match why {
        NoEntry::Replaced => Error::refused(ErrorCode::CodeReplaced, "this code or invitation is not in use any more"),
        NoEntry::Closed => Error::refused(ErrorCode::ProjectClosed, "the project takes nobody new"),
        NoEntry::Unknown => {
            guesser.was_wrong();
            Error::refused(ErrorCode::UnknownCode, "this code leads nowhere")
        }
    }
}

/// Returns the request as it will be used, or what is wrong with it.
fn checked(mut request: JoinRequest, now: Timestamp) -> Result<JoinRequest, Error> {
    request.nickname = names::checked(&request.nickname, MAX_NICKNAME_CHARS, "a nickname")?;
    match request.consent.check(now) {
        Ok(()) => {}
        Err(Invalid::ClockAhead) => return Err(push::clock_ahead()),
        Err(invalid) => return Err(Error::refused(push::refusal(&invalid), "the consent breaks a rule")),
    }
    let is_given = TakingPart::from_record(&request.consent).is_some_and(|part| part.is_enough());
    if is_given {
        Ok(request)
    } else {
        Err(Error::refused(ErrorCode::InvalidRecord, "joining needs a consent to take part"))
    }
}

async fn find_or_make(
    conn: &mut Connection,
    known: Option<DeviceId>,
    request: &JoinRequest,
    now: Timestamp,
) -> Result<Result<(DeviceId, Member), NoEntry>, Error> {
    let since_ms = stored(now).saturating_sub(i64::try_from(RETRY_MS).unwrap_or(i64::MAX));
    let done = devices::find_by_join(conn, request.join_id, since_ms).await?;
    if let Some((first_device, member)) = done {
        // The reply was lost, and perhaps the code has been closed since.
        let device = known.unwrap_or(first_device);
        return Ok(Ok((device, linked(conn, device, member).await?)));
    }
    let Some(way) = find_way_in(conn, request.code, now).await? else { return Ok(Err(NoEntry::Unknown)) };
    if way.is_closed {
        return Ok(Err(NoEntry::Closed));
    }
    if let Some(device) = known
        && let Some(member) = devices::find_member(conn, device, way.project).await?
    {
        let member = raised(conn, member, way, now).await?;
        if let (Some(member), Some(group)) = (member.filter(|_| way.is_valid), way.group) {
            sight::enter_group(conn, group, member, false, now).await?;
        }
        return Ok(member.map(|member| (device, member)).ok_or(NoEntry::Replaced));
    }
    if !way.is_valid {
        return Ok(Err(NoEntry::Replaced));
    }
    if devices::has_join(conn, request.join_id).await? {
        return Ok(Err(NoEntry::Unknown));
    }
    let device = known_or_new(conn, known, "", now).await?;
    let member = Member { id: MemberId::new(now, random::bytes()), project: way.project, role: way.role };
    devices::insert_member(conn, member, &request.nickname, request.join_id, device, stored(now)).await?;
    // Words that were written down bring back all that a person is, also what came later.
    recoveries::extend(conn, device, member.id).await?;
    devices::link(conn, device, member).await?;
    came_in(conn, member, way, LogAct::Joined, now).await?;
    sight::say_whether_unanswered_are_held(conn, member, now).await?;
    if let Some(group) = way.group {
        sight::enter_group(conn, group, member, true, now).await?;
    }
    Ok(Ok((device, member)))
}

async fn find_way_in(conn: &mut Connection, code: JoinCode, now: Timestamp) -> Result<Option<WayIn>, Error> {
    Ok(if code.is_invitation() {
        stored_invitations::find_way_in(conn, &invitations::hash(code), stored(now)).await?
    } else {
        projects::find_way_in(conn, code, stored(now)).await?
    })
}

/// Returns who a member is once he comes again, by a way that may lead to more: it gives him a role above his own and never
/// takes one away. `None` when it would give him one but is in use no more. Whoever opens the invitation again by which he
/// came stays who he is.
async fn raised(conn: &mut Connection, member: Member, way: WayIn, now: Timestamp) -> Result<Option<Member>, Error> {
    if !way.role.is_above(member.role) {
        return Ok(Some(member));
    }
    if !way.is_valid {
        return Ok(None);
    }
    let member = Member { role: way.role, ..member };
    members::set_role(conn, member).await?;
    came_in(conn, member, way, LogAct::RoleChanged, now).await?;
    Ok(Some(member))
}

/// Notes what came of a code or an invitation, which is used up by it.
async fn came_in(conn: &mut Connection, member: Member, way: WayIn, act: LogAct, now: Timestamp) -> Result<(), Error> {
    if let Some(invitation) = way.invitation {
        stored_invitations::use_up(conn, invitation, member.id, stored(now)).await?;
    }
    let by = Note::new(member.project, act, Some(member.id));
    Ok(note(conn, Note { role: Some(member.role), invitation: way.invitation, ..by }, stored(now)).await?)
}

/// Returns who the device is in the member's project. If it was nobody there, the member is its from now on and not the
/// first device's any more: nobody has that one's token, and the same join without one would bring it back.
async fn linked(conn: &mut Connection, device: DeviceId, member: Member) -> Result<Member, Error> {
    if let Some(there) = devices::find_member(conn, device, member.project).await? {
        return Ok(there);
    }
    devices::hand_over(conn, member, device).await?;
    Ok(member)
}

/// The largest request: a consent and a few words.
pub(crate) const MAX_JOIN_BYTES: usize = domain::MAX_RECORD_BYTES + 4096;
