//! What several screens show: props and callbacks in, shapes out.

mod bar;
mod choices;
mod icon;
mod near;
mod notice;
mod photo;
mod picker;
mod state;
mod top;

pub(crate) use bar::{Bar, ProjectName, SkipLink};
pub(crate) use choices::{StoryBox, ThemeChoice, ValenceChoice};
pub(crate) use icon::{Icon, Mark, ThemeTag, theme_icon};
pub(crate) use notice::{Bones, Notice, Offline};
pub(crate) use photo::{Photo, PhotoShape, photo_image, photo_place, ratio};
pub(crate) use picker::Picker;
pub(crate) use state::{StateLabel, Step, step_of};
pub(crate) use top::{BackTop, Top};
