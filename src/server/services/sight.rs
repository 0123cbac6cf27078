//! Who sees what: worked out for a record whenever it is written, and for others when that changes what is seen of them.
//!
//! | record | its author | who guides the project | the others |
//! |---|---|---|---|
//! | entry for everyone | always | once its photos are there | too, where it need not be approved or is, is not hidden, and its maker said whether there are people in it where he has to |
//! | entry for the maker's groups | always | once its photos are there | likewise, of those who are in a group with its maker |
//! | entry for the maker alone, or whose people took back that they agreed | always | never | never |
//! | consent | always | never | never |
//! | group | always | always | those who are in it |
//! | project | always | always | always |
//! | review, transcript | always | always | the maker of the entry |
//! | answer | always | always | never |
//! | of a later version | always | never | never |

use domain::Decision;
use domain::permissions::{May, Standing, sees};
use domain::plain::{Plain, Value};
use domain::{
    Audience, Entry, Group, HOLD, KIND_ANSWER, KIND_CONSENT, KIND_ENTRY, KIND_GROUP, KIND_PROJECT, KIND_REVIEW,
    KIND_TRANSCRIPT, MemberId, PEOPLE_UNANSWERED, ProjectId, ProjectSettings, Record, RecordId, Review, Set, Timestamp,
    Typed, standing,
};
use protocol::MediumState;

use super::records::{self, MediaStates};
use crate::error::Error;
use crate::repositories::devices::Member;
use crate::repositories::projects::{CodeOf, Rules};
use crate::repositories::records::{self as stored_records, Exposure, Reader, Sight, StoredRecord};
use crate::repositories::{Connection, groups, projects};

/// Returns who reads, with a phone that speaks this version of the protocol.
pub(super) fn reader(member: Member, version: u32) -> Reader {
    Reader {
        id: member.id,
        is_guide: reads(member, Standing::Guided),
        knows_kinds: version >= 3,
        is_grouped: reads(member, Standing::InGroup),
    }
}

/// Says whether a member reads entries that stand so to him.
fn reads(member: Member, standing: Standing) -> bool {
    sees(member.role, KIND_ENTRY, "photos", standing) != May::No
}

/// Returns how somebody else's record stands to a member who sees it.
pub(super) fn stands_to(member: Member, stored: &StoredRecord) -> Standing {
    match stored.sight {
        Sight { for_member: Some(id), .. } if id == member.id => Standing::Own,
        Sight { exposure: Exposure::Shown, .. } => Standing::Shared,
        Sight { .. } if reads(member, Standing::Guided) => Standing::Guided,
        Sight { .. } => Standing::InGroup,
    }
}

/// Works out who sees a record, whose media stand like this.
pub(super) async fn of(conn: &mut Connection, stored: &StoredRecord, states: &MediaStates) -> Result<Sight, Error> {
    let before = stored.sight;
    let record = &stored.record;
    let unseen = Sight { exposure: Exposure::Hidden, ..before };
    let (now, is_guided) = match record.kind.as_str() {
        _ if record.erased => (unseen, false),
        KIND_ENTRY => of_entry(conn, stored, states).await?,
        KIND_GROUP => (Sight { exposure: Exposure::Group, ..before }, true),
        KIND_PROJECT => (Sight { exposure: Exposure::Shown, ..before }, true),
        KIND_REVIEW | KIND_TRANSCRIPT => {
            let typed = || Typed::from_record(record).map(|typed| typed.entry);
            let subject = Review::from_record(record).map(|review| review.entry).or_else(typed);
            let entry = match subject {
                Some(id) => stored_records::find(conn, id).await?,
                None => None,
            };
            (Sight { subject, for_member: entry.map(|entry| entry.author), ..unseen }, true)
        }
        KIND_ANSWER => (unseen, true),
        KIND_CONSENT => {
            // Of what is said of the people in an entry alone.
            let entry = record.last("entry").filter(|_| record.fields.contains_key("answer"));
            let subject = entry.and_then(RecordId::from_value);
            (Sight { subject, ..unseen }, false)
        }
        _ => (unseen, false),
    };
    let was_exposed = before.was_exposed.max(now.exposure);
    Ok(Sight { was_exposed, guided: before.guided.then(is_guided), ..now })
}

