//! The themes: their order, which are on, and the project's own.

use dom::{El, View, b, button, div, each, li, live, p, ul};
use domain::plain::Plain;
use domain::{MAX_ITEMS, MAX_NAME_CHARS, Theme, ThemeChoice};
use leptos::prelude::*;
use ui::{derive, icon, in_language, theme_icon, use_language, use_phone};

use super::super::fields::{InLanguages, text_field};
use super::super::part;
use super::form::{Filled, Held, Touch, settings_form};
use super::list::{Told, focus_soon, movers, number, use_told};
use crate::locales::use_words;
use crate::order::move_by_one;
use crate::theming::all_themes;

/// A theme in the form.
#[derive(Clone)]
struct Row {
    key: String,
    /// One that everybody has.
    theme: Option<Theme>,
    names: InLanguages,
    is_off: bool,
}

/// All themes: those that are on first.
#[derive(Clone, Copy)]
struct Themes {
    rows: RwSignal<Vec<Row>>,
    touch: Touch,
    told: Told,
}

/// The themes.
pub(super) fn form(held: &Held) -> View {
    let words = &use_words().set_up.themes;
    settings_form(held, &["themes"], move |settings, touch| {
        let rows = all_themes(settings).into_iter().map(row_of);
        let (off, mut on): (Vec<_>, Vec<_>) = rows.partition(|row| row.is_off);
        on.extend(off);
        let themes = Themes { rows: RwSignal::new(on), touch, told: use_told() };
        let inside =
            View::from(themes.list(false)).and(themes.adding()).and(themes.list(true)).and(themes.told.shown());
        let read = move || {
            let choices: Vec<_> = themes.rows.with_untracked(|rows| rows.iter().filter_map(choice_of).collect());
            if choices.iter().all(|choice: &ThemeChoice| choice.is_off) {
                return Err(words.none_on.to_owned());
            }
            if choices.iter().any(|choice| Theme::from_key(&choice.key).is_none() && choice.names.is_empty()) {
                return Err(words.no_name.to_owned());
            }
            Ok(vec![("themes", choices.to_value())])
        };
        Filled { inside, read: Box::new(read) }
    })
}

fn row_of(ThemeChoice { key, names, is_off }: ThemeChoice) -> Row {
    Row { theme: Theme::from_key(&key), key, names: InLanguages::new(&names), is_off }
}

/// Returns what the settings keep of a row; nothing of one of the project's own that never had a name and is not wanted.
fn choice_of(row: &Row) -> Option<ThemeChoice> {
    let names = row.names.texts();
    let is_kept = row.theme.is_some() || !row.is_off || !names.is_empty();
    is_kept.then(|| ThemeChoice { key: row.key.clone(), names, is_off: row.is_off })
}

impl Themes {
    /// Those that are on, or those that are off.
    fn list(self, is_off: bool) -> El {
        let words = &use_words().set_up.themes;
        let keys = derive(move || {
            let keys = |rows: &Vec<Row>| {
                rows.iter().filter(|row| row.is_off == is_off).map(|row| row.key.clone()).collect::<Vec<_>>()
            };
            self.rows.with(keys)
        });
        let row = move |key: &String| li().child(self.row(key, is_off)).into();
        let (id, title) = if is_off { ("themes-off", words.off) } else { ("themes-on", words.on) };
        let empty =
            live(move || (is_off && keys.with(Vec::is_empty)).then(|| p().class("quiet").child(words.none_off)));
        part(id, title).child(ul().class("rows").child(each(move || keys.get(), row))).child(empty)
    }

    fn row(self, key: &str, is_off: bool) -> View {
        let words = &use_words().set_up.themes;
        let Some(row) = self.rows.with_untracked(|rows| rows.iter().find(|row| row.key == key).cloned()) else {
            return View::nothing();
        };
        let name = name_of(&row);
        let of = key.to_owned();
        let place = derive(move || {
            let place = |rows: &Vec<Row>| {
                let at = rows.iter().position(|row| row.key == of).unwrap_or_default();
                (at, rows.iter().filter(|row| !row.is_off).count())
            };
            self.rows.with(place)
        });
        let moving = (!is_off).then(|| {
            let (name, name_for_movers) = (name.clone(), name.clone());
            let moved = move |toward| {
                let (at, length) = place.get_untracked();
                let mut to = at;
                self.rows.update(|rows| to = move_by_one(&mut rows[..length], at, toward));
                self.told.moved(&name(), to, length);
                self.touch.now();
            };
            movers(&format!("theme-{key}"), name_for_movers, place, moved)
        });
        let switch = button()
            .class("button")
            .attr("id", &switch_id(key))
            .attr_live("aria-label", {
                let name = name.clone();
                move || Some(if is_off { (words.put_on_what)(&name()) } else { (words.take_off_what)(&name()) })
            })
            .on_tap({
                let key = key.to_owned();
                move || self.switch(&key)
            })
            .child(icon(if is_off { "plus" } else { "minus" }))
            .child(if is_off { words.put_on } else { words.take_off });
        let said = div()
            .class("row")
            .child((!is_off).then(|| number(place)))
            .child(icon(row.theme.map_or("t-anders", theme_icon)))
            .child(p().flag("data-grow", true).child(b().child(live(name))));
        let names = row.theme.is_none().then(|| {
            let field = |id: &str, name: &str, text| text_field(id, name, None, MAX_NAME_CHARS, text);
            row.names.fields(&names_id(key), words.own_name, field)
        });
        let acts = div().class("row-acts").child(moving).child(switch);
        div().class("list-row").child(said).child(acts).child(names).into()
    }

    /// Puts a theme on or takes it off: it comes where the ones that are on meet the others.
    fn switch(self, key: &str) {
        self.rows.update(|rows| {
            let Some(at) = rows.iter().position(|row| row.key == key) else { return };
            let mut row = rows.remove(at);
            row.is_off = !row.is_off;
            let border = rows.iter().filter(|row| !row.is_off).count();
            rows.insert(border, row);
        });
        self.touch.now();
        focus_soon(switch_id(key));
    }

    /// Adds one of the project's own.
    fn adding(self) -> View {
        let words = &use_words().set_up.themes;
        let phone = use_phone();
        let language = use_language().get_untracked();
        let add = move || {
            // Made once: entries that are about it keep naming it so.
            let key = phone.fresh_id().to_string();
            let row = Row { key: key.clone(), theme: None, names: InLanguages::default(), is_off: false };
            self.rows.update(|rows| {
                let border = rows.iter().filter(|row| !row.is_off).count();
                rows.insert(border, row);
            });
            self.touch.now();
            focus_soon(format!("{}-{}", names_id(&key), language.tag()));
        };
        let is_full = derive(move || self.rows.with(|rows| rows.len() >= MAX_ITEMS));
        live(move || match is_full.get() {
            true => p().class("quiet").child(words.full),
            false => div().child(button().class("button").on_tap(add.clone()).child(icon("plus")).child(words.add)),
        })
    }
}

fn switch_id(key: &str) -> String {
    format!("theme-{key}-switch")
}

fn names_id(key: &str) -> String {
    format!("theme-{key}-name")
}

/// Returns what says how a theme is called, as it stands there now.
fn name_of(row: &Row) -> impl Fn() -> String + Clone + 'static {
    let row = row.clone();
    let language = use_language().get_untracked();
    let usual = row.theme.map_or(use_words().set_up.themes.unnamed, ui::use_words().theme);
    move || in_language(&row.names.texts(), language).unwrap_or(usual).to_owned()
}
