//! The questions that makers are asked: their order, and how they are asked in each language.

use dom::{View, button, div, each, li, live, ol, p};
use domain::plain::Plain;
use domain::{MAX_ITEMS, QUESTION_KEYS, Question};
use leptos::prelude::*;
use ui::{count_of, derive, icon, use_language, use_phone};

use super::super::fields::{InLanguages, in_all_languages, long_field};
use super::form::{Filled, Held, Touch, settings_form};
use super::list::{Told, focus_soon, movers, use_told};
use crate::locales::{use_words, words};
use crate::order::move_by_one;

/// A question in the form.
#[derive(Clone)]
struct Row {
    key: String,
    texts: InLanguages,
}

#[derive(Clone, Copy)]
struct Questions {
    rows: RwSignal<Vec<Row>>,
    touch: Touch,
    told: Told,
}

/// The questions; as long as nobody has set any they are those of everybody.
pub(super) fn form(held: &Held) -> View {
    let words = &use_words().set_up.questions;
    settings_form(held, &["questions"], move |settings, touch| {
        let asked = if settings.questions.is_empty() { usual() } else { settings.questions.clone() };
        let rows =
            asked.iter().map(|question| Row { key: question.key.clone(), texts: InLanguages::new(&question.texts) });
        let questions = Questions { rows: RwSignal::new(rows.collect()), touch, told: use_told() };
        let read = move || {
            let question = |row: &Row| Question { key: row.key.clone(), texts: row.texts.texts() };
            let asked: Vec<_> = questions.rows.with_untracked(|rows| rows.iter().map(question).collect());
            if asked.iter().any(|question| question.texts.is_empty()) {
                return Err(words.no_text.to_owned());
            }
            Ok(vec![("questions", asked.to_value())])
        };
        Filled { inside: questions.list(), read: Box::new(read) }
    })
}

/// Returns the questions that everybody is asked.
fn usual() -> Vec<Question> {
    let asked = |(at, key): (usize, &&str)| Question {
        key: (*key).to_owned(),
        texts: in_all_languages(|language| words(language).set_up.questions.usual[at]),
    };
    QUESTION_KEYS.iter().enumerate().map(asked).collect()
}

impl Questions {
    fn list(self) -> View {
        let words = &use_words().set_up.questions;
        let keys = derive(move || self.rows.with(|rows| rows.iter().map(|row| row.key.clone()).collect::<Vec<_>>()));
        let rows = each(move || keys.get(), move |key| li().child(self.row(key)).into());
        let phone = use_phone();
        let language = use_language().get_untracked();
        let add = move || {
            let key = phone.fresh_id().to_string();
            self.rows.update(|rows| rows.push(Row { key: key.clone(), texts: InLanguages::default() }));
            self.touch.now();
            focus_soon(format!("question-{key}-{}", language.tag()));
        };
        let is_full = derive(move || self.rows.with(|rows| rows.len() >= MAX_ITEMS));
        let more = live(move || match is_full.get() {
            true => p().class("quiet").child(words.full),
            false => {
                let add = button().class("button").attr("id", ADD).on_tap(add.clone());
                div().child(add.child(icon("plus")).child(words.add))
            }
        });
        let none = live(move || keys.with(Vec::is_empty).then(|| p().class("quiet").child(words.none)));
        View::from(ol().class("rows").child(rows)).and(none).and(more).and(self.told.shown())
    }

    fn row(self, key: &str) -> View {
        let words = &use_words().set_up.questions;
        let Some(row) = self.rows.with_untracked(|rows| rows.iter().find(|row| row.key == key).cloned()) else {
            return View::nothing();
        };
        let of = key.to_owned();
        let place = derive(move || {
            let place = |rows: &Vec<Row>| (rows.iter().position(|row| row.key == of).unwrap_or_default(), rows.len());
            self.rows.with(place)
        });
        let name = move || place.with(|(at, _)| (words.number)(count_of(at + 1)));
        let moved = move |toward| {
            let (at, length) = place.get_untracked();
            let before = name();
            self.rows.update(|rows| {
                let to = move_by_one(rows, at, toward);
                self.told.moved(&before, to, length);
            });
            self.touch.now();
        };
        let of = key.to_owned();
        let remove = move || {
            self.rows.update(|rows| rows.retain(|row| row.key != of));
            self.touch.now();
            focus_soon(ADD.to_owned());
        };
        let remove = button()
            .class("button")
            .attr_live("aria-label", move || Some((words.remove_what)(&name())))
            .on_tap(remove)
            .child(icon("trash"))
            .child(words.remove);
        let long = |id: &str, name: &str, text| long_field(id, name, None, 2, text);
        let fields = row.texts.fields(&format!("question-{key}"), live(name), long);
        let acts = div().class("row-acts").child(movers(&format!("question-{key}"), name, place, moved)).child(remove);
        div().class("stack").attr("data-gap", "xs").child(fields).child(acts).into()
    }
}

const ADD: &str = "question-add";
