//! Whether there are people in the photos, and how their maker knows that they agree: of a draft, or of an own entry.

use browser::{Draft, MediaSize, PeopleOfEntry, PeopleSaid, Phone, PhotoId, SaveProblem, ShownText};
use dom::{El, View, a, button, div, fieldset, h1, h2, input, label, legend, live, main, p, span};
use domain::{Agreement, ConsentSubject, PeopleAnswer, RecordId};
use leptos::prelude::*;
use ui::{
    PhotoShape, at_phone, back_top, bones, derive, icon, notice, photo, photo_image, photo_place, use_language,
    use_live, use_phone, use_reading, use_screen,
};

use super::foot::{foot, save_draft};
use super::photos::use_draft;
use crate::locales::use_words;
use crate::places::{MINE, Place, draft_path, leave_to};

/// Whose photos are asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    /// A draft: an answer is kept with it as soon as it is given.
    Draft(RecordId),
    /// An own entry: an answer is a record of its own, so it is written once it is whole.
    Entry(RecordId),
}

/// What the screen holds.
#[derive(Clone, Copy)]
struct Asking {
    of: Of,
    answer: RwSignal<Option<PeopleAnswer>>,
    how: RwSignal<Option<Agreement>>,
    text: StoredValue<ShownText>,
    language: &'static str,
    problem: RwSignal<Option<SaveProblem>>,
    phone: StoredValue<Phone>,
}

/// The screen that asks who is in a draft's photos.
pub(crate) fn people_of_draft(draft: RecordId) -> View {
    let read = use_draft(draft);
    let text = use_text();
    // Made once: what is chosen here must not be swept away by what changes meanwhile.
    let is_read = derive(move || text.map(|_| ()).and_then(|()| read.with(|read| read.as_ref().map(Option::is_some))));
    let inside = live(move || match (is_read.get(), untrack(|| text.get())) {
        (Some(true), Some(text)) => {
            let held = read.with_untracked(|read| read.clone().flatten());
            held.map_or_else(View::nothing, |held| Asking::of_draft(&held, text).of_a_draft(&held))
        }
        (Some(false), _) => alone(notice("images", None, use_words().photos.gone).into()),
        (Some(true) | None, _) => alone(bones().into()),
    });
    View::from(top(&draft_path(draft))).and(inside)
}

/// The screen that asks who is in an own entry's photos.
pub(crate) fn people_of_entry(entry: RecordId) -> View {
    let phone = use_phone();
    let told = use_live();
    let read = use_reading(move || {
        told.track_entries();
        let phone = phone.clone();
        async move { phone.people_of(entry).await }
    });
    let text = use_text();
    let held = derive(move || text.map(|_| ()).and_then(|()| read.get()));
    let inside = live(move || match (held.get(), untrack(|| text.get())) {
        (Some(Some(held)), Some(text)) => Asking::of_entry(entry, &held, text).of_an_entry(entry, &held),
        (Some(None), _) => alone(notice("images", None, use_words().people.gone).into()),
        (Some(Some(_)) | None, _) => alone(bones().into()),
    });
    View::from(top(MINE)).and(inside)
}

/// Leads to what was said of the people in an own entry.
pub(super) fn people_link(entry: RecordId) -> El {
    let to = Place::PeopleOfEntry(entry).path();
    div().child(a().class("button").attr("href", &to).child(icon("usercheck")).child(use_words().people.title))
}

fn top(back: &str) -> El {
    let words = &use_words().people;
    let heading = h1().attr("data-size", "m").attr("data-grow", "").child(words.title);
    back_top(back).child(use_screen(|| words.title.to_owned(), heading))
}

fn alone(inside: View) -> View {
    main().attr("id", "main").child(div().class("page stack").child(inside)).into()
}

/// Reads the text under which people agree, in the language in use.
fn use_text() -> ui::Reading<ShownText> {
    let phone = use_phone();
    let language = use_language();
    use_reading(move || {
        let (phone, language) = (phone.clone(), language.get_untracked().lang());
        async move { phone.shown_text(ConsentSubject::PeopleInPhoto, language).await }
    })
}

