//! The screens.

mod backup;
mod cover;
mod data;
mod edit;
mod foot;
mod given;
mod ground_pane;
mod people;
mod photos;
mod place;
mod question;
mod share_again;
mod voice;

pub(crate) use cover::cover;
pub(crate) use data::data;
pub(crate) use edit::edit;
pub(crate) use people::{people_of_draft, people_of_entry};
pub(crate) use photos::photos;
pub(crate) use place::tell_place;
pub(crate) use question::question;
pub(crate) use share_again::share_again;
pub(crate) use voice::{Trouble, tell_by_voice};
