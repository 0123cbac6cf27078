//! Many phones and one server in one process: a simulated clock, network and disk, all driven by one seed.
//!
//! The engine is the real one, and so are the rules of merging and permission; server and disk are models. A seed is a
//! script (`script.rs`): people act, troubles come and go, and requests, transactions and events fail by chance. Then
//! all that heals. Checkers look during the run and after it, and compare with what people did and what the server holds,
//! never with what an engine believes. Read first: [`run`], [`Fault`], `checkers/`, [`Mutant`].

mod checkers;
#[cfg(test)]
mod conformance;
mod disk;
mod faults;
mod mutants;
mod phone;
mod random;
mod script;
mod server;
mod shrink;
#[cfg(test)]
mod tests;
mod world;

pub use faults::{Fault, Occurred};
pub use mutants::Mutant;
pub use script::Part;
pub use shrink::{Shrunk, shrink};
pub use world::{Found, Options, Report, run, run_with};
