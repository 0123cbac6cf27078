//! The door to the browser: what screens ask of this phone, and the hands of the sync engine.
//!
//! Must not know: leptos, screens, sentences. Everything of JavaScript beyond the database ends here: what goes out are
//! values of the domain, and addresses of Blobs.
//! Read first: [`Phone`] (what screens ask), [`drive`] (runs the engine, in a worker), `capture.rs` (from a chosen file to an entry).

mod asking;
mod backups;
mod capture;
mod device;
mod driver;
mod entries;
mod given;
mod guidance;
mod guiding;
mod hearing;
mod linking;
mod model;
mod net;
mod object_url;
mod people;
mod phone;
mod position;
mod preparing;
mod questions;
mod recording;
mod repainting;
mod sending;
mod settings;
mod sharing;
mod storage;
mod tabs;
mod text_file;
mod update;
mod voice;

pub use backup::{Outcome as PutBack, Problem as BackupProblem};
pub use backups::MadeBackup;
pub use device::is_visible;
pub use driver::{drive, drive_until_done};
pub use given::{Given, GivenEntry};
pub use guidance::{Guidance, Said};
pub use linking::{asked_link, keep_asked_link, make_claim};
pub use media::{PhotoProblem, Shape, Spot, Stroke};
pub use model::{
    Change, Draft, DraftPhoto, DraftVoice, JoinOutcome, Joined, Memberships, OpenProblem, OwnEntry, PhotoId,
    PhotoState, RepaintProblem, SaveProblem, SendState, Status, Storage, VoiceProblem, WallEntry,
};
pub use object_url::ObjectUrl;
pub use people::{PeopleOfEntry, PeopleSaid, ShownText};
pub use phone::Phone;
pub use position::{NoPosition, Position, Watching, place_now, position, watch_position};
pub use protocol::{ErrorCode, MediaSize};
pub use questions::{NoAnswer, Verb, ask, welcome};
pub use recording::{NoRecording, Recorded, Recorder};
pub use settings::{device_language, language, set_language, take_shell_files};
pub use sharing::take_in_shares;
pub use store::{NewJoin, ProjectRecords};
pub use tabs::Subscription;
pub use text_file::read_text;
