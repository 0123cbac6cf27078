//! The screens.

mod cover;
mod photos;

pub(crate) use cover::cover;
pub(crate) use photos::photos;
