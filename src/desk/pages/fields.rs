//! The fields that forms are made of.

use dom::{El, View, div, fieldset, follow, input, label, legend, p, textarea};
use domain::{MAX_TEXT_CHARS, Map, Texts};
use leptos::prelude::*;
use ui::Language;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

/// A short text between its label and its hint.
pub(super) fn text_field(id: &str, name: &str, hint: Option<&str>, most_chars: usize, value: RwSignal<String>) -> El {
    let field = input().attr("id", id).attr("autocomplete", "off").attr("maxlength", &most_chars.to_string());
    around(id, name, hint, bound(field, value))
}

/// A day between its label and its hint.
pub(super) fn day_field(id: &str, name: &str, value: RwSignal<String>) -> El {
    around(id, name, None, bound(input().attr("id", id).attr("type", "date"), value))
}

/// A long text between its label and its hint.
pub(super) fn long_field(id: &str, name: &str, hint: Option<&str>, lines: u32, value: RwSignal<String>) -> El {
    let field =
        textarea().attr("id", id).attr("rows", &lines.to_string()).attr("maxlength", &MAX_TEXT_CHARS.to_string());
    around(id, name, hint, bound(field, value))
}

/// As [`long_field`], whose text is also changed elsewhere.
pub(super) fn long_field_live(id: &str, name: &str, hint: &str, lines: u32, value: RwSignal<String>) -> El {
    let field =
        textarea().attr("id", id).attr("rows", &lines.to_string()).attr("spellcheck", "false").attr("dir", "ltr");
    let shown = field.clone();
    follow(move || {
        let value = value.get();
        // What is typed here stands here already, and the cursor stays where it is.
        if let Some(field) = shown.element().dyn_ref::<HtmlTextAreaElement>().filter(|field| field.value() != value) {
            field.set_value(&value);
        }
    });
    around(id, name, Some(hint), field.on("input", move |event| value.set(event_target_value(event))))
}

fn bound(field: El, value: RwSignal<String>) -> El {
    field.prop("value", value.get_untracked()).on("input", move |event| value.set(event_target_value(event)))
}

/// A field between its label and its hint.
pub(super) fn around(id: &str, name: &str, hint: Option<&str>, field: El) -> El {
    let hint_id = format!("{id}-hint");
    let field = field.maybe("aria-describedby", hint.map(|_| hint_id.as_str()));
    div()
        .class("field")
        .child(label().attr("for", id).child(name))
        .child(hint.map(|hint| p().class("small quiet").attr("id", &hint_id).child(hint)))
        .child(field)
}

/// One text in each language that can be chosen.
#[derive(Clone)]
pub(super) struct InLanguages {
    /// As it came: languages of a later version stay in it.
    came: Texts,
    typed: [(Language, RwSignal<String>); Language::CHOICES.len()],
}

impl Default for InLanguages {
    fn default() -> Self {
        Self::new(&Texts::new())
    }
}

impl InLanguages {
    /// Begins with these texts.
    pub(super) fn new(texts: &Texts) -> Self {
        let typed = Language::CHOICES
            .map(|language| (language, RwSignal::new(texts.get(language.tag()).cloned().unwrap_or_default())));
        Self { came: texts.clone(), typed }
    }

    /// Returns the text as it was typed; a language without words is left out.
    pub(super) fn texts(&self) -> Texts {
        let mut texts = self.came.clone();
        for (language, typed) in &self.typed {
            let text = typed.with(|typed| typed.trim().to_owned());
            if text.is_empty() {
                texts.remove(language.tag());
            } else {
                texts.insert(language.tag().to_owned(), text);
            }
        }
        texts
    }

    /// A field per language under one name; `field` makes one of an id, a name and a text.
    pub(super) fn fields(
        &self,
        id: &str,
        name: impl Into<View>,
        field: impl Fn(&str, &str, RwSignal<String>) -> El,
    ) -> El {
        let one = |(language, typed): &(Language, RwSignal<String>)| {
            let named = language.words().name;
            field(&format!("{id}-{}", language.tag()), named, *typed).attr("lang", language.lang())
        };
        let all = self.typed.iter().map(one).collect::<View>();
        fieldset().class("stack").attr("data-gap", "xs").child(legend().child(name)).child(all)
    }
}

/// Returns what each language says.
pub(super) fn in_all_languages(say: impl Fn(Language) -> &'static str) -> Texts {
    let said = Language::CHOICES.map(|language| (language.tag().to_owned(), say(language).to_owned()));
    said.into_iter().collect::<Map<_, _>>()
}
