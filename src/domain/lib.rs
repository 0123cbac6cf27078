//! What Wijkbeeld is about: projects, members, entries, consents, and the rules that hold on every phone and on the
//! server alike.
//!
//! Must not know: clocks, random numbers, networks, databases, browsers, screens. Time and randomness are arguments.
//! Read first: [`Record`] (what a member may write), [`View`] (another member's record as the server hands it out),
//! [`permissions`] (the one table of who may do what), [`permissions::only_takes_back`] (what a closed project still takes).
//!
//! # Glossary
//! - **project** (*wijkproject*): one neighbourhood's photovoice project.
//! - **member** (*deelnemer*): a person in a project, under a nickname, with a role.
//! - **entry** (*foto + verhaal*): one or more photos with valence, themes and story.
//! - **valence**: `good` (*fijn*), `could_be_better` (*kan beter*), `both` (*allebei*).
//! - **theme** (*onderwerp*): one of a fixed list of keys, at most three per entry.
//! - **story** (*verhaal*): the maker's words.
//! - **place** (*plek*): where an entry was made; others see it exactly, by its street or neighbourhood, or not at all.
//! - **voice note** (*gesproken bericht*): what is told with an entry by voice; its **transcript** is the same, typed out.
//! - **consent** (*toestemming*): a record that says what a member agreed to, and when; or what he says of the people in a photo.
//! - **audience** (*wie mag dit zien*): the maker alone, the maker's groups, or everyone in the project; never the web.
//! - **group** (*groep*): a record: a name, and the members who are in it.
//! - **review**: what somebody who guides the project decided on an entry, and why; its maker answers by a record of his own.
//! - **record**: what its maker may write; merges per field. **view**: what others get to see; replaced whole, never merged.
//! - **invitation** (*uitnodiging*): a long code by which a few people, usually one, come in under a role.
//! - **outbox** (*nog te versturen*): what is on this phone and not yet received by the server.

mod audience;
mod changes;
mod clock;
mod code;
mod consent;
mod entry;
mod field;
mod group;
mod hash;
mod ids;
mod people;
pub mod permissions;
mod place;
pub mod plain;
mod project;
mod record;
mod reply;
mod review;
mod sorting;
mod theme;
mod view;
mod voice;

pub use audience::{Audience, is_about_sight, keeps_copy, outlives_emptying, stays_on_phone};
pub use changes::{CHANGED_BY, Change, last_change};
pub use clock::{Clock, MAX_AHEAD_MS, Stamp, Timestamp};
pub use code::{CODE_ALPHABET, CODE_LENGTH, CodeError, INVITATION_LENGTH, JoinCode};
pub use consent::{AudienceConsent, CONSENT_TEXT_VERSION, Consent, ConsentSubject, TakingPart};
pub use entry::{Entry, EntryEdit, MAX_PHOTOS, MAX_STORY_CHARS, PhotoRef, UNDO_MS, Valence};
pub use field::{FieldState, MemberValue, SetMember};
pub use group::{Group, KIND_GROUP, MAX_GROUP_MEMBERS};
pub use hash::{HashError, MediaHash};
pub use ids::{DeviceId, InvitationId, JoinId, LinkId, MemberId, NodeId, ProjectId, RecordId};
pub use people::{Agreement, PeopleAnswer, PeopleConsent, last_answer, people_stand};
pub use permissions::{RecordHead, Refusal, Role};
pub use place::{Place, PlaceShown, PlaceSource, ShownPlace};
pub use project::{
    ConsentText, HOLD, KIND_PROJECT, MAX_AREA_BYTES, MAX_ITEMS, MAX_NAME_CHARS, MAX_PROJECT_BYTES, MAX_TEXT_CHARS,
    PEOPLE_UNANSWERED, ProjectSettings, QUESTION_KEYS, Question, SHOW, Sharing, Texts, ThemeChoice, all_consent_texts,
    all_own_questions, all_own_themes,
};
pub use record::{Invalid, KIND_CONSENT, KIND_ENTRY, MAX_RECORD_BYTES, Record};
pub use reply::{REPLIES, Reply, WHAT_IS_THERE};
pub use review::{
    Answer, Decision, KIND_ANSWER, KIND_REVIEW, MAX_REASON_CHARS, Review, asks_version, last_that_counts, standing,
};
pub use sorting::{Map, MapIter, Set, sort_by};
pub use theme::{MAX_THEMES, Theme};
pub use view::{Maker, View};
pub use voice::{KIND_TRANSCRIPT, MAX_VOICE_BYTES, MAX_VOICE_MS, Transcript, Typed, TypedBy, VoiceKind, VoiceRef};