/// Words and photos never part: anybody sees an entry once all its media are there and checked.
async fn of_entry(conn: &mut Connection, stored: &StoredRecord, states: &MediaStates) -> Result<(Sight, bool), Error> {
    let entry = Entry::from_record(&stored.record);
    let rules = projects::rules(conn, stored.project).await?;
    let is_new = stored.seq == 0;
    let default_audience = if is_new { Some(rules.default_audience) } else { stored.sight.default_audience };
    let is_whole = !entry.photos.is_empty() && states.values().all(|state| *state == MediumState::Shown);
    let audience = entry.audience.or(default_audience).unwrap_or(Audience::Everyone);
    let about = stored_records::about(conn, stored.record.id).await?;
    let people = people_stand(&about, stored.record.id, stored.author);
    let is_guided = is_whole && !entry.is_deleted && audience != Audience::OnlyMe && people != Some(false);
    let is_held = people.is_none() && rules.holds_unanswered;
    let is_open = is_guided && !is_held && is_open(&about, &entry, rules);
    let exposure = match audience {
        Audience::Everyone if is_open => Exposure::Shown,
        Audience::MyGroup if is_open => Exposure::Group,
        Audience::Everyone | Audience::MyGroup | Audience::OnlyMe => Exposure::Hidden,
    };
    Ok((Sight { exposure, default_audience, ..stored.sight }, is_guided))
}

/// Says whether those may see an entry who do not guide the project, as far as those say who do.
fn is_open(about: &[StoredRecord], entry: &Entry, rules: Rules) -> bool {
    let reviews: Vec<_> = about.iter().filter_map(|stored| Review::from_record(&stored.record)).collect();
    match standing(reviews.iter(), entry).map(|review| review.decision) {
        Some(Decision::Hide) => false,
        Some(Decision::Approve) => true,
        Some(Decision::Ask) | None => !rules.asks_approval,
    }
}

/// Says whether what the maker of an entry answered last about the people in its photos still holds; `None` where he answered
/// nothing. Where he erased all that he said, it is not known any more whether he had taken it back.
fn people_stand(about: &[StoredRecord], id: RecordId, maker: MemberId) -> Option<bool> {
    let own = about.iter().filter(|stored| stored.author == maker && stored.record.kind == KIND_CONSENT);
    let own = own.map(|stored| &stored.record);
    let was_erased = own.clone().any(|record| record.erased).then_some(false);
    domain::people_stand(own, id).or(was_erased)
}

/// After a record was written: what it says of others is done, and who sees them otherwise now will hear of it.
pub(super) async fn follow(
    conn: &mut Connection,
    before: Option<&StoredRecord>,
    after: &StoredRecord,
    now: Timestamp,
) -> Result<(), Error> {
    match after.record.kind.as_str() {
        KIND_GROUP => follow_group(conn, before, after, now).await,
        KIND_PROJECT => follow_project(conn, after, now).await,
        KIND_REVIEW | KIND_CONSENT => {
            let subjects: Set<RecordId> =
                before.and_then(|before| before.sight.subject).into_iter().chain(after.sight.subject).collect();
            for entry in &subjects {
                look_again(conn, *entry, now).await?;
            }
            Ok(())
        }
        KIND_TRANSCRIPT => {
            let subjects: Set<RecordId> =
                before.and_then(|before| before.sight.subject).into_iter().chain(after.sight.subject).collect();
            for entry in &subjects {
                // It is handed out within the entry.
                let seq = projects::next_seq(conn, after.project).await?;
                stored_records::move_to(conn, *entry, seq).await?;
            }
            Ok(())
        }
        KIND_ENTRY => erase_what_was_typed(conn, after, now).await,
        _ => Ok(()),
    }
}

/// What was typed of a voice note goes with it.
pub(super) async fn erase_what_was_typed(
    conn: &mut Connection,
    entry: &StoredRecord,
    now: Timestamp,
) -> Result<(), Error> {
    // Taken out, erased, or on its maker's phone alone.
    if Entry::from_record(&entry.record).voice.is_some() {
        return Ok(());
    }
    for mut typed in stored_records::about(conn, entry.record.id).await? {
        if typed.record.kind == KIND_TRANSCRIPT && !typed.record.erased {
            typed.record.merge(&Record::erasure(typed.record.id, KIND_TRANSCRIPT));
            records::save(conn, typed, now).await?;
        }
    }
    Ok(())
}

/// Whoever came or went sees other entries of the group, and the others see others of his.
async fn follow_group(
    conn: &mut Connection,
    before: Option<&StoredRecord>,
    after: &StoredRecord,
    now: Timestamp,
) -> Result<(), Error> {
    let was = before.map(|before| Group::from_record(&before.record).members).unwrap_or_default();
    let is = Group::from_record(&after.record).members;
    let changed: Vec<MemberId> =
        was.iter().chain(&is).copied().filter(|id| was.contains(id) != is.contains(id)).collect();
    for member in &changed {
        groups::set(conn, after.project, after.record.id, *member, is.contains(member)).await?;
    }
    if after.record.erased {
        projects::close_codes(conn, after.project, CodeOf::Group(after.record.id)).await?;
    }
    say_whether_there_are_groups(conn, after, now).await?;
    if changed.is_empty() { Ok(()) } else { move_entries(conn, after).await }
}

