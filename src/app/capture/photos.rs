//! The photos of a draft: seen at once, made ready meanwhile.

use browser::{DraftPhoto, PhotoId, PhotoState};
use domain::MAX_PHOTOS;
use leptos::prelude::*;
use web_sys::File;

use super::refused::use_dismiss;
use super::{LeftOut, Making, fitting};
use crate::app::use_phone;
use crate::light::{Derived, derive, live, nothing, tap, use_doing, use_reading};
use crate::locales::use_words;
use crate::ui::{Icon, Notice, PhotoShape, Picker, photo_image, photo_place};

/// The photo as it is, or several beside each other; where there is none, the two ways to get one.
#[component]
pub(super) fn Photos(making: Making) -> impl IntoView {
    let words = &use_words().capture;
    let phone = use_phone();
    let dismiss = use_dismiss(making);
    let shown = use_shown(making);
    let ids = derive(move || shown.with(|photos| photos.iter().map(|photo| photo.id).collect::<Vec<_>>()));
    let LeftOut(told) = expect_context();
    let add = Callback::new(move |files: Vec<File>| {
        dismiss.run(());
        let (files, left_out) = fitting(files, ids.with_untracked(Vec::len));
        told.set(left_out);
        phone.add_photos(making.id, files);
    });
    let photos = live(move || match ids.get().as_slice() {
        [] => view! { <p>{words.no_photo}</p> <Camera on_files=add/> }.into_any(),
        [id] => view! { <Stage shown id=*id/> }.into_any(),
        ids => view! { <ContactSheet making shown ids=ids.to_vec()/> }.into_any(),
    });
    let tools = live(move || {
        if !(1..MAX_PHOTOS).contains(&ids.with(Vec::len)) {
            return nothing();
        }
        let shape = view! { <Icon name="plus"/> {words.add} }.into_any();
        view! { <div class="tools"><Picker class="tool picker" on_files=add shape/></div> }.into_any()
    });
    let left_out = live(move || match told.get() {
        0 => nothing(),
        count => view! { <Notice icon="images" text=(words.left_out)(count)/> }.into_any(),
    });
    view! { <div class="stack" data-gap="2xs">{photos} <div role="status">{left_out}</div> {tools}</div> }
}

/// The two ways to a photo.
#[component]
pub(crate) fn Camera(on_files: Callback<Vec<File>>) -> impl IntoView {
    let words = &use_words().start;
    let shutter = view! {
        <span class="shutter-eye"><Icon name="camera" size="l"/></span>
        <span class="shutter-word">{words.take_photo}</span>
    };
    let pick = view! { <Icon name="folder" size="l"/> <span>{words.choose_photo}</span> };
    view! {
        <div class="duo">
            <Picker class="shutter picker" camera=true on_files shape=shutter.into_any()/>
            <Picker class="pick picker" on_files shape=pick.into_any()/>
        </div>
    }
}

/// A small picture of the first photo, beside the question about it.
#[component]
pub(super) fn FirstThumb(making: Making) -> impl IntoView {
    first(making, PhotoShape::Thumb("m"))
}

/// The first photo alone, while there is no entry yet to show it with its words.
#[component]
pub(super) fn FirstPicture(making: Making) -> impl IntoView {
    view! { <div class="print saved-print"><div class="print-photo">{first(making, PhotoShape::Cut)}</div></div> }
}

fn first(making: Making, shape: PhotoShape) -> AnyView {
    let shown = use_shown(making);
    let first = derive(move || shown.with(|photos| photos.first().map(|photo| photo.id)));
    live(move || match first.get() {
        Some(id) => preview(id, use_is_ready(shown, id), shape),
        None => nothing(),
    })
    .into_any()
}

/// A small picture of a draft's photo, on the start screen.
#[component]
pub(crate) fn DraftThumb(photo: Option<PhotoId>) -> impl IntoView {
    photo.map(|id| preview(id, derive(|| true), PhotoShape::Thumb("m")))
}

/// A photo of a draft: as it was chosen, then as it was made ready.
fn preview(id: PhotoId, is_ready: Derived<bool>, shape: PhotoShape) -> AnyView {
    let phone = use_phone();
    let address = use_reading(move || {
        is_ready.track();
        let phone = phone.clone();
        async move { phone.preview(id).await }
    });
    photo_place(shape, NodeRef::new(), None, photo_image(address, use_words().general.photo.to_owned()))
}

/// One photo, whole.
#[component]
fn Stage(shown: Derived<Vec<DraftPhoto>>, id: PhotoId) -> impl IntoView {
    let words = &use_words().capture;
    let is_ready = use_is_ready(shown, id);
    let note = live(move || match is_ready.get() {
        true => nothing(),
        false => view! { <p class="stage-note"><Icon name="clock" size="s"/>{words.making_ready}</p> }.into_any(),
    });
    view! { <div class="stage">{preview(id, is_ready, PhotoShape::Contained)} {note}</div> }
}

/// Several photos, each with a way to take it out.
#[component]
fn ContactSheet(making: Making, shown: Derived<Vec<DraftPhoto>>, ids: Vec<PhotoId>) -> impl IntoView {
    let words = &use_words().capture;
    let dismiss = use_dismiss(making);
    let phone = use_phone();
    let remove = use_doing();
    let item = move |(index, id): (usize, PhotoId)| {
        let is_ready = use_is_ready(shown, id);
        let phone = phone.clone();
        let take_out = tap(move || {
            dismiss.run(());
            let phone = phone.clone();
            remove.run(async move { phone.remove_photo(making.id, id).await });
        });
        let name = (words.remove_which)(u32::try_from(index + 1).unwrap_or(u32::MAX));
        let busy = live(move || (!is_ready.get()).then_some("true"));
        view! {
            <li aria-busy=busy>
                {preview(id, is_ready, PhotoShape::Cut)}
                <button class="button" data-kind="round" type="button" aria-label=name on:click=take_out>
                    <Icon name="trash"/>
                </button>
            </li>
        }
    };
    view! { <ul class="contact">{ids.into_iter().enumerate().map(item).collect_view()}</ul> }
}

fn use_is_ready(shown: Derived<Vec<DraftPhoto>>, id: PhotoId) -> Derived<bool> {
    derive(move || {
        shown.with(|photos| photos.iter().any(|it| it.id == id && matches!(it.state, PhotoState::Ready { .. })))
    })
}

/// Returns the photos of the draft but those that were refused.
fn use_shown(making: Making) -> Derived<Vec<DraftPhoto>> {
    derive(move || {
        let photos = making.draft.with(|draft| draft.as_ref().map(|draft| draft.photos.clone()).unwrap_or_default());
        photos.into_iter().filter(|photo| !matches!(photo.state, PhotoState::Refused(_))).collect()
    })
}
