//! *Buurt*: everyone's entries, strengths first, filtered by what the address says.

use browser::{MediaSize, WallEntry};
use domain::{RecordId, Theme, Valence};
use leptos::prelude::*;

use crate::app::{use_live, use_phone};
use crate::light::{Derived, Reading, derive, each, live, nothing, tap, use_reading};
use crate::locales::use_words;
use crate::navigation::{use_go, use_height_kept, use_screen};
use crate::shell;
use crate::ui::{
    Bones, Icon, Mark, Offline, Photo, PhotoShape, StateLabel, Step, ThemeTag, Top, ratio, step_of, theme_icon,
};

type All = Derived<Option<Vec<WallEntry>>>;
type Shown = Derived<Vec<(RecordId, Option<Valence>)>>;

/// How many entries stand on the wall at once; a tap brings as many again.
const AT_ONCE: usize = 100;

/// The order of the wall: strengths first; what nobody has said yet comes last.
const SECTIONS: [Option<Valence>; 4] = [Some(Valence::Good), Some(Valence::Both), Some(Valence::CouldBeBetter), None];

/// What the address asks to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Filter {
    valence: Option<Valence>,
    theme: Option<Theme>,
}

impl Filter {
    fn address(self) -> String {
        let valence = self.valence.map(|valence| format!("gevoel={}", valence.key()));
        let theme = self.theme.map(|theme| format!("onderwerp={}", theme.key()));
        let query = [valence, theme].into_iter().flatten().collect::<Vec<_>>().join("&");
        if query.is_empty() { "/buurt".to_owned() } else { format!("/buurt?{query}") }
    }

    fn shows(self, entry: &WallEntry) -> bool {
        self.valence.is_none_or(|valence| entry.entry.valence == Some(valence))
            && self.theme.is_none_or(|theme| entry.entry.themes.contains(&theme))
    }
}

/// The wall.
#[component]
pub(crate) fn Wall() -> impl IntoView {
    let words = &use_words().wall;
    let go = use_go();
    let heading = use_screen(|| words.title.to_owned());
    let read = use_wall();
    let all: All = derive(move || read.get());
    let is_empty = derive(move || all.with(|all| all.as_ref().map(Vec::is_empty)));
    use_height_kept("/buurt", derive(move || is_empty.get().is_some()));
    let filter = derive(move || Filter {
        valence: go.query("gevoel").and_then(|key| Valence::from_key(&key)),
        theme: go.query("onderwerp").and_then(|key| Theme::from_key(&key)),
    });
    let limit = RwSignal::new(AT_ONCE);
    let found = derive(move || all.with(|all| arranged(all.as_deref().unwrap_or_default(), filter.get())));
    let shown: Shown = derive(move || found.with(|found| found.iter().take(limit.get()).copied().collect()));
    let has_none = derive(move || found.with(Vec::is_empty));
    let has_more = derive(move || found.with(Vec::len) > limit.get());
    let more = move || {
        if !has_more.get() {
            return nothing();
        }
        let more = tap(move || limit.update(|limit| *limit += AT_ONCE));
        view! { <button class="button" type="button" on:click=more>{words.more}</button> }.into_any()
    };
    let wall = live(move || match is_empty.get() {
        None => view! { <Bones/> }.into_any(),
        Some(true) => view! { <Empty/> }.into_any(),
        Some(false) => view! {
            {filters(all, filter)}
            {live(move || if has_none.get() { none_match() } else { nothing() })}
            {SECTIONS.map(|valence| section(valence, all, shown)).collect_view()}
            {live(more)}
        }
        .into_any(),
    });
    view! {
        <Top heading title=words.title/>
        <main id="main"><div class="page stack" data-measure="l" data-gap="m"><Offline/> {wall}</div></main>
    }
}

