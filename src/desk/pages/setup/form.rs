//! A form for a part of the settings: filled from the record, saved as one write of what was changed.

use browser::{Joined, ProjectRecords};
use dom::{View, button, div, each, form, live};
use domain::plain::Value;
use domain::{Invalid, KIND_PROJECT, NodeId, ProjectSettings, Record, Stamp, Timestamp};
use leptos::prelude::*;
use protocol::members_path;
use ui::{Derived, Reading, at_phone, derive, icon, notice, use_phone};

use super::super::saving::{Saving, Told, said};
use super::settings::{Settings, settings_of};
use crate::asking::use_asked;
use crate::locales::use_words;
use crate::records::use_records;

/// What all forms of the settings read.
#[derive(Clone)]
pub(super) struct Held {
    /// Who sets up.
    pub(super) seat: Joined,
    /// What this phone holds of the project.
    pub(super) records: Reading<ProjectRecords>,
    told: Told,
}

/// Reads what forms of the settings need.
pub(super) fn use_held(seat: &Joined) -> Held {
    let project = seat.project.id;
    let records = use_records(seat);
    let told = Told { records, members: use_asked(move || members_path(project)), reader: seat.member };
    Held { seat: seat.clone(), records, told }
}

/// The fields that a form writes, with their values.
pub(super) type Values = Vec<(&'static str, Value)>;

/// A form as it was filled in from the settings.
pub(super) struct Filled {
    /// What one fills in.
    pub(super) inside: View,
    /// Reads what stands there now, or says what is not right with it.
    pub(super) read: Box<dyn Fn() -> Result<Values, String>>,
}

/// Whether somebody has begun to change a form.
#[derive(Clone, Copy)]
pub(super) struct Touch {
    is_touched: StoredValue<bool>,
    saving: RwSignal<Saving>,
}

impl Touch {
    /// Notes that something stands there now that is not saved.
    pub(super) fn now(self) {
        self.is_touched.set_value(true);
        self.saving.set(Saving::Nothing);
    }
}

/// A form that writes these fields. What comes from elsewhere meanwhile is shown in it as long as nobody has begun to change it, and
/// is told of after that.
pub(super) fn settings_form(
    held: &Held,
    fields: &'static [&'static str],
    fill: impl Fn(&ProjectSettings, Touch) -> Filled + 'static,
) -> View {
    let Held { seat, records, told } = held.clone();
    let project = seat.project.id;
    let told = told.of(ProjectSettings::record_id(project), fields, Some(use_words().set_up.never_changed));
    let settings = derive(move || records.map(|records| settings_of(records, project)));
    let held = derive(move || settings.with(|settings| settings.as_ref().map(|settings| settings.values(fields))));
    let touch = Touch { is_touched: StoredValue::new(false), saving: RwSignal::new(Saving::Nothing) };
    // What the form was filled with, or saved last.
    let base = StoredValue::new(None::<Vec<Value>>);
    // Somebody wants to see what came from elsewhere.
    let wanted = RwSignal::new(());
    let mut times = 0_u32;
    let keys = move || {
        wanted.track();
        let Some(held) = held.get() else { return Vec::new() };
        if !touch.is_touched.get_value() && base.with_value(|base| base.as_ref() != Some(&held)) {
            base.set_value(Some(held));
            times += 1;
        }
        vec![times]
    };
    let is_stale = derive(move || {
        wanted.track();
        held.with(|held| held.is_some() && base.with_value(|base| base != held)) && touch.is_touched.get_value()
    });
    let show = move || {
        touch.is_touched.set_value(false);
        touch.saving.set(Saving::Nothing);
        wanted.set(());
    };
    let stale = live(move || {
        let words = &use_words().set_up;
        is_stale.get().then(|| {
            let show = button().class("button").on_tap(show).child(icon("turn")).child(words.show_newer);
            notice("warn", Some("warn"), words.newer).child(show)
        })
    });
    let row = move |_: &u32| {
        let filled = settings.with_untracked(|settings| {
            let settings = settings.as_ref().map(|settings| settings.read.clone()).unwrap_or_default();
            fill(&settings, touch)
        });
        one_form(&seat, settings, fields, filled, touch, base)
    };
    let below =
        div().class("stack").attr("data-gap", "2xs").child(told).child(div().attr("role", "status").child(stale));
    div().class("stack").child(each(keys, row)).child(below).into()
}

