//! What several screens show: values and callbacks in, shapes out.

mod bar;
mod choices;
mod icon;
mod near;
mod notice;
mod photo;
mod picker;
mod state;
mod top;

pub(crate) use bar::{bar, project_name, skip_link};
pub(crate) use choices::{story_box, theme_choice, valence_choice};
pub(crate) use icon::{icon, mark, mark_told, theme_icon, theme_tag};
pub(crate) use notice::{bones, notice, offline};
pub(crate) use photo::{PhotoShape, photo, photo_image, photo_place, ratio};
pub(crate) use picker::{file_picker, picker};
pub(crate) use state::{Step, state_label, step_of};
pub(crate) use top::{back_top, top};