/// Writes into the project's settings whether there are groups: who makes groups need not be one who sets the project up, and
/// phones offer "my group" only where there is one. The server says so itself, under nobody's name.
async fn say_whether_there_are_groups(
    conn: &mut Connection,
    group: &StoredRecord,
    now: Timestamp,
) -> Result<(), Error> {
    let has_groups = groups::are_there(conn, group.project).await?;
    let says = settings(conn, group.project).await?.is_some_and(|settings| settings.has_groups);
    if says == has_groups {
        return Ok(());
    }
    let empty = Record::new(ProjectSettings::record_id(group.project), KIND_PROJECT);
    let fresh = StoredRecord { record: empty, seq: 0, sight: Sight::default(), ..group.clone() };
    set_by_itself(conn, fresh, "has_groups", has_groups.into(), now).await
}

/// Writes into the settings of a project that was made to hold what is unanswered that it does, when somebody joins: whoever comes
/// first, the phones have to know why others do not see an entry.
pub(super) async fn say_whether_unanswered_are_held(
    conn: &mut Connection,
    member: Member,
    now: Timestamp,
) -> Result<(), Error> {
    let holds = projects::rules(conn, member.project).await?.holds_unanswered;
    if !holds || settings(conn, member.project).await?.is_some_and(|settings| settings.holds_unanswered.is_some()) {
        return Ok(());
    }
    let fresh = records::new(member, Record::new(ProjectSettings::record_id(member.project), KIND_PROJECT));
    set_by_itself(conn, fresh, PEOPLE_UNANSWERED, HOLD.into(), now).await
}

async fn settings(conn: &mut Connection, project: ProjectId) -> Result<Option<ProjectSettings>, Error> {
    let stored = stored_records::find(conn, ProjectSettings::record_id(project)).await?;
    Ok(stored.map(|stored| ProjectSettings::from_record(&stored.record)))
}

/// Writes a field of a project's settings under nobody's name; `fresh` is written to where there are none yet.
async fn set_by_itself(
    conn: &mut Connection,
    fresh: StoredRecord,
    field: &str,
    value: Value,
    now: Timestamp,
) -> Result<(), Error> {
    let id = fresh.record.id;
    let mut stored = stored_records::find(conn, id).await?.unwrap_or(fresh);
    let at = records::own_stamp(&stored.record, field, now);
    stored.record.merge(&Record::new(id, KIND_PROJECT).with(field, value, at).written_by(None));
    records::save(conn, stored, now).await?;
    Ok(())
}

async fn move_entries(conn: &mut Connection, group: &StoredRecord) -> Result<(), Error> {
    for entry in groups::entries(conn, group.record.id).await? {
        let seq = projects::next_seq(conn, group.project).await?;
        stored_records::move_to(conn, entry, seq).await?;
    }
    Ok(())
}

async fn follow_project(conn: &mut Connection, after: &StoredRecord, now: Timestamp) -> Result<(), Error> {
    let settings = ProjectSettings::from_record(&after.record);
    let were = projects::rules(conn, after.project).await?;
    let rules = Rules {
        default_audience: settings.default_audience.unwrap_or(Audience::Everyone),
        asks_approval: settings.asks_approval,
        holds_unanswered: settings.holds_unanswered.unwrap_or(were.holds_unanswered),
    };
    let (name, municipality) = (settings.name.as_deref(), settings.municipality.as_deref());
    projects::set_up(conn, after.project, name, municipality, rules).await?;
    if (rules.asks_approval, rules.holds_unanswered) != (were.asks_approval, were.holds_unanswered) {
        for entry in stored_records::live_entries(conn, after.project).await? {
            look_again(conn, entry, now).await?;
        }
    }
    Ok(())
}

/// Writes an entry anew if others see it than before.
async fn look_again(conn: &mut Connection, id: RecordId, now: Timestamp) -> Result<(), Error> {
    let Some(mut stored) = stored_records::find(conn, id).await? else { return Ok(()) };
    let states = records::media_states(conn, &stored).await?;
    let sight = of(conn, &stored, &states).await?;
    if sight != stored.sight {
        stored.sight = sight;
        records::save_seen(conn, stored, &states, now).await?;
    }
    Ok(())
}

/// Puts a member into a group whose code he joined by: it is he who did that. A group that was erased takes nobody in. `is_new`: he has made nothing and
/// seen nothing yet.
pub(super) async fn enter_group(
    conn: &mut Connection,
    group: RecordId,
    member: Member,
    is_new: bool,
    now: Timestamp,
) -> Result<(), Error> {
    let Some(mut stored) = stored_records::find(conn, group).await? else { return Ok(()) };
    if stored.record.erased || Group::from_record(&stored.record).members.contains(&member.id) {
        return Ok(());
    }
    let at = records::own_stamp(&stored.record, "members", now);
    stored.record.merge(&Group::putting(group, member.id, true, at).written_by(Some(member.id)));
    groups::set(conn, member.project, group, member.id, true).await?;
    let (stored, ..) = records::save(conn, stored, now).await?;
    if is_new { Ok(()) } else { move_entries(conn, &stored).await }
}
