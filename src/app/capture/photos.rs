//! The photos of a draft: seen at once, made ready meanwhile.

use browser::{DraftPhoto, PhotoId, PhotoState};
use domain::MAX_PHOTOS;
use leptos::prelude::*;
use web_sys::File;

use super::refused::use_dismiss;
use super::{LeftOut, Making, fitting};
use crate::app::use_phone;
use crate::locales::use_words;
use crate::ui::{Icon, PhotoImage, PhotoPlace, PhotoShape, Picker};

/// The photo as it is, or several beside each other; where there is none, the two ways to get one.
#[component]
pub(super) fn Photos(making: Making) -> impl IntoView {
    let words = use_words();
    let phone = use_phone();
    let dismiss = use_dismiss(making);
    let shown = use_shown(making);
    let ids = Memo::new(move |_| shown.with(|photos| photos.iter().map(|photo| photo.id).collect::<Vec<_>>()));
    let LeftOut(told) = expect_context();
    let add = Callback::new(move |files: Vec<File>| {
        dismiss.run(());
        let (files, left_out) = fitting(files, ids.with_untracked(Vec::len));
        told.set(left_out);
        phone.add_photos(making.id, files);
    });
    let left_out = move || {
        let count = told.get();
        (count > 0).then(|| {
            let sentence = (words.capture.left_out)(count);
            view! { <div class="notice"><Icon name="images"/><p data-grow="">{sentence}</p></div> }
        })
    };
    let photos = move || match ids.get().as_slice() {
        [] => view! { <FirstPhoto on_files=add/> }.into_any(),
        [id] => view! { <Stage shown id=*id/> }.into_any(),
        ids => view! { <ContactSheet making shown ids=ids.to_vec()/> }.into_any(),
    };
    let can_add = Memo::new(move |_| (1..MAX_PHOTOS).contains(&ids.with(Vec::len)));
    let tools = move || {
        can_add.get().then(|| {
            view! {
                <div class="tools">
                    <Picker class="tool picker" on_files=add><Icon name="plus"/>{words.capture.add}</Picker>
                </div>
            }
        })
    };
    view! { <div class="stack" data-gap="2xs">{photos} <div role="status">{left_out}</div> {tools}</div> }
}

/// A small picture of the first photo, beside the question about it.
#[component]
pub(super) fn FirstThumb(making: Making) -> impl IntoView {
    let shown = use_shown(making);
    let first = Memo::new(move |_| shown.with(|photos| photos.first().map(|photo| photo.id)));
    move || first.get().map(|id| view! { <Preview id is_ready=use_is_ready(shown, id) shape=PhotoShape::Thumb("m")/> })
}

/// A photo of a draft: as it was chosen, then as it was made ready.
#[component]
fn Preview(id: PhotoId, is_ready: Memo<bool>, shape: PhotoShape) -> impl IntoView {
    let phone = use_phone();
    let address = LocalResource::new(move || {
        is_ready.track();
        let phone = phone.clone();
        async move { phone.preview(id).await }
    });
    view! { <PhotoPlace shape><PhotoImage address alt=use_words().general.photo/></PhotoPlace> }
}

/// One photo, whole.
#[component]
fn Stage(shown: Memo<Vec<DraftPhoto>>, id: PhotoId) -> impl IntoView {
    let words = use_words();
    let is_ready = use_is_ready(shown, id);
    let note = move || {
        (!is_ready.get())
            .then(|| view! { <p class="stage-note"><Icon name="clock" size="s"/>{words.capture.making_ready}</p> })
    };
    view! { <div class="stage"><Preview id is_ready shape=PhotoShape::Contained/> {note}</div> }
}

/// Several photos, each with a way to take it out.
#[component]
fn ContactSheet(making: Making, shown: Memo<Vec<DraftPhoto>>, ids: Vec<PhotoId>) -> impl IntoView {
    let words = use_words();
    let phone = use_phone();
    let dismiss = use_dismiss(making);
    let remove = Action::new_local(move |photo: &PhotoId| {
        let (phone, photo) = (phone.clone(), *photo);
        async move { phone.remove_photo(making.id, photo).await }
    });
    let item = move |(index, id): (usize, PhotoId)| {
        let is_ready = use_is_ready(shown, id);
        let take_out = move |_| {
            dismiss.run(());
            remove.dispatch(id);
        };
        let name = (words.capture.remove_which)(u32::try_from(index + 1).unwrap_or(u32::MAX));
        view! {
            <li aria-busy=move || (!is_ready.get()).then_some("true")>
                <Preview id is_ready shape=PhotoShape::Cut/>
                <button class="button" data-kind="round" type="button" aria-label=name on:click=take_out>
                    <Icon name="trash"/>
                </button>
            </li>
        }
    };
    view! { <ul class="contact">{ids.into_iter().enumerate().map(item).collect_view()}</ul> }
}

/// The two ways to get a photo, as on the start screen: for a draft whose files were all refused.
#[component]
fn FirstPhoto(on_files: Callback<Vec<File>>) -> impl IntoView {
    let (words, no_photo) = (&use_words().start, use_words().capture.no_photo);
    view! {
        <p>{no_photo}</p>
        <div class="duo">
            <Picker class="shutter picker" camera=true on_files>
                <span class="shutter-eye"><Icon name="camera" size="l"/></span>
                <span class="shutter-word">{words.take_photo}</span>
            </Picker>
            <Picker class="pick picker" on_files><Icon name="folder" size="l"/><span>{words.choose_photo}</span></Picker>
        </div>
    }
}

fn use_is_ready(shown: Memo<Vec<DraftPhoto>>, id: PhotoId) -> Memo<bool> {
    Memo::new(move |_| {
        shown.with(|photos| photos.iter().any(|it| it.id == id && matches!(it.state, PhotoState::Ready { .. })))
    })
}

/// Returns the photos of the draft but those that were refused.
fn use_shown(making: Making) -> Memo<Vec<DraftPhoto>> {
    Memo::new(move |_| {
        let photos = making.draft.with(|draft| draft.as_ref().map(|draft| draft.photos.clone()).unwrap_or_default());
        photos.into_iter().filter(|photo| !matches!(photo.state, PhotoState::Refused(_))).collect()
    })
}

/// The first photo alone, while there is no entry yet to show it with its words.
#[component]
pub(super) fn FirstPicture(making: Making) -> impl IntoView {
    let shown = use_shown(making);
    let first = Memo::new(move |_| shown.with(|photos| photos.first().map(|photo| photo.id)));
    let picture =
        move || first.get().map(|id| view! { <Preview id is_ready=use_is_ready(shown, id) shape=PhotoShape::Cut/> });
    view! { <div class="print saved-print"><div class="print-photo">{picture}</div></div> }
}

/// A small picture of a draft's photo, on the start screen.
#[component]
pub(crate) fn DraftThumb(photo: Option<PhotoId>) -> impl IntoView {
    let phone = use_phone();
    photo.map(|id| {
        let address = LocalResource::new(move || {
            let phone = phone.clone();
            async move { phone.preview(id).await }
        });
        view! { <PhotoPlace shape=PhotoShape::Thumb("m")><PhotoImage address/></PhotoPlace> }
    })
}
