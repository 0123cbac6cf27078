//! What somebody gave and agreed to, a part of *Mijn gegevens*: each photo, who sees it, what was said of the people in it, and the
//! way to take it back.

use browser::{Given, GivenEntry, MediaSize, SaveProblem};
use dom::{El, View, a, article, button, div, each, h3, li, live, p, span, ul};
use domain::{Audience, RecordId, TakingPart};
use leptos::prelude::*;
use ui::{
    Derived, Language, PhotoShape, Question, Reading, asked_first, at_phone, bones, day, derive, icon, notice, photo,
    use_language, use_live, use_phone, use_reading,
};

use crate::locales::use_words;
use crate::places::Place;

/// What the part holds.
#[derive(Clone, Copy)]
struct Holding {
    given: Reading<Given>,
    /// What nobody else is to see any more.
    hide: Callback<Vec<RecordId>>,
    erase: Callback<()>,
}

/// Shows what was given, and takes it back.
pub(super) fn given() -> View {
    let phone = use_phone();
    let told = use_live();
    let reading = phone.clone();
    let given = use_reading(move || {
        told.track_entries();
        told.memberships.track();
        let phone = reading.clone();
        async move { phone.given().await }
    });
    let problem = RwSignal::new(None::<SaveProblem>);
    let erasing = phone.clone();
    let erase = Callback::new(move |()| {
        let phone = erasing.clone();
        at_phone(async move {
            let done = phone.erase_given().await;
            // The screen may be gone.
            let _ = problem.try_set(done.err());
        });
    });
    let hide = Callback::new(move |entries: Vec<RecordId>| {
        let phone = phone.clone();
        at_phone(async move {
            let done = phone.show_nobody(&entries).await;
            // The screen may be gone.
            let _ = problem.try_set(done.err());
        });
    });
    let holding = Holding { given, hide, erase };
    let why = use_words().people.problem;
    let told = live(move || problem.get().map(|problem| notice("warn", Some("warn"), why(problem))));
    holding.taking_part().and(holding.entries()).and(div().attr("role", "status").child(told)).and(holding.all())
}

impl Holding {
    fn taking_part(self) -> View {
        let words = &use_words().given;
        let language = use_language().get_untracked();
        let said = derive(move || self.given.map(|given| given.taking_part.clone()));
        let heading = h3().attr("data-size", "s").child(words.taking_part);
        let told = live(move || {
            said.with(|said| match said.as_deref() {
                None => View::from(bones()),
                Some([]) => p().child(words.no_part).into(),
                Some(said) => said.iter().map(|(part, is_here)| yes(part, *is_here, language)).collect(),
            })
        });
        View::from(heading).and(told)
    }

    fn entries(self) -> View {
        let words = &use_words().given;
        let ids = derive(move || {
            self.given.map(|given| given.entries.iter().map(|entry| entry.id).collect::<Vec<_>>()).unwrap_or_default()
        });
        let is_empty = derive(move || self.given.map(|given| given.entries.is_empty()) == Some(true));
        let none = live(move || is_empty.get().then(|| p().child(words.no_photos)));
        let list = ul().child(each(move || ids.get(), move |id: &RecordId| li().child(self.row(*id)).into()));
        View::from(h3().attr("data-size", "s").child(words.photos)).and(none).and(list)
    }

    fn row(self, id: RecordId) -> View {
        let words = &use_words().given;
        let language = use_language().get_untracked();
        let held = self.entry(id);
        live(move || {
            held.get().map(|held| {
                let picture =
                    held.entry.photos.first().map(|of| {
                        photo(id, *of, MediaSize::Small, PhotoShape::Thumb("l"), ui::use_words().general.photo)
                    });
                let story = match held.entry.story.as_str() {
                    "" => p().class("quiet").child(words.no_story),
                    story => p().class("line-story").child(story),
                };
                let line = |text: &str| p().class("small").child(text);
                let told = div()
                    .class("line-words")
                    .child(story)
                    .child(p().class("small quiet").child(day(held.entry.made, language).as_str()))
                    .child(line(seen_by(&held)))
                    .child(line(said_of(&held)));
                article()
                    .class("line")
                    .child(span().class("line-photo").child(picture))
                    .child(told)
                    .child(self.acts(id, held.audience))
            })
        })
    }

    fn acts(self, id: RecordId, audience: Audience) -> El {
        let people = a().class("button").attr("href", &Place::PeopleOfEntry(id).path()).child(icon("usercheck"));
        let hide = (audience != Audience::OnlyMe).then(|| {
            let hide = button().class("button").child(icon("lock")).child(use_words().given.hide);
            hide.on_tap(move || self.hide.run(vec![id]))
        });
        div().class("line-acts").child(people.child(use_words().people.title)).child(hide)
    }

    fn entry(self, id: RecordId) -> Derived<Option<GivenEntry>> {
        derive(move || self.given.map(|given| given.entries.iter().find(|entry| entry.id == id).cloned()).flatten())
    }

    /// Taking back all at once, where there is anything to take back, and erasing all.
    fn all(self) -> View {
        let words = &use_words().given;
        let shown = derive(move || {
            let of = |given: &Given| {
                let shown = given.entries.iter().filter(|entry| entry.audience != Audience::OnlyMe);
                shown.map(|entry| entry.id).collect::<Vec<_>>()
            };
            self.given.map(of).unwrap_or_default()
        });
        let is_any = derive(move || shown.with(|shown| !shown.is_empty()));
        let ask = live(move || {
            is_any.get().then(|| {
                let question =
                    Question { title: words.all_sure, why: words.all_why, drawing: "lock", yes: words.all_yes };
                let all = button().class("button").child(icon("lock")).child(words.all);
                let done = Callback::new(move |()| self.hide.run(shown.get_untracked()));
                div().child(asked_first("hide-all", all, question, done))
            })
        });
        let question =
            Question { title: words.erase_sure, why: words.erase_why, drawing: "trash", yes: words.erase_yes };
        let erase = button().class("button").child(icon("trash")).child(words.erase);
        let erase = div().child(asked_first("erase-all", erase, question, self.erase));
        ask.and(erase).and(p().class("small quiet").child(words.outside))
    }
}

/// When somebody said yes to taking part, to which text, and where.
fn yes(part: &TakingPart, is_here: bool, language: Language) -> El {
    let words = &use_words().given;
    let consent = &part.consent;
    let said = if consent.is_withdrawn { words.part_withdrawn } else { words.said_yes };
    let tongue = (words.language)(&consent.language);
    let told = said(&day(consent.given, language), consent.text_version, tongue);
    let parent = part.parent.map(|_| p().class("small").child(words.parent));
    let device = p().class("small quiet").child(if is_here { words.here } else { words.elsewhere });
    div().child(p().child(told.as_str())).child(parent).child(device)
}

/// Who sees an entry.
fn seen_by(held: &GivenEntry) -> &'static str {
    let words = &use_words().given;
    let is_seen_by_none = held.is_held && held.audience != Audience::OnlyMe;
    if is_seen_by_none { words.held } else { (words.seen_by)(held.audience) }
}

/// What was said of the people in an entry.
fn said_of(held: &GivenEntry) -> &'static str {
    let words = &use_words().given;
    match held.people.as_ref() {
        None => words.unsaid,
        Some(said) if said.consent.is_withdrawn => words.withdrawn,
        Some(said) => (words.people)(said.answer),
    }
}