fn one_form(
    seat: &Joined,
    settings: Derived<Option<Settings>>,
    fields: &'static [&'static str],
    filled: Filled,
    touch: Touch,
    base: StoredValue<Option<Vec<Value>>>,
) -> View {
    let phone = use_phone();
    let Filled { inside, read } = filled;
    let filled_with = StoredValue::new(read().unwrap_or_default());
    let (project, member) = (seat.project.id, seat.member);
    let id = ProjectSettings::record_id(project);
    let saving = touch.saving;
    let save = move || {
        if saving.get_untracked() == Saving::Pending {
            return;
        }
        let values = match read() {
            Ok(values) => values,
            Err(wrong) => return saving.set(Saving::Wrong(wrong)),
        };
        let is_other = |value: &&(&str, Value)| filled_with.with_value(|before| !before.contains(value));
        let changed: Values = values.iter().filter(is_other).cloned().collect();
        if changed.is_empty() {
            touch.is_touched.set_value(false);
            return saving.set(Saving::Unchanged);
        }
        let written = changed.clone();
        let part = move |at: Stamp| {
            let empty = Record::new(id, KIND_PROJECT);
            let part = written.iter().fold(empty, |record, (name, value)| record.with(name, value.clone(), at));
            part.written_by(Some(member))
        };
        let whole = settings.with_untracked(|settings| settings.as_ref().map(|settings| settings.record.clone()));
        if let Some(wrong) = check(whole.flatten(), &part) {
            return saving.set(wrong);
        }
        saving.set(Saving::Pending);
        let phone = phone.clone();
        // What comes back from the storage is what was just saved, and nothing newer.
        let before = base.get_value();
        base.update_value(|base| {
            for (name, value) in &changed {
                if let (Some(at), Some(base)) = (fields.iter().position(|field| field == name), base.as_mut()) {
                    base[at] = value.clone();
                }
            }
        });
        at_phone(async move {
            let written = phone.write_part(project, id, &part).await;
            // The screen may be gone.
            match written {
                Ok(()) => {
                    touch.is_touched.try_set_value(false);
                    filled_with.try_set_value(values);
                    let _ = saving.try_set(Saving::Saved);
                }
                Err(problem) => {
                    base.try_set_value(before);
                    let _ = saving.try_set(Saving::Failed(problem));
                }
            }
        });
    };
    let submit = button()
        .class("button")
        .attr("data-kind", "main")
        .attr("type", "submit")
        .attr_live("aria-busy", move || (saving.get() == Saving::Pending).then_some("true"))
        .child(icon("check"))
        .child(ui::use_words().general.save);
    form()
        .class("stack")
        .attr("data-gap", "m")
        .flag("novalidate", true)
        .on("input", move |_| touch.now())
        .on("submit", move |event| {
            event.prevent_default();
            save();
        })
        .child(inside)
        .child(div().attr("role", "status").child(live(move || said(&saving.get()))))
        .child(div().child(submit))
        .into()
}

/// Says what the server would refuse of it, so that nobody hears of it much later.
fn check(whole: Option<Record>, part: &dyn Fn(Stamp) -> Record) -> Option<Saving> {
    let at = |ms| Stamp { at: Timestamp::from_ms(ms), count: 0, node: NodeId(0) };
    let id = part(at(0)).id;
    let mut whole = whole.unwrap_or_else(|| Record::new(id, KIND_PROJECT));
    let now = whole.newest_stamp().map_or(Timestamp::from_ms(0), |stamp| stamp.at).plus(1);
    whole.merge(&part(at(now.ms())));
    match whole.check(now).err()? {
        Invalid::TooLarge => Some(Saving::TooLarge),
        // The form itself says what is wrong with a field.
        Invalid::Kind | Invalid::Field(_) | Invalid::ClockAhead => Some(Saving::Impossible),
    }
}
