//! *Start*: one big thing to do, and what is not yet sent.

use browser::{Draft, Joined, MediaSize, Memberships, OwnEntry, PhotoState, SendState, Status};
use domain::{PhotoRef, ProjectId, RecordId, Valence};
use leptos::prelude::*;

use crate::app::{use_live, use_phone};
use crate::capture::{Camera, DraftThumb, is_nothing, path_to_go_on, use_begin};
use crate::light::{Reading, derive, live, nothing, on_input, tap, use_doing, use_reading};
use crate::locales::use_words;
use crate::navigation::{use_go, use_screen};
use crate::ui::{Icon, Mark, Offline, Photo, PhotoShape, ProjectName};

/// How many places for photos the screen shows per feeling.
const PLACES: usize = 3;

/// The first screen.
#[component]
pub(crate) fn Start() -> impl IntoView {
    let words = use_words();
    let all = use_live().memberships;
    let go = use_go();
    let heading = use_screen(|| words.places.start.to_owned());
    let own = use_own_entries();
    let greeting = derive(move || {
        let name = all.map(nickname).flatten();
        name.map_or_else(|| words.start.question.to_owned(), |name| (words.start.hello)(&name))
    });
    let begin = use_begin(move |path| go.to(path));
    view! {
        <header class="top"><span class="top-name"><Icon name="logo"/><ProjectName/></span></header>
        <main id="main">
            <div class="page stack" data-measure="m" data-gap="m">
                <h1 node_ref=heading tabindex="-1">{live(move || greeting.get())}</h1>
                <KeepsNothing/>
                <Camera on_files=begin/>
                <div class="stack asides" data-gap="xs">
                    <Offline/>
                    <Drafts/>
                    <Unsent own/>
                    <JoinPrompt/>
                    <ProjectChoice/>
                </div>
                <Places own/>
                <BeforeFirst own/>
            </div>
        </main>
    }
}

/// Said before the first photo where it would be lost.
#[component]
fn KeepsNothing() -> impl IntoView {
    let words = &use_words().start;
    let status = use_live().status;
    let keeps_nothing = derive(move || status.get().keeps_nothing);
    live(move || {
        if !keeps_nothing.get() {
            return nothing();
        }
        view! {
            <div class="notice" data-kind="warn">
                <Icon name="warn"/>
                <p data-grow=""><b>{words.keeps_nothing}</b> " " {words.keeps_nothing_what_to_do}</p>
            </div>
        }
        .into_any()
    })
}

/// What is not yet sent, and the way to send it now.
#[component]
fn Unsent(own: Reading<Vec<OwnEntry>>) -> impl IntoView {
    let words = use_words();
    let phone = use_phone();
    let status = use_live().status;
    let waiting = derive(move || unsent(&status.get()));
    let line = derive(move || {
        let status = status.get();
        if status.is_sending { Some(words.start.sending) } else { status.problem.map(words.problems.sending) }
    });
    let photos = derive(move || own.map(|all| waiting_photos(all)).unwrap_or_default());
    live(move || {
        let count = match waiting.get() {
            None => return nothing(),
            Some(Waiting::Photos(n)) => (words.start.unsent)(n),
            Some(Waiting::Words) => words.start.unsent_words.to_owned(),
        };
        let phone = phone.clone();
        let send = tap(move || phone.send_now());
        let line = live(move || line.get().map(|line| view! { <br/> <small>{line}</small> }).into_any());
        view! {
            <div class="notice" data-kind="unsent">
                {live(move || pile(photos.get()))}
                <p data-grow=""><b>{count}</b> {line}</p>
                <button class="button" type="button" on:click=send>{words.start.send_now}</button>
            </div>
        }
        .into_any()
    })
}

/// A few photos on top of each other.
fn pile(photos: Vec<PlacedPhoto>) -> AnyView {
    if photos.is_empty() {
        return nothing();
    }
    let thumb = |(id, photo)| {
        view! { <Photo record=id photo size=MediaSize::Small shape=PhotoShape::Thumb("s")/> }
    };
    view! { <span class="pile" aria-hidden="true">{photos.into_iter().map(thumb).collect_view()}</span> }.into_any()
}

/// Photos that were begun and not saved.
#[component]
fn Drafts() -> impl IntoView {
    let phone = use_phone();
    let told = use_live();
    let read = use_reading(move || {
        told.track_drafts();
        let phone = phone.clone();
        async move { phone.drafts().await }
    });
    let drafts = derive(move || {
        read.map(|all| all.iter().filter(|it| !is_nothing(it)).cloned().collect::<Vec<_>>()).unwrap_or_default()
    });
    live(move || drafts.get().into_iter().map(draft_card).collect_view().into_any())
}

fn draft_card(draft: Draft) -> AnyView {
    let words = &use_words().start;
    let phone = use_phone();
    let discarding = use_doing();
    let id = draft.id;
    let discard = tap(move || {
        let phone = phone.clone();
        discarding.run(async move { phone.discard(id).await });
    });
    let photo = draft.photos.iter().find(|photo| is_usable(photo.state)).map(|photo| photo.id);
    view! {
        <div class="notice" data-kind="go">
            <DraftThumb photo/>
            <p data-grow="">
                {words.draft} <br/> <a class="notice-link" href=path_to_go_on(&draft)>{words.draft_goes_on}</a>
            </p>
            <button class="button notice-act" data-kind="ghost" type="button" on:click=discard>{words.draft_away}</button>
        </div>
    }
    .into_any()
}

