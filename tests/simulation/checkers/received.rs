//! "Ontvangen" is never said too early: whenever a phone would say it, the server holds the record and every medium.

use crate::phone::Phone;
use crate::server::Server;

pub(crate) fn received_early(phone: &Phone, server: &Server) -> Result<(), String> {
    for own in phone.disk.records.values().filter(|own| !own.record.erased) {
        let words_wait = phone.disk.ops.values().any(|op| op.record.id == own.record.id);
        if sync::progress(own, words_wait).is_received() && !server.holds(&own.record) {
            return Err(format!("\"ontvangen\" is said of {} too early", own.record.id));
        }
    }
    Ok(())
}