impl Asking {
    fn of_draft(held: &Draft, text: ShownText) -> Self {
        let said = held.people_said();
        let proposed = held.proposes_covered().then_some(PeopleAnswer::Covered);
        let answer = said.as_ref().map(|said| said.answer).or(proposed);
        Self::new(Of::Draft(held.id), text, answer, said.and_then(|said| said.how))
    }

    fn of_entry(entry: RecordId, held: &PeopleOfEntry, text: ShownText) -> Self {
        let said = held.said.as_ref().map(|(_, said)| said).filter(|said| !said.consent.is_withdrawn);
        Self::new(Of::Entry(entry), text, said.map(|said| said.answer), said.and_then(|said| said.how))
    }

    fn new(of: Of, text: ShownText, answer: Option<PeopleAnswer>, how: Option<Agreement>) -> Self {
        Self {
            of,
            answer: RwSignal::new(answer),
            how: RwSignal::new(how),
            text: StoredValue::new(text),
            language: use_language().get_untracked().lang(),
            problem: RwSignal::new(None),
            phone: StoredValue::new(use_phone()),
        }
    }

    fn of_a_draft(self, held: &Draft) -> View {
        let words = &use_words().people;
        let proposed = held.proposes_covered().then(|| notice("cover", None, words.proposed));
        let page = div()
            .class("page stack")
            .attr("data-gap", "m")
            .child(proposed)
            .child(self.question(held.photos.first().map(|photo| preview(photo.id)).into()))
            .child(self.covering(held))
            .child(self.agreeing());
        View::from(main().attr("id", "main").child(page)).and(foot(&draft_path(held.id), save_draft(held.id)))
    }

    fn of_an_entry(self, entry: RecordId, held: &PeopleOfEntry) -> View {
        let words = &use_words().people;
        let alt = ui::use_words().general.photo;
        let picture =
            held.entry.photos.first().map(|of| photo(entry, *of, MediaSize::Small, PhotoShape::Thumb("m"), alt));
        let withdrawn = held.said.as_ref().map(|(_, said)| said.consent.is_withdrawn);
        let stands = match withdrawn {
            Some(true) => Some(notice("warn", Some("warn"), words.withdrawn)),
            None if held.is_held => Some(notice("clock", None, words.held)),
            Some(false) | None => None,
        };
        let why = words.problem;
        let problem = live(move || self.problem.get().map(|problem| notice("warn", Some("warn"), why(problem))));
        let page = div()
            .class("page stack")
            .attr("data-gap", "m")
            .child(stands)
            .child(self.question(picture.into()))
            .child(self.agreeing())
            .child(div().attr("role", "status").child(problem))
            .child(held.said.as_ref().filter(|_| withdrawn == Some(false)).map(|(id, _)| self.withdrawing(*id)));
        View::from(main().attr("id", "main").child(page)).and(self.foot(entry))
    }

    fn question(self, picture: View) -> El {
        let words = &use_words().people;
        let is_draft = matches!(self.of, Of::Draft(_));
        let choice = |answer: PeopleAnswer| {
            let drawing = match answer {
                PeopleAnswer::Nobody => "nobody",
                PeopleAnswer::Covered => "cover",
                PeopleAnswer::Agreed => "usercheck",
            };
            let field = input()
                .attr("type", "radio")
                .attr("name", "people")
                .prop_live("checked", move || self.answer.get() == Some(answer))
                .on("change", move |_| {
                    self.answer.set(Some(answer));
                    self.how.set(None);
                    self.keep();
                });
            let word = span().class("choice-word").child((words.answer)(answer, is_draft));
            label().class("choice").child(field).child(icon(drawing).attr("data-size", "l")).child(word)
        };
        let asked = div().class("row").child(picture).child(p().attr("data-grow", "").child(words.why));
        fieldset()
            .class("stack")
            .attr("data-gap", "xs")
            .child(legend().class("visually-hidden").child(words.title))
            .child(asked)
            .child(div().class("thirds").child(PeopleAnswer::ALL.into_iter().map(choice).collect::<View>()))
    }

