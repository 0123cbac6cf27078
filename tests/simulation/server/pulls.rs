//! What changed, page by page.

use domain::{Entry, Maker, MemberId, ProjectId, Timestamp, View};
use protocol::{PullFrom, PullItem, PullReply};

use super::{Asker, Held, Server};
use crate::disk::{LATEST_APP, as_later};

/// How many items one pull returns at the most: few, so that pulls have pages.
const PAGE: usize = 5;

impl Server {
    pub(super) fn pull(
        &self,
        member: MemberId,
        project: ProjectId,
        from: &PullFrom,
        asker: Asker,
        now: Timestamp,
    ) -> PullReply {
        let is_old = self.spoken(asker) == 1;
        let newest = self.newest(project);
        // The first protocol knows one question: what comes after this, or after nothing.
        let place = match from {
            PullFrom::Newest if is_old => Place::After(0),
            PullFrom::Before(_) if is_old => Place::After(0),
            PullFrom::Newest => Place::Newest,
            PullFrom::Before(name) => self.read(name).map_or(Place::Newest, Place::Before),
            PullFrom::After(name) => self.read(name).map_or(Place::After(0), Place::After),
        };
        let is_restarted = match from {
            PullFrom::Newest => false,
            PullFrom::Before(_) if is_old => false,
            PullFrom::Before(name) | PullFrom::After(name) => self.read(name).is_none(),
        };
        let mut held: Vec<&Held> = self
            .records
            .values()
            .filter(|held| held.project == project)
            .filter(|held| match place {
                Place::Newest => true,
                Place::After(number) => held.sequence > number,
                Place::Before(number) => held.sequence < number,
            })
            .collect();
        held.sort_by_key(|held| held.sequence);
        let is_newest_first = !matches!(place, Place::After(_));
        if is_newest_first {
            held.reverse();
        }
        let is_more = held.len() > PAGE;
        held.truncate(PAGE);
        let last = held.last().map(|held| held.sequence);
        let cursor = match place {
            Place::After(number) => last.unwrap_or(number),
            Place::Newest | Place::Before(_) => newest,
        };
        let is_disguised = asker.app < LATEST_APP && self.state.hands_out_later > 0;
        PullReply {
            items: held.into_iter().filter_map(|held| self.item(member, held, is_disguised)).collect(),
            cursor: self.name(cursor),
            more: is_more && !is_newest_first,
            older: last.filter(|_| is_more && is_newest_first).map(|number| self.name(number)),
            sequence: if is_old { 0 } else { newest },
            restarted: is_restarted,
            server_time_ms: now.ms(),
        }
    }

    fn name(&self, number: u64) -> String {
        format!("{}.{number}", self.epoch)
    }

    /// Reads a cursor; `None` when it is of another epoch.
    fn read(&self, name: &str) -> Option<u64> {
        let (epoch, number) = name.split_once('.')?;
        if epoch.parse() == Ok(self.epoch) { number.parse().ok() } else { None }
    }

    fn item(&self, member: MemberId, held: &Held, is_disguised: bool) -> Option<PullItem> {
        if held.author == member {
            let own = PullItem::Own { record: held.record.clone(), media: self.states(held.record.id) };
            return Some(own);
        }
        let phone = self.members.get(&member)?.phone;
        if !self.may_see(held, phone) {
            let was_seen = held.seen.get(&phone).is_some_and(|seen| seen.until.is_some());
            // Every version knows this one: nobody keeps what he may not see until an update comes.
            return was_seen.then_some(PullItem::Gone { id: held.record.id });
        }
        let view = PullItem::View { view: view_of(held) };
        Some(if is_disguised { as_later(&view) } else { view })
    }
}

/// From where on, and in which direction.
#[derive(Clone, Copy, Debug)]
enum Place {
    Newest,
    After(u64),
    Before(u64),
}

/// Returns what others see of a record.
pub(crate) fn view_of(held: &Held) -> View {
    View {
        id: held.record.id,
        kind: held.record.kind.clone(),
        maker: Maker { id: held.author, name: String::new() },
        fields: Entry::from_record(&held.record).shown_fields(),
    }
}
