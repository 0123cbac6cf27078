//! Media: whole, or from the byte where they broke off.

use domain::{MediaHash, MemberId, ProjectId, Timestamp};
use protocol::{ErrorCode, MediaReply};
use sync::{Outcome, Reply};

use super::{Answer, Asker, Server, named_media};

/// A medium of a member.
pub(crate) type MediumKey = (ProjectId, MemberId, MediaHash);

/// What arrives of a request's body.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Body {
    /// The bytes of the whole medium.
    pub(crate) total: u64,
    /// The connection breaks after so many bytes of what was sent.
    pub(crate) cut_after: Option<u64>,
}

impl Server {
    pub(super) fn upload(&mut self, key: MediumKey, asker: Asker, from: u64, body: Body, now: Timestamp) -> Answer {
        let held = self.offset(key, asker);
        if from > 0 && (from != held || self.spoken(asker) == 1) {
            let code = if self.spoken(asker) == 1 { ErrorCode::MethodNotAllowed } else { ErrorCode::UploadOffset };
            return Outcome::Refused { code, retry_after_ms: None, server_time_ms: now.ms() }.into();
        }
        let before = if self.media.contains(&key) { body.total } else { self.partials.get(&key).copied().unwrap_or(0) };
        let came = body.cut_after.map_or(body.total, |came| from + came);
        if body.cut_after.is_some() {
            if self.spoken(asker) > 1 && !self.media.contains(&key) {
                self.partials.insert(key, came.max(before));
            }
            let useful = if self.spoken(asker) > 1 { came.saturating_sub(before) } else { 0 };
            return Answer { useful, ..Outcome::Unreachable.into() };
        }
        self.partials.remove(&key);
        if self.media.insert(key) {
            self.touch_users(key, now);
        }
        let reply = MediaReply { sha256: key.2, bytes: body.total, server_time_ms: now.ms() };
        Answer { useful: body.total.saturating_sub(before), ..Outcome::Reply(Reply::Uploaded(reply)).into() }
    }

    /// Returns how many bytes of a medium the server says it holds.
    pub(super) fn offset(&self, key: MediumKey, asker: Asker) -> u64 {
        match self.spoken(asker) {
            1 => 0,
            _ if self.media.contains(&key) => self.sizes.get(&key.2).copied().unwrap_or(0),
            _ => self.partials.get(&key).copied().unwrap_or(0),
        }
    }

    /// Drops all beginnings of uploads; returns their bytes.
    pub(crate) fn collect_partials(&mut self) -> u64 {
        std::mem::take(&mut self.partials).into_values().sum()
    }

    fn touch_users(&mut self, (project, member, sha256): MediumKey, now: Timestamp) {
        let uses = |held: &super::Held| {
            held.project == project && held.author == member && named_media(&held.record).contains(&sha256)
        };
        let changed: Vec<_> = self.records.iter().filter(|(_, held)| uses(held)).map(|(id, _)| *id).collect();
        changed.into_iter().for_each(|id| self.touch(id, now));
    }
}
