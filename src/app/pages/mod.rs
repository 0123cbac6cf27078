//! The screens, one file each.

mod edit;
mod entry;
mod join;
mod mine;
mod more;
mod not_found;
mod open_failed;
mod session;
mod start;
mod wall;

pub(crate) use edit::EditEntry;
pub(crate) use entry::EntryPage;
pub(crate) use join::Join;
pub(crate) use mine::Mine;
pub(crate) use more::More;
pub(crate) use not_found::NotFound;
pub(crate) use open_failed::OpenFailed;
pub(crate) use session::Session;
pub(crate) use start::Start;
pub(crate) use wall::Wall;
