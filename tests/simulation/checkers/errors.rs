//! No error: the server has no reason to refuse what a phone sends, beyond those that the script gave it; and nothing is
//! set aside without such a reason.

use protocol::{ErrorCode, MediumState};
use sync::{Outcome, Request, Write};

use super::{ERRORS, found};
use crate::server::Asker;
use crate::world::{Found, World};

pub(crate) fn at_answer(world: &World, asker: Asker, request: &Request, outcome: &Outcome) -> Result<(), Found> {
    let Outcome::Refused { code, .. } = outcome else { return Ok(()) };
    let number = asker.phone;
    let phone = &world.phones[number];
    let is_explained = [
        (ErrorCode::Busy, !world.server.state.busy.is_empty()),
        (ErrorCode::ServerFull, world.server.state.full > 0),
        (ErrorCode::ClientTooOld, world.server.is_too_old(asker.app)),
        (ErrorCode::ProjectClosed, !world.server.state.closed.is_empty()),
        (ErrorCode::UnknownDevice, !world.server.knows(asker.token)),
        (ErrorCode::DeviceShutOut, phone.was_shut_out),
        (ErrorCode::NotMember, phone.was_removed || phone.is_renamed() || phone.was_revoked || phone.lost_token),
        (ErrorCode::UnknownCode, phone.typed_wrong_code || phone.was_removed || phone.was_shut_out),
        (ErrorCode::ClockAhead, phone.had_wrong_clock),
        // An upload goes on where the server said; two that met on the way, or a server that was set back, know better.
        (ErrorCode::UploadOffset, true),
        (ErrorCode::MethodNotAllowed, world.server.state.speaks == 1),
    ];
    if is_explained.contains(&(*code, true)) {
        return Ok(());
    }
    found(ERRORS, format!("phone {number}: the server refuses {request:?}: {}", code.key()))
}

pub(crate) fn at_write(world: &World, number: usize, writes: &[Write]) -> Result<(), Found> {
    let phone = &world.phones[number];
    for write in writes {
        let (Write::SetAside { code, .. }
        | Write::JoinRefused { code, .. }
        | Write::Medium { state: MediumState::SetAside { code }, .. }) = write
        else {
            continue;
        };
        let is_explained = [
            (ErrorCode::NotYours, phone.is_renamed()),
            (ErrorCode::UnknownCode, phone.typed_wrong_code || phone.was_removed || phone.was_shut_out),
            (ErrorCode::ProjectClosed, phone.met_closed_project),
        ];
        if !is_explained.contains(&(*code, true)) {
            return found(ERRORS, format!("phone {number}: {write:?} without a reason"));
        }
    }
    Ok(())
}