/// Chips that change what the address asks for. They are links: a filter can be shared and kept.
fn filters(all: All, filter: Derived<Filter>) -> AnyView {
    let words = use_words();
    let used = derive(move || all.with(|all| used_themes(all.as_deref().unwrap_or_default())));
    let valence_chip = move |valence: Option<Valence>| {
        let word = valence.map_or(words.wall.all, words.valence_said);
        let mark = valence.map(|valence| view! { <Mark valence=Some(valence) size="s"/> });
        let target = Filter { valence, ..filter.get() };
        chip(target, target == filter.get(), view! { {mark} {word} }.into_any())
    };
    let theme_chip = move |theme: Option<Theme>| {
        let word = theme.map_or(words.wall.all, words.theme);
        let icon = theme.map(|theme| view! { <Icon name=theme_icon(theme) size="s"/> });
        let target = Filter { theme, ..filter.get() };
        chip(target, target == filter.get(), view! { {icon} {word} }.into_any())
    };
    let valences = live(move || {
        let valences = [None, Some(Valence::Good), Some(Valence::Both), Some(Valence::CouldBeBetter)];
        valences.map(valence_chip).collect_view().into_any()
    });
    let themes = live(move || {
        let themes = used.get().into_iter().map(Some);
        std::iter::once(None).chain(themes).map(theme_chip).collect_view().into_any()
    });
    view! {
        <div class="stack" data-gap="3xs">
            <div class="strip" role="group" aria-label=words.wall.filter_valence>{valences}</div>
            <div class="strip" role="group" aria-label=words.wall.filter_theme>{themes}</div>
        </div>
    }
    .into_any()
}

fn chip(target: Filter, is_current: bool, inside: AnyView) -> AnyView {
    let current = is_current.then_some("true");
    view! { <a class="chip" href=target.address() data-go="adjust" aria-current=current>{inside}</a> }.into_any()
}

/// All that is felt alike.
fn section(valence: Option<Valence>, all: All, shown: Shown) -> AnyView {
    let words = &use_words().wall;
    let ids = derive(move || {
        shown.with(|shown| shown.iter().filter(|(_, of)| *of == valence).map(|(id, _)| *id).collect::<Vec<_>>())
    });
    let has_any = derive(move || !ids.with(Vec::is_empty));
    live(move || {
        if !has_any.get() {
            return nothing();
        }
        let title = format!("wall-{}", valence.map_or("none", Valence::key));
        let labelled_by = title.clone();
        view! {
            <section class="stack" data-gap="xs" aria-labelledby=labelled_by>
                <div class="wall-head"><Mark valence/><h2 id=title data-size="m">{(words.section)(valence)}</h2></div>
                <div class="wall">{each(ids, move |id| card(all, id))} <span class="wall-end"></span></div>
            </section>
        }
        .into_any()
    })
    .into_any()
}

/// One entry on the wall: photo, mark, words, themes.
fn card(all: All, id: RecordId) -> AnyView {
    let entry =
        derive(move || all.with(|all| all.as_ref().and_then(|all| all.iter().find(|entry| entry.id == id).cloned())));
    // The state changes often while it is being sent: it must not make the picture anew.
    let shown = derive(move || entry.get().map(|entry| WallEntry { state: None, ..entry }));
    let step = derive(move || {
        let step = entry.with(|entry| entry.as_ref().and_then(|entry| entry.state).map(step_of));
        step.filter(|step| *step != Step::Received)
    });
    live(move || match shown.get() {
        Some(entry) => print(entry, step),
        None => nothing(),
    })
    .into_any()
}

fn print(shown: WallEntry, step: Derived<Option<Step>>) -> AnyView {
    let words = use_words();
    let WallEntry { id, maker, entry, .. } = shown;
    let ratio = entry.photos.first().map(ratio);
    let photo = entry.photos.first().map(|photo| {
        let alt = words.general.photo;
        view! { <Photo record=id photo=*photo size=MediaSize::Small shape=PhotoShape::Cut alt/> }
    });
    let (story, link, text) = if entry.story.is_empty() {
        ("print-story", "print-link quiet", (words.wall.no_story)(&maker))
    } else {
        ("print-story said", "print-link", entry.story)
    };
    view! {
        <div style:--r=ratio>
            <article class="print">
                <div class="print-photo">{photo}</div>
                <div class="print-words">
                    <Mark valence=entry.valence told=true/>
                    <p class=story><a class=link href=format!("/buurt/{id}")>{text}</a></p>
                    {entry.themes.iter().map(|theme| view! { <ThemeTag theme=*theme/> }).collect_view()}
                    <StateLabel step/>
                </div>
            </article>
        </div>
    }
    .into_any()
}

