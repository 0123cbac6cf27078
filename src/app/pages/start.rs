//! *Start*: one big thing to do, and what is not yet sent.

use browser::{Draft, MediaSize, Memberships, OwnEntry, PhotoState, Status};
use domain::{ProjectId, RecordId, Valence};
use leptos::ev::Targeted;
use leptos::prelude::*;
use web_sys::{Event, HtmlSelectElement};

use crate::app::{use_live, use_phone};
use crate::capture::{DraftThumb, is_nothing, path_to_go_on, use_begin};
use crate::locales::use_words;
use crate::navigation::{use_go, use_screen};
use crate::ui::{Icon, Mark, Offline, Photo, PhotoShape, Picker, ProjectName};

/// How many places for photos the screen shows per feeling.
const PLACES: usize = 3;

/// The first screen.
#[component]
pub(crate) fn Start() -> impl IntoView {
    let words = use_words();
    let live = use_live();
    let heading = use_screen(|| words.places.start.to_owned());
    let own = use_own_entries();
    let greeting = move || {
        let name = live.memberships.map(nickname).flatten();
        name.map_or_else(|| words.start.question.to_owned(), |name| (words.start.hello)(&name))
    };
    view! {
        <header class="top"><span class="top-name"><Icon name="logo"/><ProjectName/></span></header>
        <main id="main">
            <div class="page stack" data-measure="m" data-gap="m">
                <h1 node_ref=heading tabindex="-1">{greeting}</h1>
                <KeepsNothing/>
                <Camera/>
                <div class="stack" data-gap="xs">
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

/// The two ways to a photo.
#[component]
fn Camera() -> impl IntoView {
    let words = &use_words().start;
    let go = use_go();
    let begin = use_begin(move |path| go.to(path));
    view! {
        <div class="duo">
            <Picker class="shutter picker" camera=true on_files=begin>
                <span class="shutter-eye"><Icon name="camera" size="l"/></span>
                <span class="shutter-word">{words.take_photo}</span>
            </Picker>
            <Picker class="pick picker" on_files=begin><Icon name="folder" size="l"/><span>{words.choose_photo}</span></Picker>
        </div>
    }
}

/// Said before the first photo where it would be lost.
#[component]
fn KeepsNothing() -> impl IntoView {
    let words = &use_words().start;
    let status = use_live().status;
    let keeps_nothing = Memo::new(move |_| status.get().keeps_nothing);
    move || {
        keeps_nothing.get().then(|| {
            view! {
                <div class="notice" data-kind="warn">
                    <Icon name="warn"/>
                    <p data-grow=""><b>{words.keeps_nothing}</b> " " {words.keeps_nothing_what_to_do}</p>
                </div>
            }
        })
    }
}

/// What is not yet sent, and the way to send it now.
#[component]
fn Unsent(own: LocalResource<Vec<OwnEntry>>) -> impl IntoView {
    let words = use_words();
    let phone = use_phone();
    let status = use_live().status;
    let waiting = Memo::new(move |_| unsent(&status.get()));
    let is_sending = Memo::new(move |_| status.get().is_sending);
    let problem = Memo::new(move |_| status.get().problem);
    let count = move |waiting| match waiting {
        Waiting::Photos(n) => (words.start.unsent)(n),
        Waiting::Words => words.start.unsent_words.to_owned(),
    };
    move || {
        let phone = phone.clone();
        waiting.get().map(|waiting| {
            let send = move |_| phone.send_now();
            let line = move || if is_sending.get() { Some(words.start.sending) } else { problem.get().map(words.problems.sending) };
            view! {
                <div class="notice" data-kind="unsent">
                    <Pile own/>
                    <p data-grow=""><b>{count(waiting)}</b> {move || line().map(|line| view! { <br/> <small>{line}</small> })}</p>
                    <button class="button" type="button" on:click=send>{words.start.send_now}</button>
                </div>
            }
        })
    }
}

/// The newest photos that wait, on top of each other.
#[component]
fn Pile(own: LocalResource<Vec<OwnEntry>>) -> impl IntoView {
    let photos = Memo::new(move |_| own.map(|all| waiting_photos(all)).unwrap_or_default());
    move || {
        let photos = photos.get();
        (!photos.is_empty()).then(|| {
            let thumbs = photos.into_iter().map(|(id, photo)| {
                view! { <Photo record=id photo size=MediaSize::Small shape=PhotoShape::Thumb("s")/> }
            });
            view! { <span class="pile" aria-hidden="true">{thumbs.collect_view()}</span> }
        })
    }
}

/// Photos that were begun and not saved.
#[component]
fn Drafts() -> impl IntoView {
    let words = &use_words().start;
    let phone = use_phone();
    let live = use_live();
    let read = LocalResource::new({
        let phone = phone.clone();
        move || {
            live.track_drafts();
            let phone = phone.clone();
            async move { phone.drafts().await }
        }
    });
    let drafts = Memo::new(move |_| {
        read.map(|all| all.iter().filter(|it| !is_nothing(it)).cloned().collect::<Vec<_>>()).unwrap_or_default()
    });
    let discard = Action::new_local(move |draft: &RecordId| {
        let (phone, draft) = (phone.clone(), *draft);
        async move { phone.discard(draft).await }
    });
    let card = move |draft: Draft| {
        let id = draft.id;
        view! {
            <div class="notice" data-kind="go">
                <DraftThumb photo=draft.photos.iter().find(|photo| is_usable(photo.state)).map(|photo| photo.id)/>
                <p data-grow="">
                    {words.draft} <br/> <a class="notice-link" href=path_to_go_on(&draft)>{words.draft_goes_on}</a>
                </p>
                <button class="button notice-act" data-kind="ghost" type="button" on:click=move |_| {
                    discard.dispatch(id);
                }>{words.draft_away}</button>
            </div>
        }
    };
    view! { <For each=move || drafts.get() key=|draft: &Draft| draft.id children=card/> }
}

/// The way to a code: where nothing is joined, where a code waits, and where one was refused.
#[component]
fn JoinPrompt() -> impl IntoView {
    let words = &use_words().start;
    let live = use_live();
    let prompt = Memo::new(move |_| live.memberships.map(prompt_of).flatten());
    move || {
        let prompt = prompt.get()?;
        let (text, link) = match prompt {
            Prompt::Ask => (words.join_why.to_owned(), Some(words.join)),
            Prompt::Waits(code) => ((words.join_waits)(&code), None),
            Prompt::Refused(code) => ((words.join_refused)(&code), Some(words.join_other)),
        };
        let link = link.map(|link| view! { <a class="notice-link" href="/mee">{link}</a> <br/> });
        let icon = if link.is_some() { "qr" } else { "clock" };
        Some(view! {
            <div class="notice" data-kind="go"><Icon name=icon/><p data-grow="">{link} {text}</p></div>
        })
    }
}

/// Which project a photo is for, where there are two.
#[component]
fn ProjectChoice() -> impl IntoView {
    let words = &use_words().start;
    let live = use_live();
    let phone = use_phone();
    let choose = Action::new_local(move |project: &ProjectId| {
        let (phone, project) = (phone.clone(), *project);
        async move { phone.set_current(project).await }
    });
    let memberships = Memo::new(move |_| live.memberships.get().filter(|all| all.joined.len() > 1));
    move || {
        memberships.get().map(|Memberships { joined, current, .. }| {
            let option = move |joined: browser::Joined| {
                let id = joined.project.id;
                view! { <option value=id.to_string() selected=Some(id) == current>{joined.project.name}</option> }
            };
            let change = move |event: Targeted<Event, HtmlSelectElement>| {
                if let Ok(project) = event.target().value().parse() {
                    choose.dispatch(project);
                }
            };
            view! {
                <div class="field">
                    <label for="which-project">{words.which_project}</label>
                    <select id="which-project" on:change:target=change>{joined.into_iter().map(option).collect_view()}</select>
                </div>
            }
        })
    }
}

/// Places for photos, not a score: three that are fine, three that could be better.
#[component]
fn Places(own: LocalResource<Vec<OwnEntry>>) -> impl IntoView {
    let words = &use_words().start;
    let places = move |valence: Valence, of_three: fn(u32) -> String, word: &'static str| {
        let photos = Memo::new(move |_| own.map(|all| placed(all, valence)).unwrap_or_default());
        let count = move || of_three(u32::try_from(photos.with(Vec::len)).unwrap_or(u32::MAX));
        let place = move |index: usize| {
            move || {
                match photos.with(|photos| photos.get(index).copied()) {
                Some((id, photo)) => view! {
                    <li class="slot" data-filled=""><Photo record=id photo size=MediaSize::Small shape=PhotoShape::Cut/></li>
                }
                .into_any(),
                None => view! {
                    <li class="slot"><Icon name="plus" size="s"/><span class="visually-hidden">{words.empty_place}</span></li>
                }
                .into_any(),
            }
            }
        };
        view! {
            <div class="stack" data-gap="2xs">
                <p class="row" data-gap="2xs"><Mark valence=Some(valence)/><span class="slot-count"><b>{count}</b> " " <br/> {word}</span></p>
                <ul class="slots" data-valence=valence.key()>{(0..PLACES).map(place).collect_view()}</ul>
            </div>
        }
    };
    view! {
        <section class="stack" data-gap="xs" aria-labelledby="show-us">
            <h2 id="show-us">{words.show_us}</h2>
            <div class="halves">
                {places(Valence::Good, words.of_three_good, words.good)}
                {places(Valence::CouldBeBetter, words.of_three_better, words.better)}
            </div>
        </section>
    }
}

/// What keeps everybody safe, until there is a first photo.
#[component]
fn BeforeFirst(own: LocalResource<Vec<OwnEntry>>) -> impl IntoView {
    let words = &use_words().start;
    let is_first = Memo::new(move |_| own.map(Vec::is_empty) == Some(true));
    move || {
        is_first.get().then(|| {
            let lines = words.safety.map(|line| view! { <li><Icon name="done"/><span>{line}</span></li> });
            view! {
                <section class="stack" data-gap="xs" aria-labelledby="before-first">
                    <h2 id="before-first">{words.before_first}</h2>
                    <ul class="checks">{lines.into_iter().collect_view()}</ul>
                </section>
            }
        })
    }
}

fn use_own_entries() -> LocalResource<Vec<OwnEntry>> {
    let phone = use_phone();
    let live = use_live();
    LocalResource::new(move || {
        live.track_entries();
        live.memberships.track();
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

type PlacedPhoto = (RecordId, domain::PhotoRef);

/// Returns the first photos of the newest entries of this feeling.
fn placed(own: &[OwnEntry], valence: Valence) -> Vec<PlacedPhoto> {
    let here = own.iter().filter(|it| !it.entry.is_deleted && it.entry.valence == Some(valence));
    here.filter_map(first_photo).take(PLACES).collect()
}

/// Returns the first photos of the newest entries that are not yet received.
fn waiting_photos(own: &[OwnEntry]) -> Vec<PlacedPhoto> {
    let waiting = own.iter().filter(|it| !it.entry.is_deleted && it.state != browser::SendState::Received);
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
    use browser::SendState;
    use domain::{Entry, MediaHash, PhotoRef, Timestamp};

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
