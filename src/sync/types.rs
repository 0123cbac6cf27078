//! What the phone keeps for syncing, in words that engine, store and screens share.

use domain::plain::{Plain, Value, read_variant, variant};
use domain::{Audience, JoinCode, JoinId, Map, MediaHash, ProjectId, Record, RecordId, Timestamp};
use protocol::{ErrorCode, MediumState};

/// Where a record belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// A project of which this phone is a member.
    Project(ProjectId),
    /// A project that is being joined: the server has not answered yet.
    Join(JoinId),
    /// Made before joining anything: goes to the first project joined.
    Unjoined,
}

impl Home {
    /// Returns the project, once it is known.
    pub const fn project(self) -> Option<ProjectId> {
        match self {
            Self::Project(project) => Some(project),
            Self::Join(_) | Self::Unjoined => None,
        }
    }
}

impl Plain for Home {
    fn to_value(&self) -> Value {
        match self {
            Self::Project(project) => variant("project", project.to_value()),
            Self::Join(join) => variant("join", join.to_value()),
            Self::Unjoined => "unjoined".into(),
        }
    }

    fn from_value(value: &Value) -> Option<Self> {
        match read_variant(value)? {
            ("project", project) => Plain::from_value(project).map(Self::Project),
            ("join", join) => Plain::from_value(join).map(Self::Join),
            ("unjoined", _) => Some(Self::Unjoined),
            _ => None,
        }
    }
}

domain::serde_by_plain!(Home);

/// A place in the outbox; grows with each write on this phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OpId(pub u64);

impl Plain for OpId {
    fn to_value(&self) -> Value {
        self.0.into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_u64().map(Self)
    }
}

domain::serde_by_plain!(OpId);

/// One write that the server has not confirmed: an entry of the outbox.
#[derive(Clone, Debug, PartialEq)]
pub struct Op {
    /// Its place; the order of writing.
    pub id: OpId,
    /// Where it goes.
    pub home: Home,
    /// The fields written.
    pub record: Record,
    /// By how many milliseconds the phone's clock was corrected when it was stamped; `None` while the server's clock
    /// was not known.
    pub offset_ms: Option<i64>,
    /// It may have reached the server, or what was written after it may have: it is not restamped, so that it is the same
    /// write when it arrives again, and older than what followed it.
    pub is_attempted: bool,
    /// Refused by the server for this reason; waits for its maker.
    pub set_aside: Option<ErrorCode>,
}

domain::plain!(Op { id, home, record, offset_ms, is_attempted, set_aside });

/// A join. It is kept for a while after the server's answer: browsers take their time to write a cookie to disk, and one
/// that is killed meanwhile comes back without its token. The same join, sent again, brings a new one.
#[derive(Clone, Debug, PartialEq)]
pub struct PendingJoin {
    /// Made on the phone.
    pub join_id: JoinId,
    /// The code that was typed.
    pub code: JoinCode,
    /// May be empty.
    pub nickname: String,
    /// The consent to take part.
    pub consent: Record,
    /// By how many milliseconds the phone's clock was corrected when the consent was stamped.
    pub offset_ms: Option<i64>,
    /// The server's refusal; it is not sent again.
    pub refused: Option<ErrorCode>,
    /// When the server answered, by its clock; `None` while it has not.
    pub answered: Option<Timestamp>,
    /// When it was asked for, by the phone's clock.
    pub made: Timestamp,
    /// Who sees the entries made from then on; `None`: whom the project says.
    pub audience: Option<Audience>,
}

domain::plain!(PendingJoin {
    join_id,
    code,
    nickname,
    consent,
    offset_ms,
    refused,
    answered,
    made,
    audience: unless_default
});

/// A record that this phone's member made, as the phone holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnRecord {
    /// All that is known of it: what the server gave back, with the phone's own writes merged in.
    pub record: Record,
    /// Where it belongs.
    pub home: Home,
    /// What the server said of its media.
    pub media: Map<MediaHash, MediumState>,
}

domain::plain!(OwnRecord { record, home, media });

impl OwnRecord {
    /// Makes an empty one.
    pub fn new(id: RecordId, kind: &str, home: Home) -> Self {
        Self { record: Record::new(id, kind), home, media: Map::new() }
    }
}

/// How far a project was pulled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cursors {
    /// What changed after this comes next; `None` while nothing was pulled.
    pub newest: Option<String>,
    /// The page of older records that comes next; `None` when all are there.
    pub older: Option<String>,
}

/// A medium that the server still has to receive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Upload {
    /// Bytes to send; the engine sends small ones first, so this stands first.
    pub bytes: u32,
    /// The project of the record.
    pub project: ProjectId,
    /// What to send.
    pub sha256: MediaHash,
    /// A record that shows it.
    pub record: RecordId,
}

#[cfg(test)]
mod tests {
    use domain::plain::{Plain, Value};

    use super::*;

    /// Texts as phones keep them since the first version.
    fn is_kept_as<T: Plain + serde::Serialize + serde::de::DeserializeOwned>(text: &str) {
        let read: T = serde_json::from_str(text).unwrap();
        let written: Value = serde_json::from_str(&serde_json::to_string(&read).unwrap()).unwrap();
        assert_eq!(written, serde_json::from_str::<Value>(text).unwrap());
    }

    const ID: &str = "01977d18-297c-7ea7-85c2-c3fde6345cbe";

    #[test]
    fn what_phones_keep_is_read_and_written_as_before() {
        let record = format!(
            r#"{{"id":"{ID}","kind":"entry","fields":{{"story":{{"last":{{"value":"Hier","at":"0198000000010000000000000000000a"}}}}}}}}"#
        );
        is_kept_as::<Home>(&format!(r#"{{"project":"{ID}"}}"#));
        is_kept_as::<Home>(&format!(r#"{{"join":"{ID}"}}"#));
        is_kept_as::<Home>(r#""unjoined""#);
        is_kept_as::<Op>(&format!(
            r#"{{"id":7,"home":"unjoined","record":{record},"offset_ms":-3,"is_attempted":true,"set_aside":"not_yours"}}"#
        ));
        let sha256 = "07".repeat(32);
        is_kept_as::<OwnRecord>(&format!(
            r#"{{"record":{record},"home":{{"project":"{ID}"}},"media":{{"{sha256}":"set_aside:broken_image"}}}}"#
        ));
        is_kept_as::<PendingJoin>(&format!(
            r#"{{"join_id":"{ID}","code":"BUURT2","nickname":"","consent":{record},"offset_ms":null,"refused":null,"answered":5,"made":4}}"#
        ));
    }

    #[test]
    fn what_is_no_home_is_refused() {
        for wrong in [r#""project""#, r#"{"project":null}"#, r#"{"street":"x"}"#, "7"] {
            assert!(serde_json::from_str::<Home>(wrong).is_err(), "{wrong}");
        }
    }
}
