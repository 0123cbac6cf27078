//! *Start*: one big thing to do, and what is not yet sent.

use browser::{Draft, Joined, MediaSize, Memberships, OwnEntry, PhotoId, PhotoState, SendState, Status};
use dom::reactive::*;
use dom::{
    El, View, a, b, br, button, div, each, h1, h2, header, label, li, live, main, option, p, section, select, small,
    span, ul,
};
use domain::{PhotoRef, ProjectId, RecordId, Valence};
use ui::{
    Derived, PhotoShape, Reading, at_phone, count_of, derive, icon, mark, offline, photo, project_name, say, use_go,
    use_live, use_phone, use_reading, use_screen,
};

use crate::capture::{camera, draft_thumb, is_nothing, path_to_go_on, use_begin};
use crate::locales::use_words;
use crate::safety::safety;

/// How many places for photos the screen shows per feeling.
const PLACES: usize = 3;

/// The first screen.
pub(crate) fn start() -> View {
    let own = use_own_entries();
    let go = use_go();
    let begin = use_begin(move |path| go.to(path));
    let name = span().class("top-name").child(icon("logo")).child(project_name());
    let asides = [offline(), drafts(), unsent_notice(own), join_prompt(), project_choice()];
    let page = div()
        .class("page stack")
        .attr("data-measure", "m")
        .attr("data-gap", "m")
        .child(greeting())
        .child(keeps_nothing())
        .child(camera(begin))
        .child(div().class("stack asides").attr("data-gap", "xs").child(asides))
        .child(places(own))
        .child(before_first(own));
    [header().class("top").child(name).child(say()), main().attr("id", "main").child(page)].into()
}

fn greeting() -> El {
    let words = use_words();
    let all = use_live().memberships;
    let greeting = derive(move || {
        let name = all.map(nickname).flatten();
        name.map_or_else(|| words.start.question.to_owned(), |name| (words.start.hello)(&name))
    });
    use_screen(|| ui::use_words().places.start.to_owned(), h1().child(live(move || greeting.get())))
}

/// Said before the first photo where it would be lost.
fn keeps_nothing() -> View {
    let words = &use_words().start;
    let status = use_live().status;
    let keeps_nothing = derive(move || status.get().keeps_nothing);
    let notice = move || {
        let text = p().attr("data-grow", "").child(b().child(words.keeps_nothing)).child(" ");
        let text = text.child(words.keeps_nothing_what_to_do);
        div().class("notice").attr("data-kind", "warn").child(icon("warn")).child(text)
    };
    live(move || keeps_nothing.get().then(notice))
}

/// What is not yet sent, and the way to send it now.
fn unsent_notice(own: Reading<Vec<OwnEntry>>) -> View {
    let words = &use_words().start;
    let phone = use_phone();
    let status = use_live().status;
    let waiting = derive(move || unsent(&status.get()));
    let is_waiting = derive(move || waiting.get().is_some());
    let notice = move || {
        let count = live(move || match waiting.get()? {
            Waiting::Photos(n) => Some((words.unsent)(n)),
            Waiting::Words => Some(words.unsent_words.to_owned()),
        });
        let phone = phone.clone();
        let send = button().class("button").child(words.send_now).on_tap(move || phone.send_now());
        div()
            .class("notice")
            .attr("data-kind", "unsent")
            .child(pile(own))
            .child(p().attr("data-grow", "").child(b().child(count)).child(sending_line()))
            .child(send)
    };
    // Only the texts follow the counts: the button may have the focus.
    live(move || is_waiting.get().then(&notice))
}

/// How it goes with sending.
fn sending_line() -> View {
    let words = use_words();
    let status = use_live().status;
    let line = derive(move || {
        let status = status.get();
        if status.is_sending { Some(words.start.sending) } else { status.problem.map(words.problems.sending) }
    });
    live(move || line.get().map(|line| [br(), small().child(line)]))
}

/// A few photos on top of each other.
fn pile(own: Reading<Vec<OwnEntry>>) -> View {
    let photos = derive(move || own.map(|all| waiting_photos(all)).unwrap_or_default());
    let thumb = |(id, of): PlacedPhoto| photo(id, of, MediaSize::Small, PhotoShape::Thumb("s"), "");
    live(move || {
        let thumbs = photos.get().into_iter().map(thumb).collect::<Vec<_>>();
        (!thumbs.is_empty()).then(|| span().class("pile").attr("aria-hidden", "true").child(thumbs))
    })
}

/// Photos that were begun and not saved.
fn drafts() -> View {
    let all = use_drafts();
    let ids = derive(move || all.with(|all| all.iter().map(|draft| draft.id).collect::<Vec<_>>()));
    each(
        move || ids.get(),
        move |id| {
            let id = *id;
            draft_card(id, derive(move || all.with(|all| all.iter().find(|draft| draft.id == id).cloned()))).into()
        },
    )
}

