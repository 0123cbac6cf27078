//! Which phones there are, and when each was last heard of; giving one a name, shutting one out.

use browser::Verb;
use dom::{El, View, b, button, div, each, form, input, li, live, p, ul};
use domain::plain::Plain;
use domain::{DeviceId, Timestamp};
use leptos::prelude::*;
use protocol::{DeviceInfo, DevicesReply, MAX_DEVICE_NAME_CHARS, NameRequest, device_path};
use ui::{Question, asked_first, day, derive, icon, moment, use_language};

use super::super::fields::around;
use super::{called, focused};
use crate::asking::{Asked, use_deed};
use crate::locales::use_words;

/// The phones as they are told, and what is done with them.
#[derive(Clone, Copy)]
struct Phones {
    all: RwSignal<Vec<DeviceInfo>>,
    /// What was done last, for who does not see it.
    told: RwSignal<String>,
    shut_out: Callback<()>,
}

/// The phones. `shut_out` is called when one of them was: what was made on it may have ended too.
pub(super) fn list(asked: Asked<DevicesReply>, shut_out: Callback<()>) -> View {
    let told = RwSignal::new(String::new());
    let list = asked.show(move |reply| {
        let phones = Phones { all: RwSignal::new(reply.devices.clone()), told, shut_out };
        let ids = derive(move || phones.all.with(|all| all.iter().map(|phone| phone.id).collect::<Vec<_>>()));
        let rows = each(move || ids.get(), move |id| li().child(row(*id, phones)).into());
        ul().class("rows").child(rows).into()
    });
    div()
        .class("stack")
        .child(list)
        .child(p().class("asides").attr("role", "status").child(live(move || told.get())))
        .into()
}

fn row(id: DeviceId, phones: Phones) -> View {
    let phone = derive(move || phones.all.with(|all| all.iter().find(|phone| phone.id == id).cloned()));
    let is_named = RwSignal::new(false);
    let had_focus = StoredValue::new(false);
    live(move || {
        if is_named.get() {
            had_focus.set_value(true);
            return phone.get_untracked().map(|phone| naming(&phone, phones, is_named));
        }
        phone.get().map(|phone| told(&phone, phones, is_named, had_focus.get_value()))
    })
}

/// A phone, and what can be done with it. `takes_focus`: it was just given a name, or not after all.
fn told(phone: &DeviceInfo, phones: Phones, is_named: RwSignal<bool>, takes_focus: bool) -> El {
    let words = &use_words().phones;
    let language = use_language().get_untracked();
    let DeviceInfo { name, made_ms, last_seen_ms, is_this, .. } = phone;
    let seen = match last_seen_ms {
        _ if *is_this => words.this.to_owned(),
        Some(seen) => (words.seen)(&moment(Timestamp::from_ms(*seen), language)),
        None => words.never_seen.to_owned(),
    };
    let rename = button().class("button").attr("aria-label", &(words.rename_which)(called(name, words)));
    let rename = rename.child(icon("edit")).child(words.rename).on_tap(move || is_named.set(true));
    let rename = if takes_focus { focused(rename) } else { rename };
    let quiet = |line: &str| p().class("small quiet").child(line);
    div().class("phone").flag("data-this", *is_this).child(icon("phone")).child(
        div()
            .class("row-words")
            .child(p().child(b().child(called(name, words))))
            .child(quiet(&seen))
            .child(quiet(&(words.since)(&day(Timestamp::from_ms(*made_ms), language))))
            .child(div().class("row-acts").child(rename).child(shutting_out(phone, phones))),
    )
}

/// Gives a phone a name.
fn naming(phone: &DeviceInfo, phones: Phones, is_named: RwSignal<bool>) -> El {
    let words = &use_words().phones;
    let general = &ui::use_words().general;
    let deed = use_deed();
    let path = device_path(phone.id);
    let id = format!("name-{}", phone.id);
    let name = RwSignal::new(phone.name.clone());
    let input = input()
        .attr("id", &id)
        .attr("autocomplete", "off")
        .attr("maxlength", &MAX_DEVICE_NAME_CHARS.to_string())
        .prop("value", phone.name.as_str())
        .on("input", move |event| name.set(event_target_value(event)));
    let save = button().class("button").attr("data-kind", "main").attr("type", "submit").child(general.save);
    let save = save.attr_live("aria-busy", move || deed.is_pending().then_some("true"));
    let cancel = button().class("button").child(general.cancel).on_tap(move || is_named.set(false));
    form()
        .class("stack")
        .on("submit", move |event| {
            event.prevent_default();
            let request = NameRequest { name: name.with_untracked(|name| name.trim().to_owned()) };
            deed.run(Verb::Patch, path.clone(), Some(request.to_value()), move |reply: DevicesReply| {
                phones.all.set(reply.devices);
                is_named.set(false);
            });
        })
        .child(around(&id, words.name, Some(words.name_hint), focused(input)))
        .child(div().class("row-acts").child(save).child(cancel))
        .child(deed.told())
}

/// Shuts a phone out, after asking. This one then begins anew, as nobody's.
fn shutting_out(phone: &DeviceInfo, phones: Phones) -> View {
    let words = &use_words().phones;
    let deed = use_deed();
    let (path, is_this, name) = (device_path(phone.id), phone.is_this, called(&phone.name, words).to_owned());
    let ask = button().class("button").attr("aria-label", &(words.shut_out_which)(&name));
    let ask = ask.child(icon("lock")).child(words.shut_out);
    let title = if is_this { words.shut_out_this_sure.to_owned() } else { (words.shut_out_sure)(&name) };
    let why = if is_this { words.shut_out_this_why } else { words.shut_out_why };
    let done = Callback::new(move |()| {
        let name = name.clone();
        deed.run(Verb::Delete, path.clone(), None, move |reply: DevicesReply| {
            if is_this {
                super::begin_anew();
                return;
            }
            phones.told.set((words.shut_out_done)(&name));
            phones.all.set(reply.devices);
            phones.shut_out.run(());
        });
    });
    let question = Question { title: &title, why, drawing: "lock", yes: words.shut_out_yes };
    View::from(asked_first(&format!("shut-out-{}", phone.id), ask, question, done)).and(deed.told())
}