/// The way to a code: where nothing is joined, where a code waits, and where one was refused.
#[component]
fn JoinPrompt() -> impl IntoView {
    let words = &use_words().start;
    let all = use_live().memberships;
    let prompt = derive(move || all.map(prompt_of).flatten());
    live(move || {
        let (text, link) = match prompt.get() {
            None => return nothing(),
            Some(Prompt::Ask) => (words.join_why.to_owned(), Some(words.join)),
            Some(Prompt::Waits(code)) => ((words.join_waits)(&code), None),
            Some(Prompt::Refused(code)) => ((words.join_refused)(&code), Some(words.join_other)),
        };
        let icon = if link.is_some() { "qr" } else { "clock" };
        let link = link.map(|link| view! { <a class="notice-link" href="/mee">{link}</a> <br/> });
        view! { <div class="notice" data-kind="go"><Icon name=icon/><p data-grow="">{link} {text}</p></div> }.into_any()
    })
}

/// Which project a photo is for, where there are two.
#[component]
fn ProjectChoice() -> impl IntoView {
    let words = &use_words().start;
    let all = use_live().memberships;
    let phone = use_phone();
    let choosing = use_doing();
    let memberships = derive(move || all.get().unwrap_or_default());
    live(move || {
        let Memberships { joined, current, .. } = memberships.get();
        if joined.len() < 2 {
            return nothing();
        }
        let phone = phone.clone();
        let change = on_input(move |event| {
            if let Ok(project) = event_target_value(event).parse::<ProjectId>() {
                let phone = phone.clone();
                choosing.run(async move { phone.set_current(project).await });
            }
        });
        let option = |Joined { project, .. }: Joined| {
            view! { <option value=project.id.to_string() selected=Some(project.id) == current>{project.name}</option> }
        };
        view! {
            <div class="field">
                <label for="which-project">{words.which_project}</label>
                <select id="which-project" on:change=change>{joined.into_iter().map(option).collect_view()}</select>
            </div>
        }
        .into_any()
    })
}

/// Places for photos, not a score: three that are fine, three that could be better.
#[component]
fn Places(own: Reading<Vec<OwnEntry>>) -> impl IntoView {
    let words = &use_words().start;
    let places = move |valence: Valence| {
        let photos = derive(move || own.map(|all| placed(all, valence)).unwrap_or_default());
        live(move || places_of(valence, &photos.get()))
    };
    view! {
        <section class="stack" data-gap="xs" aria-labelledby="show-us">
            <h2 id="show-us">{words.show_us}</h2>
            <div class="halves">{places(Valence::Good)} {places(Valence::CouldBeBetter)}</div>
        </section>
    }
}

fn places_of(valence: Valence, photos: &[PlacedPhoto]) -> AnyView {
    let words = &use_words().start;
    let word = if valence == Valence::Good { words.good } else { words.better };
    let count = (words.of_three)(u32::try_from(photos.len()).unwrap_or(u32::MAX));
    let place = |index: usize| match photos.get(index) {
        Some((id, photo)) => view! {
            <li class="slot" data-filled="">
                <Photo record=*id photo=*photo size=MediaSize::Small shape=PhotoShape::Cut/>
            </li>
        }
        .into_any(),
        None => view! {
            <li class="slot"><Icon name="plus" size="s"/><span class="visually-hidden">{words.empty_place}</span></li>
        }
        .into_any(),
    };
    view! {
        <div class="stack" data-gap="2xs">
            <p class="row" data-gap="2xs">
                <Mark valence=Some(valence)/>
                <span class="slot-count"><b>{count}</b> " " <br/> {word}</span>
            </p>
            <ul class="slots" data-valence=valence.key()>{(0..PLACES).map(place).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// What keeps everybody safe, until there is a first photo.
#[component]
fn BeforeFirst(own: Reading<Vec<OwnEntry>>) -> impl IntoView {
    let words = &use_words().start;
    let is_first = derive(move || own.map(Vec::is_empty) == Some(true));
    live(move || {
        if !is_first.get() {
            return nothing();
        }
        let line = |line| view! { <li><Icon name="done"/><span>{line}</span></li> };
        view! {
            <section class="stack" data-gap="xs" aria-labelledby="before-first">
                <h2 id="before-first">{words.before_first}</h2>
                <ul class="checks">{words.safety.map(line).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
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
    let waiting = own.iter().filter(|it| !it.entry.is_deleted && it.state != SendState::Received);
    waiting.filter_map(first_photo).take(PLACES).collect()
}

fn first_photo(own: &OwnEntry) -> Option<PlacedPhoto> {
    own.entry.photos.first().map(|photo| (own.id, *photo))
}

const fn is_usable(state: PhotoState) -> bool {
    !matches!(state, PhotoState::Refused(_))
}

#[cfg(test)]
mod tests {
    use domain::{Entry, MediaHash, Timestamp};

    use super::*;

    fn own(valence: Option<Valence>, state: SendState, is_deleted: bool) -> OwnEntry {
        let photo = PhotoRef { sha256: MediaHash([1; 32]), width: 4, height: 3, bytes: 9 };
        let entry = Entry { valence, photos: vec![photo], is_deleted, ..Entry::default() };
        OwnEntry { id: RecordId::new(Timestamp::from_ms(1), [0; 10]), project: None, entry, state, problem: None }
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
