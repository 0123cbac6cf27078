//! Photos keep their place while they come.

use browser::{MediaSize, ObjectUrl};
use domain::{PhotoRef, RecordId};
use leptos::html::Span;
use leptos::prelude::*;

use super::Icon;
use super::near::use_near;
use crate::app::{use_live, use_phone};
use crate::locales::use_words;

/// How a photo stands on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PhotoShape {
    /// In its own proportions.
    Whole,
    /// In the proportions of what is around it, cut where need be.
    Cut,
    /// Whole, in the proportions of what is around it.
    Contained,
    /// A small square. The text is a size of the block `thumb`.
    Thumb(&'static str),
}

/// A photo of an entry: from this phone, or fetched once there is network and it comes near the screen.
#[component]
pub(crate) fn Photo(
    record: RecordId,
    photo: PhotoRef,
    size: MediaSize,
    shape: PhotoShape,
    #[prop(into, optional)] alt: String,
) -> impl IntoView {
    let (place, is_near) = use_near();
    let ratio = (shape == PhotoShape::Whole).then(|| ratio(&photo));
    let image = move || is_near.get().then(|| view! { <Fetched record photo size alt=alt.clone()/> });
    view! { <PhotoPlace place shape ratio>{image}</PhotoPlace> }
}

#[component]
fn Fetched(record: RecordId, photo: PhotoRef, size: MediaSize, alt: String) -> impl IntoView {
    let phone = use_phone();
    let status = use_live().status;
    let is_online = Memo::new(move |_| status.get().is_online);
    let kept = StoredValue::<Option<ObjectUrl>, LocalStorage>::new_local(None);
    let address = LocalResource::new(move || {
        let here = kept.get_value();
        // Asked again when the network comes back, as long as there was none.
        let loading = here.is_none().then(|| {
            is_online.track();
            phone.clone()
        });
        async move {
            let address = match loading {
                Some(phone) => phone.photo(record, photo.sha256, size).await,
                None => here,
            };
            kept.try_set_value(address.clone());
            address
        }
    });
    view! { <PhotoImage address alt/> }
}

/// The place of a photo, which it keeps while it comes.
#[component]
pub(crate) fn PhotoPlace(
    shape: PhotoShape,
    #[prop(optional)] place: NodeRef<Span>,
    #[prop(optional_no_strip)] ratio: Option<f64>,
    children: Children,
) -> impl IntoView {
    let (class, size) = match shape {
        PhotoShape::Whole | PhotoShape::Cut | PhotoShape::Contained => ("photo", None),
        PhotoShape::Thumb(size) => ("thumb", Some(size)),
    };
    let fit = (shape == PhotoShape::Contained).then_some("contain");
    let ratio = ratio.map(|ratio| format!("{ratio:.4}"));
    view! { <span node_ref=place class=class data-size=size data-fit=fit style:--r=ratio>{children()}</span> }
}

/// The photo itself, once `address` says where it is.
#[component]
pub(crate) fn PhotoImage(
    address: LocalResource<Option<ObjectUrl>>,
    #[prop(into, optional)] alt: String,
) -> impl IntoView {
    let words = use_words();
    move || {
        address.get().map(|address| match address {
            Some(address) => view! { <img src=address.href().to_owned() alt=alt.clone()/> }.into_any(),
            None => view! {
                <Icon name="nobody"/>
                <span class="visually-hidden">{words.general.photo_not_here}</span>
            }
            .into_any(),
        })
    }
}

/// Returns a photo's width by its height, within what a screen can show.
pub(crate) fn ratio(photo: &PhotoRef) -> f64 {
    if photo.width == 0 || photo.height == 0 {
        return 4.0 / 3.0;
    }
    (f64::from(photo.width) / f64::from(photo.height)).clamp(0.6, 2.2)
}

#[cfg(test)]
mod tests {
    use domain::MediaHash;

    use super::*;

    #[test]
    fn a_strip_of_a_photo_does_not_make_a_strip_of_the_screen() {
        let photo = |width, height| PhotoRef { sha256: MediaHash([0; 32]), width, height, bytes: 1 };
        let all = [photo(2048, 1536), photo(1536, 2048), photo(9000, 10), photo(1, 4000), photo(0, 0)];
        let ratios = all.map(|photo| (ratio(&photo) * 100.0).round() / 100.0);
        assert_eq!(ratios, [1.33, 0.75, 2.2, 0.6, 1.33]);
    }
}