    /// The way to covering who is in the photos.
    fn covering(self, held: &Draft) -> View {
        let word = use_words().people.cover;
        let to = match held.photos.as_slice() {
            [photo] => Place::Cover(held.id, photo.id).path(),
            [] | [..] => Place::Photos(held.id).path(),
        };
        live(move || {
            (self.answer.get() == Some(PeopleAnswer::Covered))
                .then(|| div().child(a().class("button").attr("href", &to).child(icon("cover")).child(word)))
        })
    }

    /// What they agree to, and how one knows that they do.
    fn agreeing(self) -> View {
        let words = &use_words().people;
        let text = self.text.with_value(|text| text.words.clone().unwrap_or_else(|| words.text.to_owned()));
        let chip = move |how: Agreement| {
            button()
                .class("chip")
                .attr_live("aria-pressed", move || Some(if self.how.get() == Some(how) { "true" } else { "false" }))
                .child((words.agreement)(how))
                .on_tap(move || {
                    self.how.set(Some(how));
                    self.keep();
                })
        };
        live(move || {
            (self.answer.get() == Some(PeopleAnswer::Agreed)).then(|| {
                let ways = div().class("cluster").attr("role", "group").attr("aria-label", words.how);
                let said = div().class("stack").attr("data-gap", "2xs");
                let said = said.child(h2().attr("data-size", "s").child(words.text_of));
                let asked = div().class("stack").attr("data-gap", "2xs");
                let asked = asked.child(h2().attr("data-size", "s").child(words.how));
                let ways = ways.child(Agreement::ALL.into_iter().map(chip).collect::<View>());
                [said.child(p().class("quiet").child(text.as_str())), asked.child(ways)]
            })
        })
    }

    fn said(self) -> Option<PeopleSaid> {
        let answer = self.answer.get_untracked()?;
        let version = self.text.with_value(|text| text.version);
        Some(PeopleSaid { answer, how: self.how.get_untracked(), text: (version, self.language) })
    }

    /// Keeps an answer with its draft.
    fn keep(self) {
        let (Of::Draft(draft), Some(said)) = (self.of, self.said()) else { return };
        let phone = self.phone.get_value();
        at_phone(async move { phone.say_people_of_draft(draft, &said).await });
    }

    /// The button by which it is taken back.
    fn withdrawing(self, consent: RecordId) -> El {
        let words = &use_words().people;
        let take_back = button().class("button").child(icon("undo")).child(words.withdraw).on_tap(move || {
            let phone = self.phone.get_value();
            at_phone(async move {
                let done = phone.withdraw(consent).await;
                // The screen may be gone.
                let _ = self.problem.try_set(done.err());
            });
        });
        let why = p().class("small quiet").child(words.withdraw_why);
        div().class("stack").attr("data-gap", "2xs").child(div().child(take_back)).child(why)
    }

    fn foot(self, entry: RecordId) -> El {
        let save = button().class("button").attr("data-kind", "main").child(icon("check"));
        let is_said = derive(move || self.answer.get().is_some());
        let save = save.child(ui::use_words().general.save);
        let save = save.attr_live("aria-disabled", move || (!is_said.get()).then_some("true")).on_tap(move || {
            let Some(said) = self.said() else { return };
            let phone = self.phone.get_value();
            at_phone(async move {
                match phone.say_people(entry, &said).await {
                    Ok(()) => leave_to(MINE),
                    Err(why) => {
                        let _ = self.problem.try_set(Some(why));
                    }
                }
            });
        });
        foot(MINE, save)
    }
}

/// A small picture of a draft's photo.
fn preview(id: PhotoId) -> El {
    let phone = use_phone();
    let address = use_reading(move || {
        let phone = phone.clone();
        async move { phone.preview(id).await }
    });
    photo_place(PhotoShape::Thumb("m"), None, photo_image(address, ui::use_words().general.photo))
}