fn draft_card(id: RecordId, draft: Derived<Option<Draft>>) -> El {
    let words = &use_words().start;
    let photo = derive(move || draft.with(|draft| draft.as_ref().and_then(first_usable)));
    let link = a().class("notice-link").child(words.draft_goes_on);
    let link = link.attr_live("href", move || draft.with(|draft| draft.as_ref().map(path_to_go_on)));
    let phone = use_phone();
    let discard = button().class("button notice-act").attr("data-kind", "ghost").child(words.draft_away);
    let discard = discard.on_tap(move || {
        let phone = phone.clone();
        at_phone(async move { phone.discard(id).await });
    });
    div()
        .class("notice")
        .attr("data-kind", "go")
        .child(live(move || draft_thumb(photo.get())))
        .child(p().attr("data-grow", "").child(words.draft).child(br()).child(link))
        .child(discard)
}

/// The way to a code: where nothing is joined, where a code waits, and where one was refused.
fn join_prompt() -> View {
    let all = use_live().memberships;
    let prompt = derive(move || all.map(prompt_of).flatten());
    live(move || prompt.get().map(prompt_notice))
}

fn prompt_notice(prompt: Prompt) -> El {
    let words = &use_words().start;
    let (text, link) = match prompt {
        Prompt::Ask => (words.join_why.to_owned(), Some(words.join)),
        Prompt::Waits(code) => ((words.join_waits)(&code), None),
        Prompt::Refused(code) => ((words.join_refused)(&code), Some(words.join_other)),
    };
    let drawing = if link.is_some() { "qr" } else { "clock" };
    let link = link.map(|link| [a().class("notice-link").attr("href", "/mee").child(link), br()]);
    let text = p().attr("data-grow", "").child(link).child(text);
    div().class("notice").attr("data-kind", "go").child(icon(drawing)).child(text)
}

/// Which project a photo is for, where there are two.
fn project_choice() -> View {
    let words = &use_words().start;
    let all = use_live().memberships;
    let projects = derive(move || all.map(|all| all.joined.iter().map(choosable).collect()).unwrap_or_default());
    let current = derive(move || all.map(|all| all.current).flatten());
    // Only what is chosen follows: who chooses has the focus here.
    live(move || {
        let projects: Vec<(ProjectId, String)> = projects.get();
        (projects.len() > 1).then(|| {
            let name = label().attr("for", "which-project").child(words.which_project);
            div().class("field").child(name).child(project_select(projects, current))
        })
    })
}

fn project_select(projects: Vec<(ProjectId, String)>, current: Derived<Option<ProjectId>>) -> El {
    let phone = use_phone();
    let project = |(id, name): (ProjectId, String)| {
        let project = option().attr("value", &id.to_string()).child(name);
        project.prop_live("selected", move || current.get() == Some(id))
    };
    let projects = projects.into_iter().map(project).collect::<View>();
    select().attr("id", "which-project").child(projects).on("change", move |event| {
        if let Ok(project) = event_target_value(event).parse::<ProjectId>() {
            let phone = phone.clone();
            at_phone(async move { phone.set_current(project).await });
        }
    })
}

/// Places for photos, not a score: three that are fine, three that could be better.
fn places(own: Reading<Vec<OwnEntry>>) -> El {
    let words = &use_words().start;
    let half = |valence: Valence| {
        let photos = derive(move || own.map(|all| placed(all, valence)).unwrap_or_default());
        live(move || places_of(valence, &photos.get()))
    };
    section()
        .class("stack")
        .attr("data-gap", "xs")
        .attr("aria-labelledby", "show-us")
        .child(h2().attr("id", "show-us").child(words.show_us))
        .child(div().class("halves").child([Valence::Good, Valence::CouldBeBetter].map(half)))
}

fn places_of(valence: Valence, photos: &[PlacedPhoto]) -> El {
    let words = &use_words().start;
    let word = if valence == Valence::Good { words.good } else { words.better };
    let count = (words.of_three)(count_of(photos.len()));
    let count = span().class("slot-count").child(b().child(count)).child(" ").child(br()).child(word);
    let slots = (0..PLACES).map(|index| place(photos.get(index).copied())).collect::<View>();
    div()
        .class("stack")
        .attr("data-gap", "2xs")
        .child(p().class("row").attr("data-gap", "2xs").child(mark(Some(valence))).child(count))
        .child(ul().class("slots").attr("data-valence", valence.key()).child(slots))
}

fn place(filled: Option<PlacedPhoto>) -> El {
    let slot = li().class("slot").flag("data-filled", filled.is_some());
    match filled {
        Some((id, of)) => slot.child(photo(id, of, MediaSize::Small, PhotoShape::Cut, "")),
        None => slot
            .child(icon("plus").attr("data-size", "s"))
            .child(span().class("visually-hidden").child(use_words().start.empty_place)),
    }
}

/// What keeps everybody safe, until there is a first photo.
fn before_first(own: Reading<Vec<OwnEntry>>) -> View {
    let is_first = derive(move || own.map(Vec::is_empty) == Some(true));
    live(move || is_first.get().then(promises))
}

fn promises() -> El {
    let words = &use_words().start;
    section()
        .class("stack")
        .attr("data-gap", "xs")
        .attr("aria-labelledby", "before-first")
        .child(h2().attr("id", "before-first").child(words.before_first))
        .child(safety(0..words.safety.len()))
}

