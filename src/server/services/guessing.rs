//! Whoever shows a code, a join's, a link's or words to come back with: too many wrong ones, and he has to wait.

use std::net::IpAddr;

use domain::{DeviceId, Timestamp};
use protocol::ErrorCode;

use crate::attempts::Sender;
use crate::error::{Error, Refused};
use crate::state::App;

/// Whoever shows a code, and may.
pub(super) struct Guesser<'a> {
    app: &'a App,
    senders: Vec<Sender>,
    now: Timestamp,
}

impl<'a> Guesser<'a> {
    /// Lets somebody show a code, whatever it is to open.
    ///
    /// # Errors
    /// `too_many_attempts`, with how long to wait.
    pub(super) fn admit(app: &'a App, known: Option<DeviceId>, address: IpAddr, now: Timestamp) -> Result<Self, Error> {
        let senders: Vec<_> = [Sender::at(address)].into_iter().chain(known.map(Sender::Device)).collect();
        match senders.iter().filter_map(|sender| app.wrong_codes.wait_s(*sender, now)).max() {
            None => Ok(Self { app, senders, now }),
            wait_s => Err(Error::Refused(Refused {
                code: ErrorCode::TooManyAttempts,
                message: "too many wrong codes".into(),
                retry_after_s: wait_s,
            })),
        }
    }

    /// Counts what was shown as wrong.
    pub(super) fn was_wrong(&self) {
        self.senders.iter().for_each(|sender| self.app.wrong_codes.count(*sender, self.now));
    }
}
