//! Many phones and one server in one process: a simulated clock, network and disk, all driven by one seed.
//!
//! The engine is the real one, and so are the rules of merging and permission; server and disk are models. A run goes
//! through a stormy part (losses, delays, duplicates, cuts, kills, clocks that are wrong) and then heals; checkers look
//! during the run and after it. Read first: [`run`], [`FaultPlan`], `checkers/`.

mod checkers;
mod disk;
mod faults;
mod phone;
mod random;
mod server;
#[cfg(test)]
mod tests;
mod world;

pub use faults::{FaultPlan, Occurred};
pub use world::{Report, run};
