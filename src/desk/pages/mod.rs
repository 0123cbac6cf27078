//! The screens, one file each.

mod overview;

pub(crate) use overview::overview;
