//! The texts under which consents are given: one that was shown is never changed.

use domain::{CONSENT_TEXT_VERSION, ConsentSubject, ConsentText, Texts};

/// Returns the texts of a subject, the newest first.
pub(crate) fn versions(all: &[ConsentText], subject: ConsentSubject) -> Vec<&ConsentText> {
    let mut versions: Vec<_> = all.iter().filter(|text| text.subject == subject.key()).collect();
    domain::sort_by(&mut versions, |a, b| b.version.cmp(&a.version));
    versions
}

/// Adds what a subject's text says now as a version of its own, behind all that were there; `None` where it says nothing new. The
/// text that the app brings along has a version too.
pub(crate) fn with_version(all: &[ConsentText], subject: ConsentSubject, texts: &Texts) -> Option<Vec<ConsentText>> {
    let newest = versions(all, subject).first().copied();
    if newest.map_or(texts.is_empty(), |newest| newest.texts == *texts) {
        return None;
    }
    let version = newest.map_or(CONSENT_TEXT_VERSION, |newest| newest.version.max(CONSENT_TEXT_VERSION)) + 1;
    let new = ConsentText { subject: subject.key().to_owned(), version, texts: texts.clone() };
    Some(all.iter().cloned().chain([new]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(words: &str) -> Texts {
        [("nl".to_owned(), words.to_owned())].into()
    }

    #[test]
    fn another_text_is_a_version_of_its_own_and_those_before_stay_as_they_are() {
        let part = ConsentSubject::TakePart;
        let first = with_version(&[], part, &texts("Je doet mee.")).unwrap();
        assert_eq!(first[0].version, CONSENT_TEXT_VERSION + 1, "the app's own text was shown under the one before");
        assert_eq!(with_version(&first, part, &texts("Je doet mee.")), None);
        let second = with_version(&first, part, &texts("Je doet mee met ons.")).unwrap();
        assert_eq!(second[0], first[0]);
        let listed: Vec<_> = versions(&second, part).iter().map(|text| (text.version, text.texts.clone())).collect();
        assert_eq!(listed, [(3, texts("Je doet mee met ons.")), (2, texts("Je doet mee."))]);
        let back = with_version(&second, part, &texts("Je doet mee.")).unwrap();
        assert_eq!(back[2].version, 4, "what was said before is said anew");
    }

    #[test]
    fn the_versions_of_a_subject_are_its_own() {
        let all = with_version(&[], ConsentSubject::TakePart, &texts("Je doet mee.")).unwrap();
        let all = with_version(&all, ConsentSubject::PeopleInPhoto, &texts("Zij vinden het goed.")).unwrap();
        assert_eq!(all.iter().map(|text| text.version).collect::<Vec<_>>(), [2, 2]);
        assert_eq!(with_version(&all, ConsentSubject::Audience, &Texts::new()), None);
    }

    #[test]
    fn a_text_that_is_taken_away_is_a_version_too() {
        let all = with_version(&[], ConsentSubject::TakePart, &texts("Je doet mee.")).unwrap();
        let all = with_version(&all, ConsentSubject::TakePart, &Texts::new()).unwrap();
        assert_eq!((all.len(), all[1].version), (2, 3));
    }
}
