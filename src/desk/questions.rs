//! The questions of a project: those that everybody has and its own, asked or not, in an order.

use domain::{ProjectSettings, Question};

/// Returns all questions, those of the settings first in their order; a usual one that the settings do not name is asked where
/// nothing was chosen yet, and else not.
pub(crate) fn all_questions(settings: &ProjectSettings, usual: &[Question]) -> Vec<Question> {
    let chosen = &settings.questions;
    let is_missing = |question: &&Question| chosen.iter().all(|choice| choice.key != question.key);
    let missing = usual.iter().filter(is_missing);
    let missing = missing.map(|question| Question { is_off: !chosen.is_empty(), ..question.clone() });
    chosen.iter().cloned().chain(missing).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_usual_question_that_the_settings_do_not_name_can_be_put_back() {
        let question = |key: &str, is_off| Question { key: key.into(), is_off, ..Question::default() };
        let usual = ["see", "do"].map(|key| question(key, false));
        let all = |questions| all_questions(&ProjectSettings { questions, ..ProjectSettings::default() }, &usual);
        assert_eq!(all(Vec::new()), usual);
        let chosen = [question("hond", false), question("do", false), question("boom", true)];
        assert_eq!(all(chosen.to_vec()), [chosen.as_slice(), &[question("see", true)]].concat());
    }
}
