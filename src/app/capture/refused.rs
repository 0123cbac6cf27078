//! Files that cannot be used: told once, in plain words, and gone with the next thing one does.

use browser::{Draft, PhotoId, PhotoProblem, PhotoState};
use dom::reactive::*;
use dom::{El, View, b, div, live, p};
use ui::{at_phone, derive, icon, use_phone};

use super::{LeftOut, Making};
use crate::locales::use_words;

/// Tells which files of the draft were refused, and why.
pub(super) fn refusals(making: Making) -> View {
    let problems = derive(move || making.draft.with(|draft| draft.as_ref().map(problems).unwrap_or_default()));
    live(move || problems.with(|problems| alert(problems)))
}

/// The sentence about refused files. Nothing else in the app is an alert.
pub(super) fn alert(problems: &[PhotoProblem]) -> Option<El> {
    if problems.is_empty() {
        return None;
    }
    let words = &use_words().capture;
    let sentence = |problem: &PhotoProblem| p().child(b().child((words.refused)(*problem)));
    let sentences = problems.iter().map(sentence).collect::<View>().and(p().child(words.refused_rest));
    let alert = div().class("notice").attr("data-kind", "warn").attr("role", "alert");
    Some(alert.child(icon("warn")).child(div().attr("data-grow", "").child(sentences)))
}

/// Returns why files of a draft were refused, each reason once.
pub(super) fn problems(draft: &Draft) -> Vec<PhotoProblem> {
    let mut problems = Vec::new();
    for (_, problem) in refused(draft) {
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }
    problems
}

/// Returns what takes refused files out of the draft; called by whatever one does next.
pub(super) fn use_dismiss(making: Making) -> Callback<()> {
    let phone = use_phone();
    let LeftOut(left_out) = expect_context();
    Callback::new(move |()| {
        left_out.set(0);
        let photos = making.draft.with_untracked(|draft| {
            draft.as_ref().map(|draft| refused(draft).map(|(id, _)| id).collect::<Vec<_>>()).unwrap_or_default()
        });
        if photos.is_empty() {
            return;
        }
        let phone = phone.clone();
        at_phone(async move {
            for photo in photos {
                phone.remove_photo(making.id, photo).await;
            }
        });
    })
}

fn refused(draft: &Draft) -> impl Iterator<Item = (PhotoId, PhotoProblem)> {
    draft.photos.iter().filter_map(|photo| match photo.state {
        PhotoState::Refused(problem) => Some((photo.id, problem)),
        PhotoState::Waiting | PhotoState::Ready { .. } => None,
    })
}

#[cfg(test)]
mod tests {
    use browser::DraftPhoto;
    use domain::{RecordId, Timestamp};

    use super::*;

    #[test]
    fn two_broken_files_are_told_once() {
        let id = RecordId::new(Timestamp::from_ms(1), [0; 10]);
        let photo = |state| DraftPhoto { id: PhotoId(id), state };
        let photos = vec![
            photo(PhotoState::Refused(PhotoProblem::Broken)),
            photo(PhotoState::Ready { width: 1, height: 1 }),
            photo(PhotoState::Refused(PhotoProblem::Broken)),
            photo(PhotoState::Refused(PhotoProblem::Empty)),
        ];
        let draft = Draft {
            id,
            photos,
            valence: None,
            themes: vec![],
            story: String::new(),
            begun: Timestamp::from_ms(1),
            place: None,
            place_shown: None,
            offered_place: String::new(),
            people: None,
            voice: None,
            replies: Vec::new(),
        };
        assert_eq!(problems(&draft), [PhotoProblem::Broken, PhotoProblem::Empty]);
    }
}
