//! Consents: what the member of this phone agreed to, and what he says of the people in his photos.

use domain::{KIND_CONSENT, NodeId, Record, RecordId, Stamp, Timestamp};
use sync::{Home, OwnRecord};

use crate::meta::{Phone, own_of};
use crate::records::read_own;
use crate::schema::{META, OPS, RECORDS};
use crate::transaction::Transaction;
use crate::{Store, StoreError};

impl Store {
    /// Returns own consents of the current project, and of none yet, and what stands for this phone in their stamps; erased ones are
    /// left out.
    ///
    /// # Errors
    /// When the storage does not answer.
    pub async fn consents(&self) -> Result<(Vec<Record>, Option<NodeId>), StoreError> {
        self.with(async |database| {
            let transaction = Transaction::read(database, &[META, RECORDS])?;
            let phone = Phone::read(&transaction, self.fresh_node()).await?;
            let mut owns = own_of(&transaction, phone.current).await?;
            if phone.current != Home::Unjoined {
                owns.extend(own_of(&transaction, Home::Unjoined).await?);
            }
            let records = owns.into_iter().map(|own| own.record).filter(is_consent).collect();
            Ok((records, Some(phone.node())))
        })
        .await
    }

    /// Writes a part of a consent, which `part` makes under a stamp later than all that this phone holds of it: the record and the
    /// outbox in one transaction. One that this phone does not hold begins with it, and belongs where the entry `about` does, later
    /// than every consent there. `false` where there is no such entry.
    ///
    /// # Errors
    /// When the storage does not answer; nothing was changed.
    pub async fn write_consent(
        &self,
        id: RecordId,
        about: RecordId,
        part: &dyn Fn(Stamp) -> Record,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        self.with(async |database| {
            let transaction = Transaction::write(database, &[META, RECORDS, OPS])?;
            let mut phone = Phone::read(&transaction, self.fresh_node()).await?;
            let held = read_own(&transaction, id).await?;
            let beside = if held.is_some() { None } else { read_own(&transaction, about).await? };
            let Some(mut own) = held.or(beside.map(|entry| OwnRecord::new(id, KIND_CONSENT, entry.home))) else {
                return Ok(false);
            };
            // Another phone of the same person may have answered before, with a clock that was a little ahead.
            let all = own_of(&transaction, own.home).await?;
            let newest = all.iter().map(|own| &own.record).filter(|record| is_consent(record));
            let newest = newest.max_by_key(|record| record.newest_stamp());
            let at = phone.tick_after(newest.unwrap_or(&own.record), now);
            phone.queue(&transaction, &mut own, part(at))?;
            phone.write(&transaction)?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }
}

fn is_consent(record: &Record) -> bool {
    record.kind == KIND_CONSENT && !record.erased
}
