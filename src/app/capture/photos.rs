//! The photos of a draft: seen at once, made ready meanwhile.

use browser::{DraftPhoto, PhotoId, PhotoState};
use dom::reactive::*;
use dom::{El, View, a, button, div, each, li, live, p, span, ul};
use domain::{MAX_PHOTOS, RecordId};
use ui::{
    Derived, PhotoShape, at_phone, count_of, derive, icon, notice, photo_image, photo_place, picker, use_phone,
    use_reading,
};
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlElement};

use super::refused::use_dismiss;
use super::{LeftOut, Making, beside_path, fitting};
use crate::locales::use_words;

type Shown = Derived<Vec<DraftPhoto>>;
type Ids = Derived<Vec<PhotoId>>;

/// The photo as it is, or several beside each other; where there is none, the two ways to get one.
pub(super) fn photos(making: Making) -> El {
    let shown = use_shown(making);
    let ids = derive(move || shown.with(|photos| photos.iter().map(|photo| photo.id).collect::<Vec<_>>()));
    let add = use_add(making, ids);
    div()
        .class("stack")
        .attr("data-gap", "2xs")
        .child(pictures(making, shown, ids, add))
        .child(div().attr("role", "status").child(left_out()))
        .child(tools(making, ids, add))
}

/// Returns what puts chosen files beside the photos that are there, as many as find room.
fn use_add(making: Making, ids: Ids) -> Callback<Vec<File>> {
    let phone = use_phone();
    let dismiss = use_dismiss(making);
    let LeftOut(told) = expect_context();
    Callback::new(move |files: Vec<File>| {
        dismiss.run(());
        let (files, left_out) = fitting(files, ids.with_untracked(Vec::len));
        told.set(left_out);
        phone.add_photos(making.id, files);
    })
}

/// How many photos there are, as far as it makes another screen.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Many {
    None,
    One(PhotoId),
    Several,
}

fn pictures(making: Making, shown: Shown, ids: Ids, add: Callback<Vec<File>>) -> View {
    let many = derive(move || {
        ids.with(|ids| match ids.as_slice() {
            [] => Many::None,
            [id] => Many::One(*id),
            [..] => Many::Several,
        })
    });
    live(move || match many.get() {
        Many::None => View::from(p().child(use_words().capture.no_photo)).and(camera(add)),
        Many::One(id) => stage(shown, id).into(),
        Many::Several => contact_sheet(making, shown, ids).into(),
    })
}

fn tools(making: Making, ids: Ids, add: Callback<Vec<File>>) -> View {
    let words = &use_words().capture;
    // It has the focus while one chooses: it must stay as long as there is room.
    let has_room = derive(move || ids.with(Vec::len) < MAX_PHOTOS);
    let is_any = derive(move || !ids.with(Vec::is_empty));
    live(move || {
        is_any.get().then(|| {
            let shape = move || View::from(icon("plus")).and(words.add);
            let more = live(move || has_room.get().then(|| picker("tool picker", false, add, shape())));
            let adapt = a().class("tool").attr("href", &beside_path(making.id)).child(icon("cover")).child(words.adapt);
            div().class("tools").child(more).child(adapt)
        })
    })
}

/// Says how many of the photos chosen last found no room.
fn left_out() -> View {
    let words = &use_words().capture;
    let LeftOut(told) = expect_context();
    live(move || match told.get() {
        0 => None,
        count => Some(notice("images", None, &(words.left_out)(count))),
    })
}

/// The two ways to a photo.
pub(crate) fn camera(on_files: Callback<Vec<File>>) -> El {
    let words = &use_words().start;
    let eye = span().class("shutter-eye").child(icon("camera").attr("data-size", "l"));
    let shutter = [eye, span().class("shutter-word").child(words.take_photo)];
    let pick = [icon("folder").attr("data-size", "l"), span().child(words.choose_photo)];
    div().class("duo").child(picker("shutter picker", true, on_files, shutter.into())).child(picker(
        "pick picker",
        false,
        on_files,
        pick.into(),
    ))
}

/// A small picture of the first photo, beside the question about it.
pub(super) fn first_thumb(making: Making) -> View {
    first(making, PhotoShape::Thumb("m"))
}

