//! What the sync engine asks of the storage: a snapshot, and writes that happen together.

use domain::{ProjectId, Set};
use protocol::{ErrorCode, PullItem};
use sync::{Cursors, Home, Op, OpId, OwnRecord, PendingJoin, Snapshot, Write, apply_own, follow, staying, uploads_of};

use crate::backup::{drop_anothers, own_for_good};
use crate::held::Held;
use crate::members::{StoredMembership, join_of, membership_of, put_membership, read_memberships, take_membership};
use crate::meta::{Phone, op_key, own_of, put_op, put_own};
use crate::parked::{end_parked, forget_parked, is_any_parked, is_replay_due, park, unpark};
use crate::records::{drop_media, hashes, read_all, read_own};
use crate::rows::Row;
use crate::schema::{DRAFT_PHOTOS, FETCHED, JOINS, MEDIA, MEMBERSHIPS, META, OPS, PARKED, RECORDS, VIEWS};
use crate::shut_out::shut_out;
use crate::transaction::Transaction;
use crate::views::{drop_view, replace_view};
use crate::{Store, StoreError};

impl Store {
    /// Returns what syncing needs.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[META, JOINS, MEMBERSHIPS, OPS, RECORDS, PARKED])?;
            let phone = Phone::read(&transaction, self.fresh_node()).await?;
            let joins: Vec<PendingJoin> = read_all(&transaction.all::<Row>(JOINS).await?)?;
            let memberships = read_memberships(&transaction).await?;
            let ops: Vec<Op> = read_all(&transaction.all::<Row>(OPS).await?)?;
            let owns: Vec<OwnRecord> = read_all(&transaction.all::<Row>(RECORDS).await?)?;
            let (mut left, mut projects) = (Vec::new(), Vec::new());
            for stored in memberships {
                let project = stored.membership.project.id;
                if stored.is_left {
                    left.push(project);
                } else {
                    projects.push((project, Cursors { newest: stored.cursor, older: stored.older }));
                }
            }
            let is_here = |home: Home| home.project().is_some_and(|project| !left.contains(&project));
            let is_ready = |op: &Op| op.set_aside.is_none() && is_here(op.home);
            let (answered_joins, joins): (Vec<_>, Vec<_>) =
                joins.into_iter().filter(|join| join.refused.is_none()).partition(|join| join.answered.is_some());
            Ok(Snapshot {
                joins,
                answered_joins,
                projects,
                ops: ops.into_iter().filter(is_ready).collect(),
                staying: staying(owns.iter()),
                uploads: owns.iter().filter(|own| is_here(own.home)).flat_map(uploads_of).collect(),
                is_replay_due: is_replay_due(&transaction).await?,
                offset_ms: phone.offset_ms,
                confirmed: phone.confirmed,
            })
        })
        .await
    }

    /// Does all writes in one transaction. It waits for the disk only where losing one with the phone's power would cost more
    /// than asking the server again.
    ///
    /// # Errors
    /// When the storage does not answer or is full; nothing was written.
    pub async fn persist(&self, writes: &[Write]) -> Result<(), StoreError> {
        self.with(async |database| {
            let stores = [META, JOINS, MEMBERSHIPS, OPS, RECORDS, VIEWS, PARKED, MEDIA, FETCHED, DRAFT_PHOTOS];
            let transaction = if writes.iter().all(is_repeatable) {
                Transaction::write_relaxed(database, &stores)?
            } else {
                Transaction::write(database, &stores)?
            };
            let mut phone = Phone::read(&transaction, self.fresh_node()).await?;
            let mut held = Held::read(&transaction, writes).await?;
            for write in writes {
                apply(&transaction, &mut phone, &mut held, write).await?;
            }
            phone.write(&transaction)?;
            transaction.commit().await
        })
        .await
    }
}

