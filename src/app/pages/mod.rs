//! The screens, one file each.

mod entry;
mod join;
mod mine;
mod more;
mod session;
mod start;
mod wall;

pub(crate) use entry::entry_page;
pub(crate) use join::{Typed, join};
pub(crate) use mine::mine;
pub(crate) use more::more;
pub(crate) use session::session;
pub(crate) use start::start;
pub(crate) use wall::wall;