fn none_match() -> AnyView {
    let words = &use_words().wall;
    view! {
        <div class="notice">
            <p data-grow="" role="status">{words.none_match}</p>
            <a class="button" href=Filter::default().address() data-go="adjust">{words.show_all}</a>
        </div>
    }
    .into_any()
}

#[component]
fn Empty() -> impl IntoView {
    let words = use_words();
    let told = use_live();
    let is_offline = derive(move || !told.status.get().is_online);
    let is_joined = derive(move || told.memberships.map(|all| !all.joined.is_empty()) != Some(false));
    let why = live(move || {
        let why = match (is_joined.get(), is_offline.get()) {
            (false, _) => words.wall.empty_unjoined,
            (true, true) => words.wall.empty_offline,
            (true, false) => words.wall.empty_why,
        };
        let code = (!is_joined.get()).then(|| {
            view! { <a class="button" data-kind="main" href="/mee">{words.saved.code_link}</a> }
        });
        view! { <p>{why}</p> {code} }.into_any()
    });
    view! {
        <div class="empty">
            <img src=shell::meta("picture-playground") alt="" width="800" height="600"/>
            <h2 data-size="m">{words.wall.empty}</h2>
            {why}
        </div>
    }
}

fn use_wall() -> Reading<Vec<WallEntry>> {
    let phone = use_phone();
    let told = use_live();
    use_reading(move || {
        told.track_entries();
        told.memberships.track();
        let phone = phone.clone();
        async move { phone.wall().await }
    })
}

/// Returns what is shown, in the order of the sections and newest first within them.
fn arranged(all: &[WallEntry], filter: Filter) -> Vec<(RecordId, Option<Valence>)> {
    let found = |valence| all.iter().filter(move |it| it.entry.valence == valence && filter.shows(it));
    SECTIONS.into_iter().flat_map(|valence| found(valence).map(move |it| (it.id, valence))).collect()
}

/// Returns the themes that occur, the most frequent first.
fn used_themes(all: &[WallEntry]) -> Vec<Theme> {
    let mut themes: Vec<(usize, Theme)> = Vec::new();
    for theme in Theme::ALL.iter().copied() {
        let count = all.iter().filter(|it| it.entry.themes.contains(&theme)).count();
        let place = themes.iter().take_while(|(other, _)| *other >= count).count();
        if count > 0 {
            themes.insert(place, (count, theme));
        }
    }
    themes.into_iter().map(|(_, theme)| theme).collect()
}

#[cfg(test)]
mod tests {
    use domain::{Entry, Timestamp};

    use super::*;

    fn entry(n: u8, valence: Option<Valence>, themes: &[Theme]) -> WallEntry {
        let entry = Entry { valence, themes: themes.to_vec(), ..Entry::default() };
        let id = RecordId::new(Timestamp::from_ms(1), [n; 10]);
        WallEntry { id, project: None, maker: String::new(), is_mine: false, entry, state: None }
    }

    #[test]
    fn strengths_come_first_and_the_order_of_time_stays() {
        let all = [
            entry(1, Some(Valence::CouldBeBetter), &[]),
            entry(2, None, &[]),
            entry(3, Some(Valence::Good), &[]),
            entry(4, Some(Valence::Both), &[]),
            entry(5, Some(Valence::Good), &[]),
        ];
        let order: Vec<_> = arranged(&all, Filter::default()).into_iter().map(|(id, _)| id).collect();
        assert_eq!(order, [all[2].id, all[4].id, all[3].id, all[0].id, all[1].id]);
    }

    #[test]
    fn a_filter_asks_for_both() {
        let all = [entry(1, Some(Valence::Good), &[Theme::Eten]), entry(2, Some(Valence::Good), &[Theme::Groen])];
        let filter = Filter { valence: Some(Valence::Good), theme: Some(Theme::Groen) };
        assert_eq!(arranged(&all, filter), [(all[1].id, Some(Valence::Good))]);
        assert_eq!(filter.address(), "/buurt?gevoel=good&onderwerp=groen");
        assert_eq!(Filter::default().address(), "/buurt");
    }

    #[test]
    fn only_themes_that_occur_are_offered_the_most_frequent_first() {
        let all = [entry(1, None, &[Theme::Bewegen, Theme::Eten]), entry(2, None, &[Theme::Eten])];
        assert_eq!(used_themes(&all), [Theme::Eten, Theme::Bewegen]);
    }
}
