//! What happens when the storm is over.

use sync::Event;

use super::{Found, HEALED_MS, Happening, World};
use crate::disk::LATEST_APP;
use crate::faults::FaultPlan;
use crate::phone::Phone;

impl World {
    /// Ends all faults and sets clocks right. Then all must become well, by itself or after everybody looked once more.
    pub(super) fn heal(&mut self) -> Result<(), Found> {
        self.plan = FaultPlan::CALM;
        for trouble in 0..self.script.troubles.len() {
            if self.is_under_way(trouble) {
                self.end_trouble(trouble)?;
            }
        }
        self.agenda.retain(|_, it| !matches!(it, Happening::TroubleEnds(_)));
        if !self.script.stays_old {
            self.server.state.speaks = 2;
        }
        for phone in 0..self.phones.len() {
            self.heal_phone(phone)?;
        }
        let healed = self.now.plus(HEALED_MS);
        self.pass_until(healed)?;
        for number in 0..self.phones.len() {
            // A join that waited until now may have been one of before a removal: the person tries once more.
            self.join_if_nowhere(number)?;
        }
        let healed = healed.plus(HEALED_MS);
        self.pass_until(healed)?;
        // Who does not hear of changes (any more) sees them when he looks.
        let is_deaf = |phone: &Phone| phone.disk.app == 1 || !phone.removed_from.is_empty();
        for number in 0..self.phones.len() {
            if !self.phones[number].disk.parked.is_empty() {
                self.phones[number].disk.app = LATEST_APP;
                self.reopen(number)?;
            }
            if !self.script.heals_alone || self.server.state.speaks == 1 || is_deaf(&self.phones[number]) {
                self.person(number, Event::BecameVisible)?;
            }
        }
        self.pass_until(healed.plus(HEALED_MS))
    }

    fn heal_phone(&mut self, number: usize) -> Result<(), Found> {
        let phone = &mut self.phones[number];
        phone.skew_ms = 0;
        phone.state.lies_by_ms = 0;
        phone.manners.clear();
        if !self.script.stays_old && phone.disk.app == 1 {
            phone.disk.app = 2;
            return self.join_if_nowhere(number).and_then(|()| self.reopen(number));
        }
        let is_known = self.server.knows(phone.token.map(|(token, _)| token));
        let is_running = !self.phones[number].drivers.is_empty();
        self.join_if_nowhere(number)?;
        if !is_running || !is_known || !self.script.heals_alone {
            return self.reopen(number);
        }
        self.listen_anew(number);
        Ok(())
    }
}
