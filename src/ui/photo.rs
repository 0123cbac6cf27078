//! Photos keep their place while they come.

use std::pin::Pin;

use browser::{MediaSize, ObjectUrl, Phone};
use dom::reactive::*;
use dom::{El, View, img, live, span};
use domain::{Entry, PhotoRef, RecordId};

use crate::icon::icon;
use crate::light::{Reading, derive, use_reading};
use crate::live::{use_live, use_phone};
use crate::locales::{count_of, use_words};
use crate::near::use_near;

/// How a photo stands on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PhotoShape {
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
#[inline]
pub fn photo(record: RecordId, photo: PhotoRef, size: MediaSize, shape: PhotoShape, alt: &str) -> El {
    let ratio = (shape == PhotoShape::Whole).then(|| ratio(&photo));
    let place = photo_place(shape, ratio, View::nothing());
    let is_near = use_near(&place);
    let alt = alt.to_owned();
    place.child(live(move || is_near.get().then(|| fetched(record, photo, size, &alt))))
}

#[inline]
fn fetched(record: RecordId, photo: PhotoRef, size: MediaSize, alt: &str) -> View {
    let find = move |phone: Phone| -> Found { Box::pin(async move { phone.photo(record, photo.sha256, size).await }) };
    photo_image(use_medium(find), alt)
}

/// Where a medium is, once that is known.
pub(crate) type Found = Pin<Box<dyn Future<Output = Option<ObjectUrl>>>>;

/// Returns where a medium is. It is looked for again when the network comes back, as long as it was nowhere.
#[inline]
pub(crate) fn use_medium(find: impl Fn(Phone) -> Found + 'static) -> Reading<Option<ObjectUrl>> {
    let phone = use_phone();
    let status = use_live().status;
    let is_online = derive(move || status.get().is_online);
    let kept = StoredValue::<Option<ObjectUrl>, LocalStorage>::new_local(None);
    use_reading(move || {
        let here = kept.get_value();
        let finding = here.is_none().then(|| {
            is_online.track();
            find(phone.clone())
        });
        async move {
            let address = match finding {
                Some(finding) => finding.await,
                None => here,
            };
            kept.try_set_value(address.clone());
            address
        }
    })
}

/// All photos of an entry, large and whole, in its maker's order.
#[inline]
pub fn photos(record: RecordId, entry: &Entry) -> View {
    let words = &use_words().general;
    let count = count_of(entry.photos.len());
    let picture = |(index, of): (usize, &PhotoRef)| {
        let alt = if count == 1 { words.photo.to_owned() } else { (words.photo_of)(count_of(index + 1), count) };
        photo(record, *of, MediaSize::Large, PhotoShape::Whole, &alt)
    };
    entry.photos.iter().enumerate().map(picture).collect()
}

/// Returns the place of a photo, which it keeps while it comes.
pub fn photo_place(shape: PhotoShape, ratio: Option<String>, image: View) -> El {
    let (class, size) = match shape {
        PhotoShape::Whole | PhotoShape::Cut | PhotoShape::Contained => ("photo", None),
        PhotoShape::Thumb(size) => ("thumb", Some(size)),
    };
    let fit = (shape == PhotoShape::Contained).then_some("contain");
    let place = span().class(class).maybe("data-size", size).maybe("data-fit", fit);
    match ratio {
        Some(ratio) => place.style("--r", &ratio),
        None => place,
    }
    .child(image)
}

/// Returns the photo itself, once `address` says where it is.
pub fn photo_image(address: Reading<Option<ObjectUrl>>, alt: &str) -> View {
    let words = use_words();
    let address = derive(move || address.map(|found| found.as_ref().map(|address| address.href().to_owned())));
    let is_here = derive(move || address.with(|found| found.as_ref().map(Option::is_some)));
    let alt = alt.to_owned();
    live(move || match is_here.get() {
        // The same image shows another file: the one before stands until it has come.
        Some(true) => img().attr_live("src", move || address.get().flatten()).attr("alt", &alt).into(),
        Some(false) => {
            View::from(icon("nobody")).and(span().class("visually-hidden").child(words.general.photo_not_here))
        }
        None => View::nothing(),
    })
}

/// Returns a photo's width by its height for the style sheet, within what a screen can show.
pub fn ratio(photo: &PhotoRef) -> String {
    let (width, height) = match (photo.width, photo.height) {
        (0, _) | (_, 0) => (4, 3),
        // Wider than 11:5, higher than 3:5.
        (width, height) if u64::from(width) * 5 > u64::from(height) * 11 => (11, 5),
        (width, height) if u64::from(width) * 5 < u64::from(height) * 3 => (3, 5),
        sides => sides,
    };
    format!("calc({width} / {height})")
}

#[cfg(test)]
mod tests {
    use domain::MediaHash;

    use super::*;

    #[test]
    fn a_strip_of_a_photo_does_not_make_a_strip_of_the_screen() {
        let photo = |width, height| PhotoRef { sha256: MediaHash([0; 32]), width, height, bytes: 1 };
        let all = [photo(2048, 1536), photo(1536, 2048), photo(9000, 10), photo(1, 4000), photo(0, 0)];
        let sides = ["2048 / 1536", "1536 / 2048", "11 / 5", "3 / 5", "4 / 3"];
        assert_eq!(all.map(|photo| ratio(&photo)), sides.map(|sides| format!("calc({sides})")));
    }
}