/// Says whether the server says it again when it is asked again.
const fn is_repeatable(write: &Write) -> bool {
    match write {
        Write::Confirmed { .. } | Write::Medium { .. } | Write::Pulled { .. } => true,
        Write::Offset(_)
        | Write::Memberships(_)
        | Write::Left(_)
        | Write::ShutOut
        | Write::Replay
        | Write::Restamped { .. }
        | Write::Attempted(_)
        | Write::SetAside { .. }
        | Write::Joined { .. }
        | Write::JoinForgotten(_)
        | Write::JoinRefused { .. } => false,
    }
}

async fn apply(
    transaction: &Transaction<'_>,
    phone: &mut Phone,
    held: &mut Held<'_>,
    write: &Write,
) -> Result<(), StoreError> {
    match write {
        Write::Offset(offset_ms) => phone.offset_ms = Some(*offset_ms),
        Write::Memberships(memberships) => {
            for membership in memberships {
                take_membership(transaction, membership.clone(), None).await?;
                if phone.current == Home::Project(membership.project.id) {
                    phone.is_current_left = false;
                }
            }
            if let (Home::Unjoined, Some(first)) = (phone.current, memberships.first()) {
                phone.set_current(Home::Project(first.project.id));
                rehome(transaction, Home::Unjoined, phone.current).await?;
            }
        }
        Write::Left(project) => {
            if let Some(mut stored) = membership_of(transaction, *project).await? {
                stored.is_left = true;
                set_cursors(&mut stored, &Cursors::default());
                put_membership(transaction, &stored)?;
            }
            phone.is_current_left |= phone.current == Home::Project(*project);
            forget_views(transaction, *project).await?;
        }
        Write::ShutOut => shut_out(transaction, phone).await?,
        Write::Replay => {
            for (project, item) in unpark(transaction).await? {
                take_item(transaction, project, &item).await?;
            }
        }
        Write::Restamped { ops, stamps } => {
            for op in ops {
                // One of an entry that was erased meanwhile is not there any more.
                if transaction.get::<Row>(OPS, op_key(op.id)).await?.is_some() {
                    put_op(transaction, op)?;
                }
            }
            for id in ops.iter().map(|op| op.record.id).collect::<Set<_>>() {
                if let Some(mut own) = read_own(transaction, id).await? {
                    follow(&mut own.record, ops, stamps);
                    put_own(transaction, &own)?;
                }
            }
            let waiting: Vec<Op> = read_all(&transaction.all::<Row>(OPS).await?)?;
            let newest = waiting.iter().filter_map(|op| op.record.newest_stamp()).max();
            phone.set_last_stamp(newest.max(phone.confirmed));
        }
        Write::Attempted(ids) => change_ops(held, ids, &|op| op.is_attempted = true).await?,
        Write::SetAside { ops, code } => {
            change_ops(held, ops, &|op| op.set_aside = Some(*code)).await?;
            if *code == ErrorCode::NotYours {
                drop_anothers(transaction, ops).await?;
            }
        }
        Write::Joined { join_id, membership, answered } => {
            let home = Home::Project(membership.project.id);
            let join = join_of(transaction, *join_id).await?;
            take_membership(transaction, membership.clone(), join.as_ref()).await?;
            if let Some(join) = join {
                let join = PendingJoin { answered: Some(*answered), ..join };
                transaction.put(JOINS, &Row::new(join_id.to_string(), "", &join)?)?;
            }
            rehome(transaction, Home::Join(*join_id), home).await?;
            rehome(transaction, Home::Unjoined, home).await?;
            if phone.is_current_left || matches!(phone.current, Home::Unjoined) || phone.current == Home::Join(*join_id)
            {
                phone.set_current(home);
            }
        }
        Write::JoinForgotten(join_id) => transaction.delete(JOINS, join_id.to_string())?,
        Write::JoinRefused { join_id, code } => {
            if let Some(join) = join_of(transaction, *join_id).await? {
                let join = PendingJoin { refused: Some(*code), ..join };
                transaction.put(JOINS, &Row::new(join_id.to_string(), "", &join)?)?;
            }
            rehome(transaction, Home::Join(*join_id), Home::Unjoined).await?;
            if phone.current == Home::Join(*join_id) {
                let first = read_memberships(transaction).await?.into_iter().find(|stored| !stored.is_left);
                phone.set_current(first.map_or(Home::Unjoined, |stored| Home::Project(stored.membership.project.id)));
            }
        }
        Write::Confirmed { ops, record, media } => {
            own_for_good(transaction, *record)?;
            for id in ops {
                if let Some(op) = held.op(*id).await? {
                    phone.confirmed = phone.confirmed.max(op.record.newest_stamp());
                }
                transaction.delete(OPS, op_key(*id))?;
            }
            if let Some(mut own) = held.own(*record).await? {
                own.media.extend(media);
                held.put_own(&own)?;
            }
        }
        Write::Medium { records, sha256, state } => {
            for id in records {
                if let Some(mut own) = held.own(*id).await? {
                    own.media.insert(*sha256, *state);
                    held.put_own(&own)?;
                }
            }
        }
        Write::Pulled { project, items, cursors, restarted } => {
            if *restarted {
                forget_views(transaction, *project).await?;
            }
            let is_any_parked = is_any_parked(transaction, *project, items).await?;
            for item in items {
                if is_any_parked {
                    end_parked(transaction, *project, item)?;
                }
                take_item(transaction, *project, item).await?;
            }
            if let Some(mut stored) = membership_of(transaction, *project).await? {
                set_cursors(&mut stored, cursors);
                put_membership(transaction, &stored)?;
            }
        }
    }
    Ok(())
}

