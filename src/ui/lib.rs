//! What all parts of the app have in common: the frame, the pieces that several screens show, going from screen to screen.
//!
//! A part is a page of its own with a wasm of its own (`app`, for residents). Values and callbacks go in, shapes come out.
//! Must not know: which screens a part has, and their words; the database, the network.
//! Read first: [`derive()`] and [`use_reading`] (what keeps a part light), [`Live`] (what every screen finds), [`Go`] (the ways
//! to other screens), [`Language`].

mod bar;
mod choices;
mod guidance;
mod icon;
mod light;
mod live;
mod locales;
mod navigation;
mod near;
mod not_found;
mod notice;
mod open_failed;
mod part;
mod photo;
mod picker;
mod replies;
mod sheet;
mod shell;
mod state;
mod top;
mod voice;

pub use bar::{bar, project_name, skip_link};
pub use choices::{audience_choice, radio, story_box, theme_choice, valence_choice};
pub use guidance::{Standing, use_guidance};
pub use icon::{icon, mark, mark_told, theme_icon, theme_tag};
pub use light::{Derived, Reading, afterwards, at_phone, derive, use_reading};
pub use live::{Live, provide_live, use_live, use_phone};
pub use locales::{
    Counted, General, Language, Named, Opening, Places, Questions, Showing, States, Text, Words, count_of, day,
    first_language, in_language, moment, provide_language, size, speak, use_language, use_words, usual_questions,
};
pub use navigation::{Go, provide_navigation, query_value, use_go, use_height_kept, use_screen};
pub use not_found::not_found;
pub use notice::{bones, notice, offline};
pub use open_failed::open_failed;
pub use part::{dashes, part};
pub use photo::{PhotoShape, photo, photo_image, photo_place, photos, ratio};
pub use picker::{file_picker, picker};
pub use replies::replies;
pub use sheet::{Question, asked_first};
pub use shell::{meta, take_over, when_free};
pub use state::{Step, state_label, step_label, step_of};
pub use top::{back_top, say, top};
pub use voice::voice;
