//! The questions that makers are asked: their order, how they are asked in each language, and those that are not asked.

use dom::{View, b, button, div, each, li, live, ol, p, ul};
use domain::plain::Plain;
use domain::{MAX_ITEMS, QUESTION_KEYS, Question};
use leptos::prelude::*;
use ui::{count_of, derive, icon, in_language, use_language, use_phone, usual_questions};

use super::super::fields::{InLanguages, in_all_languages, long_field};
use super::super::part;
use super::form::{Filled, Held, Touch, settings_form};
use super::list::{Told, focus_soon, movers, use_told};
use crate::locales::use_words;
use crate::order::move_by_one;
use crate::questions::all_questions;

/// A question in the form.
#[derive(Clone)]
struct Row {
    key: String,
    texts: InLanguages,
    is_off: bool,
}

/// All questions: those that are asked first.
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
        let rows = all_questions(settings, &usual()).into_iter().map(row_of);
        let (off, mut on): (Vec<_>, Vec<_>) = rows.partition(|row| row.is_off);
        on.extend(off);
        let questions = Questions { rows: RwSignal::new(on), touch, told: use_told() };
        let read = move || {
            let all: Vec<_> = questions.rows.with_untracked(|rows| rows.iter().filter_map(question_of).collect());
            if all.iter().all(|question: &Question| question.is_off) {
                return Err(words.none_on.to_owned());
            }
            if all.iter().any(|question| !question.is_off && question.texts.is_empty()) {
                return Err(words.no_text.to_owned());
            }
            Ok(vec![("questions", all.to_value())])
        };
        Filled { inside: questions.lists(), read: Box::new(read) }
    })
}

fn row_of(Question { key, texts, is_off }: Question) -> Row {
    Row { texts: InLanguages::new(&texts), key, is_off }
}

/// Returns what the settings keep of a row; nothing of one that never had words and is not wanted.
fn question_of(row: &Row) -> Option<Question> {
    let texts = row.texts.texts();
    (!row.is_off || !texts.is_empty()).then(|| Question { key: row.key.clone(), texts, is_off: row.is_off })
}

/// Returns the questions that everybody is asked.
fn usual() -> Vec<Question> {
    let asked = |(at, key): (usize, &&str)| Question {
        key: (*key).to_owned(),
        texts: in_all_languages(|language| usual_questions(language)[at]),
        is_off: false,
    };
    QUESTION_KEYS.iter().enumerate().map(asked).collect()
}

impl Questions {
    fn lists(self) -> View {
        let words = &use_words().set_up.questions;
        let keys = move |is_off| {
            derive(move || {
                let keys = |rows: &Vec<Row>| {
                    rows.iter().filter(|row| row.is_off == is_off).map(|row| row.key.clone()).collect::<Vec<_>>()
                };
                self.rows.with(keys)
            })
        };
        let (on, off) = (keys(false), keys(true));
        let asked = each(move || on.get(), move |key| li().child(self.row(key)).into());
        let phone = use_phone();
        let language = use_language().get_untracked();
        let add = move || {
            let key = phone.fresh_id().to_string();
            let row = Row { key: key.clone(), texts: InLanguages::default(), is_off: false };
            self.rows.update(|rows| {
                let border = border(rows);
                rows.insert(border, row);
            });
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
        let is_none_off = derive(move || off.with(Vec::is_empty));
        let not_asked = live(move || {
            (!is_none_off.get()).then(|| {
                let rows = each(move || off.get(), move |key| li().child(self.row_off(key)).into());
                part("questions-off", words.off).child(ul().class("rows").child(rows))
            })
        });
        View::from(ol().class("rows").child(asked)).and(more).and(not_asked).and(self.told.shown())
    }

    fn find(self, key: &str) -> Option<Row> {
        self.rows.with_untracked(|rows| rows.iter().find(|row| row.key == key).cloned())
    }

    fn row(self, key: &str) -> View {
        let words = &use_words().set_up.questions;
        let Some(row) = self.find(key) else { return View::nothing() };
        let of = key.to_owned();
        let place = derive(move || {
            let place = |rows: &Vec<Row>| (rows.iter().position(|row| row.key == of).unwrap_or_default(), border(rows));
            self.rows.with(place)
        });
        let name = move || place.with(|(at, _)| (words.number)(count_of(at + 1)));
        let moved = move |toward| {
            let (at, length) = place.get_untracked();
            let before = name();
            let mut to = at;
            self.rows.update(|rows| to = move_by_one(&mut rows[..length], at, toward));
            self.told.moved(&before, to, length);
            self.touch.now();
        };
        let of = key.to_owned();
        let remove = button()
            .class("button")
            .attr_live("aria-label", move || Some((words.remove_what)(&name())))
            .on_tap(move || self.switch(&of, ADD.to_owned()))
            .child(icon("trash"))
            .child(words.remove);
        let long = |id: &str, name: &str, text| long_field(id, name, None, 2, text);
        let fields = row.texts.fields(&format!("question-{key}"), live(name), long);
        let acts = div().class("row-acts").child(movers(&format!("question-{key}"), name, place, moved)).child(remove);
        div().class("stack").attr("data-gap", "xs").child(fields).child(acts).into()
    }

    /// One that is not asked: its words, and the way back.
    fn row_off(self, key: &str) -> View {
        let words = &use_words().set_up.questions;
        let Some(row) = self.find(key) else { return View::nothing() };
        let language = use_language().get_untracked();
        let (of, field) = (key.to_owned(), format!("question-{key}-{}", language.tag()));
        let said = in_language(&row.texts.texts(), language).unwrap_or(words.unnamed).to_owned();
        let back = button()
            .class("button")
            .attr("aria-label", &(words.put_back_what)(&said))
            .on_tap(move || self.switch(&of, field.clone()))
            .child(icon("plus"))
            .child(words.put_back);
        let said = div().class("row").child(p().flag("data-grow", true).child(b().child(said)));
        div().class("list-row").child(said).child(div().class("row-acts").child(back)).into()
    }

    /// Has a question asked, or not: it comes where those that are asked meet the others.
    fn switch(self, key: &str, focus: String) {
        self.rows.update(|rows| {
            let Some(at) = rows.iter().position(|row| row.key == key) else { return };
            let mut row = rows.remove(at);
            row.is_off = !row.is_off;
            let border = border(rows);
            rows.insert(border, row);
            // What was added and never had words is not there to be put back.
            rows.retain(|row| question_of(row).is_some());
        });
        self.touch.now();
        focus_soon(focus);
    }
}

/// Returns how many questions are asked.
fn border(rows: &[Row]) -> usize {
    rows.iter().filter(|row| !row.is_off).count()
}

const ADD: &str = "question-add";