pub(crate) fn set_cursors(stored: &mut StoredMembership, cursors: &Cursors) {
    stored.cursor.clone_from(&cursors.newest);
    stored.older.clone_from(&cursors.older);
}

/// Drops what others made in a project, with its photos.
async fn forget_views(transaction: &Transaction<'_>, project: ProjectId) -> Result<(), StoreError> {
    for row in transaction.group::<Row>(VIEWS, &project.to_string()).await? {
        drop_view(transaction, row.read::<domain::View>()?.id).await?;
    }
    forget_parked(transaction, project).await
}

/// Takes in a change.
async fn take_item(transaction: &Transaction<'_>, project: ProjectId, item: &PullItem) -> Result<(), StoreError> {
    match item {
        PullItem::Own { record, media } => {
            // Who is a member again that he was before saw it as another's meanwhile.
            drop_view(transaction, record.id).await?;
            let held = read_own(transaction, record.id).await?;
            let before = held.as_ref().map(|held| hashes(&held.record)).unwrap_or_default();
            let own = apply_own(held, project, record, media);
            let after = hashes(&own.record);
            // Another phone of the same person took them away, or erased it all.
            let gone: Vec<_> = before.into_iter().filter(|sha256| !after.contains(sha256)).collect();
            drop_media(transaction, &gone, Some(record.id)).await?;
            put_own(transaction, &own)
        }
        PullItem::View { view } => replace_view(transaction, project, view).await,
        PullItem::Gone { id } => drop_view(transaction, *id).await,
        PullItem::Unknown(_) => park(transaction, project, item),
    }
}

/// Gives records and their writes another home.
async fn rehome(transaction: &Transaction<'_>, from: Home, to: Home) -> Result<(), StoreError> {
    for own in own_of(transaction, from).await? {
        put_own(transaction, &OwnRecord { home: to, ..own })?;
    }
    for op in read_all::<Op>(&transaction.all::<Row>(OPS).await?)? {
        if op.home == from {
            put_op(transaction, &Op { home: to, ..op })?;
        }
    }
    Ok(())
}

async fn change_ops(held: &mut Held<'_>, ids: &[OpId], change: &dyn Fn(&mut Op)) -> Result<(), StoreError> {
    for id in ids {
        if let Some(mut op) = held.op(*id).await? {
            change(&mut op);
            held.put_op(&op)?;
        }
    }
    Ok(())
}
