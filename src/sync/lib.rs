//! The sync engine: brings what was written on this phone to the server, and what others made to this phone.
//!
//! Must not know: clocks, networks, databases, browsers, `async`. Time is an argument; what to do comes out as effects.
//! Read first: [`Engine`] (event and time in, effects out), [`Write`] (what the storage does in one transaction),
//! [`Op`] (a write that the server has not confirmed).
//!
//! One run, from a trigger (start, online, visible, save, tap, wakeup, a change told of) until nothing is left to do:
//!
//! ```text
//!            trigger                                   nothing left
//!   Idle ──────────────▶ Loading ─────────────────────────────────────────▶ Idle
//!    ▲                    │  ▲
//!    │                    │  └──────────────── Storing ◀─────────────┐
//!    │                    ▼        (one transaction per answer)      │
//!    │         the first of these that is needed:                    │
//!    │         1 ask who we are and what time it is ── Waiting ──────┤
//!    │         2 take in what an older version parked ───────────────┤
//!    │         3 correct stamps made by a wrong clock ───────────────┤
//!    │         4 join ──────────────────────────────── Waiting ──────┤
//!    │         5 push one batch of records ─────────── Waiting ──────┤
//!    │         6 upload media, small first ─────────── Uploading ────┤
//!    │         7 pull one page: new ones, then older ─ Waiting ──────┘
//!    │                                                    │
//!    └──────── network or server fails: wake up later ◀───┘
//! ```
//!
//! One medium, of up to four that travel at a time:
//!
//! ```text
//!   the server holds a part ───────────────▶ PATCH from that byte ──┐
//!   broke off on its way ──▶ HEAD: how much? ──▲  │ other offset:   │ hash computed by the server
//!   neither ────▶ PUT the whole ◀─────────────────┘ ask, then whole ├──────────────────────────────▶ held
//!                      └────────────────────────────────────────────┘ its picture is refused ──────▶ set aside
//! ```
//!
//! While nothing but questions is on its way, a medium that needs none goes along, so that the link is not idle. After a failure
//! one request goes ahead; another follows when it has not failed at once, and the rest when the server has answered.
//!
//! An entry that stays on the phone, as its maker wants, is no part of steps 5 and 6: its writes are loaded, have their stamps
//! corrected, and wait until it does not.
//!
//! A project that is closed refuses a batch in which anything adds. Step 5 then comes again, with what only takes something
//! back; the rest waits until the project is open.
//!
//! One that is closed when somebody joins it refuses the join for good: its person is told so, and the rest goes on.
//!
//! Every step begins with what the storage holds, so an engine that is killed anywhere loses nothing: the next one
//! loads and goes on. What one item cannot get through is set aside with its reason, and the rest goes on.

mod backoff;
#[cfg(feature = "conformance")]
pub mod conformance;
mod engine;
mod event;
mod restamp;
mod rules;
#[cfg(test)]
mod tests;
mod types;

pub use engine::Engine;
pub use event::{Effect, Event, Outcome, Reply, Request, RequestId, Snapshot, Write};
pub use restamp::{Restamped, follow, restamp};
pub use rules::{
    Progress, Staying, apply_own, is_poison, leave_behind, leaves, progress, retry_media, staying, to_queue,
    uploads_of, words_wait,
};
pub use types::{Cursors, Home, Op, OpId, OwnRecord, PendingJoin, Upload};