/// The first photo alone, while there is no entry yet to show it with its words.
pub(super) fn first_picture(making: Making) -> El {
    let picture = div().class("print-photo").child(first(making, PhotoShape::Cut));
    div().class("print saved-print").child(picture)
}

fn first(making: Making, shape: PhotoShape) -> View {
    let shown = use_shown(making);
    let first = derive(move || shown.with(|photos| photos.first().map(|photo| photo.id)));
    live(move || first.get().map(|id| preview(id, use_is_ready(shown, id), shape)))
}

/// A small picture of a draft's photo, on the start screen.
pub(crate) fn draft_thumb(photo: Option<PhotoId>) -> View {
    photo.map(|id| preview(id, derive(|| true), PhotoShape::Thumb("m"))).into()
}

/// A photo of a draft: as it was chosen, then as it was made ready.
fn preview(id: PhotoId, is_ready: Derived<bool>, shape: PhotoShape) -> El {
    let phone = use_phone();
    let address = use_reading(move || {
        is_ready.track();
        let phone = phone.clone();
        async move { phone.preview(id).await }
    });
    photo_place(shape, None, photo_image(address, ui::use_words().general.photo))
}

/// One photo, whole.
fn stage(shown: Shown, id: PhotoId) -> El {
    let is_ready = use_is_ready(shown, id);
    let note = move || {
        let note = p().class("stage-note").child(icon("clock").attr("data-size", "s"));
        note.child(use_words().capture.making_ready)
    };
    div()
        .class("stage")
        .child(preview(id, is_ready, PhotoShape::Contained))
        .child(live(move || (!is_ready.get()).then(note)))
}

/// Several photos, each with a way to take it out.
fn contact_sheet(making: Making, shown: Shown, ids: Ids) -> El {
    let keys = move || ids.with(|ids| ids.iter().map(|PhotoId(id)| *id).collect::<Vec<_>>());
    ul().class("contact").child(each(keys, move |id: &RecordId| sheet_item(making, shown, ids, PhotoId(*id)).into()))
}

fn sheet_item(making: Making, shown: Shown, ids: Ids, id: PhotoId) -> El {
    let is_ready = use_is_ready(shown, id);
    let item = li().attr_live("aria-busy", move || (!is_ready.get()).then_some("true"));
    let take_out = take_out(making, ids, id, item.clone());
    item.child(preview(id, is_ready, PhotoShape::Cut)).child(take_out)
}

/// The button that takes a photo out of the draft, and its `item` from the sheet.
fn take_out(making: Making, ids: Ids, id: PhotoId, item: El) -> El {
    let words = &use_words().capture;
    let dismiss = use_dismiss(making);
    let phone = use_phone();
    let place = move || ids.with(|ids| ids.iter().position(|other| *other == id));
    let name = move || place().map(|index| (words.remove_which)(count_of(index + 1)));
    let button = button().class("button").attr("data-kind", "round").attr_live("aria-label", name);
    button.child(icon("trash")).on_tap(move || {
        dismiss.run(());
        focus_beside(&item);
        let phone = phone.clone();
        at_phone(async move { phone.remove_photo(making.id, id).await });
    })
}

/// Gives the focus to the button of the item beside one that goes: the place on the screen is not lost.
fn focus_beside(item: &El) {
    let item = item.element();
    let beside = item.next_element_sibling().or_else(|| item.previous_element_sibling());
    if let Some(button) = beside.and_then(|beside| beside.query_selector("button").ok().flatten()) {
        // What cannot have the focus leaves it where it is, and everything still works.
        let _ = button.unchecked_into::<HtmlElement>().focus();
    }
}

fn use_is_ready(shown: Shown, id: PhotoId) -> Derived<bool> {
    derive(move || {
        shown.with(|photos| photos.iter().any(|it| it.id == id && matches!(it.state, PhotoState::Ready { .. })))
    })
}

/// Returns the photos of the draft but those that were refused.
fn use_shown(making: Making) -> Shown {
    derive(move || {
        let photos = making.draft.with(|draft| draft.as_ref().map(|draft| draft.photos.clone()).unwrap_or_default());
        photos.into_iter().filter(|photo| !matches!(photo.state, PhotoState::Refused(_))).collect()
    })
}
