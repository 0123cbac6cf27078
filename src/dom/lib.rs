//! Elements of the page that follow signals: Leptos' reactive system with a view layer of few bytes.
//!
//! Leptos' own views are generic over every element, attribute and closure, and what the compiler makes of that is most of
//! what a resident would have to load (docs/decisions/0004). Here an element is the browser's own, made at once, and every
//! function stands in the wasm once. Must not know: the app's words, screens, the phone. Read first: [`El`] (an element being
//! made), [`View`] (whatever can stand inside one), [`live()`] (what follows signals), [`each()`] (rows that stay as long as their key).
//!
//! Signals, effects, contexts and cleaning up are Leptos', of its crate `reactive_graph` ([`reactive`]). What is made inside
//! [`live()`] or a row of [`each()`] belongs to it, and ends with it: its effects stop and its listeners are taken away.

mod each;
mod element;
mod live;
mod mount;
pub mod reactive;
mod tags;
mod view;

pub use each::each;
pub use element::{El, el, follow, svg};
pub use live::live;
pub use mount::mount;
pub use tags::*;
pub use view::View;