fn use_own_entries() -> Reading<Vec<OwnEntry>> {
    let phone = use_phone();
    let told = use_live();
    use_reading(move || {
        told.track_entries();
        told.memberships.track();
        let phone = phone.clone();
        async move { phone.own_entries().await }
    })
}

/// Returns the drafts that there is something to come back to in.
fn use_drafts() -> Derived<Vec<Draft>> {
    let phone = use_phone();
    let told = use_live();
    let read = use_reading(move || {
        told.track_drafts();
        let phone = phone.clone();
        async move { phone.drafts().await }
    });
    derive(move || read.map(|all| all.iter().filter(|it| !is_nothing(it)).cloned().collect()).unwrap_or_default())
}

fn first_usable(draft: &Draft) -> Option<PhotoId> {
    draft.photos.iter().find(|photo| !matches!(photo.state, PhotoState::Refused(_))).map(|photo| photo.id)
}

fn choosable(joined: &Joined) -> (ProjectId, String) {
    (joined.project.id, joined.project.name.clone())
}

/// What waits to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Waiting {
    Photos(u32),
    /// Changes of words, or of what was put away.
    Words,
}

const fn unsent(status: &Status) -> Option<Waiting> {
    match (status.unsent_photos, status.unsent_entries) {
        (0, 0) => None,
        (0, _) => Some(Waiting::Words),
        (photos, _) => Some(Waiting::Photos(photos)),
    }
}

/// What the screen asks about joining.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Prompt {
    /// The server does not know this phone, and no code waits.
    Ask,
    Waits(String),
    Refused(String),
}

fn prompt_of(memberships: &Memberships) -> Option<Prompt> {
    if let Some((code, _)) = memberships.refused.first() {
        return Some(Prompt::Refused(code.to_string()));
    }
    if let Some(code) = memberships.waiting.first() {
        return Some(Prompt::Waits(code.to_string()));
    }
    (memberships.joined.is_empty() && memberships.is_asked).then_some(Prompt::Ask)
}

fn nickname(memberships: &Memberships) -> Option<String> {
    let current = memberships.joined.iter().find(|joined| Some(joined.project.id) == memberships.current)?;
    (!current.nickname.is_empty()).then(|| current.nickname.clone())
}

type PlacedPhoto = (RecordId, PhotoRef);

/// Returns the first photos of the newest entries of this feeling.
fn placed(own: &[OwnEntry], valence: Valence) -> Vec<PlacedPhoto> {
    let here = own.iter().filter(|it| !it.entry.is_deleted && it.entry.valence == Some(valence));
    here.filter_map(first_photo).take(PLACES).collect()
}

/// Returns the first photos of the newest entries that are not yet received.
fn waiting_photos(own: &[OwnEntry]) -> Vec<PlacedPhoto> {
    let waiting =
        own.iter().filter(|it| !it.entry.is_deleted && !matches!(it.state, SendState::Received | SendState::Stays));
    waiting.filter_map(first_photo).take(PLACES).collect()
}

fn first_photo(own: &OwnEntry) -> Option<PlacedPhoto> {
    own.entry.photos.first().map(|photo| (own.id, *photo))
}

#[cfg(test)]
mod tests {
    use domain::{Entry, MediaHash, Timestamp};

    use super::*;

    fn own(valence: Option<Valence>, state: SendState, is_deleted: bool) -> OwnEntry {
        let photo = PhotoRef { sha256: MediaHash([1; 32]), width: 4, height: 3, bytes: 9 };
        let entry = Entry { valence, photos: vec![photo], is_deleted, ..Entry::default() };
        OwnEntry {
            id: RecordId::new(Timestamp::from_ms(1), [0; 10]),
            project: None,
            entry,
            state,
            keeps_copy: false,
            problem: None,
        }
    }

    #[test]
    fn places_fill_with_what_stands_and_never_more_than_three() {
        let good = own(Some(Valence::Good), SendState::Received, false);
        let all =
            vec![good.clone(), own(Some(Valence::Good), SendState::OnPhone, true), good.clone(), good.clone(), good];
        assert_eq!(placed(&all[..3], Valence::Good).len(), 2);
        assert_eq!(placed(&all, Valence::Good).len(), 3);
        assert!(placed(&all, Valence::CouldBeBetter).is_empty());
    }

    #[test]
    fn only_what_is_not_received_waits() {
        let all = [own(None, SendState::Received, false), own(None, SendState::Sending { sent: 1, total: 2 }, false)];
        assert_eq!(waiting_photos(&all).len(), 1);
    }

    #[test]
    fn a_phone_that_may_be_known_is_not_asked_for_a_code() {
        let mut memberships = Memberships::default();
        assert_eq!(prompt_of(&memberships), None);
        memberships.is_asked = true;
        assert_eq!(prompt_of(&memberships), Some(Prompt::Ask));
        memberships.waiting = vec!["BUURT2".parse().unwrap()];
        assert_eq!(prompt_of(&memberships), Some(Prompt::Waits("BUURT2".into())));
    }
}
