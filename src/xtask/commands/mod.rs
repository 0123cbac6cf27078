//! One file per command.

pub(crate) mod bench;
pub(crate) mod browsers;
pub(crate) mod build;
pub(crate) mod dev;
pub(crate) mod fuzz;
pub(crate) mod serve;
pub(crate) mod simulate;
pub(crate) mod test;
pub(crate) mod tools;
