//! *Buurt*: everyone's entries, strengths first, filtered by what the address says.

use browser::{MediaSize, WallEntry};
use domain::{RecordId, Theme, Valence};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use web_sys::MouseEvent;

use crate::app::{use_live, use_phone};
use crate::locales::use_words;
use crate::navigation::{use_go, use_height_kept, use_screen};
use crate::shell;
use crate::ui::{
    Bones, Icon, Mark, Offline, Photo, PhotoShape, StateLabel, Step, ThemeTag, Top, ratio, step_of, theme_icon,
};

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
    let heading = use_screen(|| words.title.to_owned());
    let read = use_wall();
    let all = Memo::new(move |_| read.get());
    use_height_kept("/buurt", Memo::new(move |_| all.with(Option::is_some)));
    let query = use_query_map();
    let filter = Memo::new(move |_| {
        query.with(|query| Filter {
            valence: query.get_str("gevoel").and_then(Valence::from_key),
            theme: query.get_str("onderwerp").and_then(Theme::from_key),
        })
    });
    let limit = RwSignal::new(AT_ONCE);
    let found = Memo::new(move |_| all.with(|all| arranged(all.as_deref().unwrap_or_default(), filter.get())));
    let shown = Memo::new(move |_| found.with(|found| found.iter().take(limit.get()).copied().collect::<Vec<_>>()));
    let has_more = Memo::new(move |_| found.with(Vec::len) > limit.get());
    let wall = move || match all.with(|all| all.as_ref().map(Vec::is_empty)) {
        None => view! { <Bones/> }.into_any(),
        Some(true) => view! { <Empty/> }.into_any(),
        Some(false) => view! {
            <Filters all filter/>
            {move || found.with(Vec::is_empty).then(|| view! { <NoneMatch/> })}
            {SECTIONS.map(|valence| view! { <Section valence all shown/> }).into_iter().collect_view()}
            {move || {
                has_more
                    .get()
                    .then(|| {
                        let more = move |_| limit.update(|limit| *limit += AT_ONCE);
                        view! { <button class="button" type="button" on:click=more>{words.more}</button> }
                    })
            }}
        }
        .into_any(),
    };
    view! {
        <Top heading title=words.title/>
        <main id="main"><div class="page stack" data-measure="l" data-gap="m"><Offline/>{wall}</div></main>
    }
}

/// Chips that change what the address asks for. They are links: a filter can be shared and kept.
#[component]
fn Filters(all: Memo<Option<Vec<WallEntry>>>, filter: Memo<Filter>) -> impl IntoView {
    let words = use_words();
    let used = Memo::new(move |_| all.with(|all| used_themes(all.as_deref().unwrap_or_default())));
    let valence = move |valence: Option<Valence>| {
        let word = valence.map_or(words.wall.all, words.valence_said);
        view! {
            <FilterChip target=Signal::derive(move || Filter { valence, ..filter.get() }) filter>
                {valence.map(|valence| view! { <Mark valence=Some(valence) size="s"/> })} {word}
            </FilterChip>
        }
    };
    let theme = move |theme: Option<Theme>| {
        let word = theme.map_or(words.wall.all, words.theme);
        view! {
            <FilterChip target=Signal::derive(move || Filter { theme, ..filter.get() }) filter>
                {theme.map(|theme| view! { <Icon name=theme_icon(theme) size="s"/> })} {word}
            </FilterChip>
        }
    };
    let valences = [None, Some(Valence::Good), Some(Valence::Both), Some(Valence::CouldBeBetter)];
    view! {
        <div class="stack" data-gap="3xs">
            <div class="strip" role="group" aria-label=words.wall.filter_valence>{valences.map(valence).into_iter().collect_view()}</div>
            <div class="strip" role="group" aria-label=words.wall.filter_theme>
                {theme(None)}
                <For each=move || used.get() key=|theme| *theme children=move |it| theme(Some(it))/>
            </div>
        </div>
    }
}

#[component]
fn FilterChip(target: Signal<Filter>, filter: Memo<Filter>, children: Children) -> impl IntoView {
    let go = use_go();
    let choose = move |event: MouseEvent| {
        event.prevent_default();
        go.adjust(&target.get_untracked().address());
    };
    let current = move || (target.get() == filter.get()).then_some("true");
    view! {
        <a class="chip" href=move || target.get().address() aria-current=current on:click=choose>{children()}</a>
    }
}

/// All that is felt alike.
#[component]
fn Section(
    valence: Option<Valence>,
    all: Memo<Option<Vec<WallEntry>>>,
    shown: Memo<Vec<(RecordId, Option<Valence>)>>,
) -> impl IntoView {
    let words = &use_words().wall;
    let ids = Memo::new(move |_| {
        shown.with(|shown| shown.iter().filter(|(_, of)| *of == valence).map(|(id, _)| *id).collect::<Vec<_>>())
    });
    let has_any = Memo::new(move |_| !ids.with(Vec::is_empty));
    let card = move |id: RecordId| {
        let entry = Memo::new(move |_| {
            all.with(|all| all.as_ref().and_then(|all| all.iter().find(|entry| entry.id == id).cloned()))
        });
        view! { <Card entry/> }
    };
    let title = format!("wall-{}", valence.map_or("none", Valence::key));
    move || {
        has_any.get().then(|| {
            view! {
                <section class="stack" data-gap="xs" aria-labelledby=title.clone()>
                    <div class="wall-head"><Mark valence/><h2 id=title.clone() data-size="m">{(words.section)(valence)}</h2></div>
                    <div class="wall">
                        <For each=move || ids.get() key=|id| *id children=card/>
                        <span class="wall-end"></span>
                    </div>
                </section>
            }
        })
    }
}

/// One entry on the wall: photo, mark, words, first theme.
#[component]
fn Card(entry: Memo<Option<WallEntry>>) -> impl IntoView {
    let words = &use_words().wall;
    let photo_word = use_words().general.photo;
    // The state changes often while it is being sent: it must not make the picture anew.
    let shown = Memo::new(move |_| entry.get().map(|entry| WallEntry { state: None, ..entry }));
    let step = Memo::new(move |_| entry.with(|entry| entry.as_ref().and_then(|entry| entry.state).map(step_of)));
    move || {
        shown.get().map(|WallEntry { id, maker, entry, .. }| {
            let first = entry.photos.first().copied();
            let photo = first.map(|photo| {
                view! { <Photo record=id photo size=MediaSize::Small shape=PhotoShape::Cut alt=photo_word/> }
            });
            let said = if entry.story.is_empty() { "print-story" } else { "print-story said" };
            let story = if entry.story.is_empty() {
                view! { <a class="print-link quiet" href=format!("/buurt/{id}")>{(words.no_story)(&maker)}</a> }
                    .into_any()
            } else {
                view! { <a class="print-link" href=format!("/buurt/{id}")>{entry.story}</a> }.into_any()
            };
            let state = move || {
                let step = step.get().filter(|step| *step != Step::Received)?;
                Some(view! { <StateLabel step/> })
            };
            view! {
                <div style:--r=format!("{:.4}", first.as_ref().map_or(1.0, ratio))>
                    <article class="print">
                        <div class="print-photo">{photo}</div>
                        <div class="print-words">
                            <Mark valence=entry.valence told=true/>
                            <p class=said>{story}</p>
                            {entry.themes.first().map(|theme| view! { <ThemeTag theme=*theme/> })}
                            {state}
                        </div>
                    </article>
                </div>
            }
        })
    }
}

#[component]
fn NoneMatch() -> impl IntoView {
    let words = &use_words().wall;
    let go = use_go();
    let show_all = move |_| go.adjust(&Filter::default().address());
    view! {
        <div class="notice">
            <p data-grow="" role="status">{words.none_match}</p>
            <button class="button" type="button" on:click=show_all>{words.show_all}</button>
        </div>
    }
}

#[component]
fn Empty() -> impl IntoView {
    let words = use_words();
    let live = use_live();
    let is_offline = Memo::new(move |_| !live.status.get().is_online);
    let is_joined = Memo::new(move |_| live.memberships.map(|all| !all.joined.is_empty()) != Some(false));
    let why = move || {
        match (is_joined.get(), is_offline.get()) {
        (false, _) => view! { <p>{words.wall.empty_unjoined}</p><a class="button" data-kind="main" href="/mee">{words.saved.code_link}</a> }.into_any(),
        (true, true) => view! { <p>{words.wall.empty_offline}</p> }.into_any(),
        (true, false) => view! { <p>{words.wall.empty_why}</p> }.into_any(),
    }
    };
    view! {
        <div class="empty">
            <img src=shell::meta("picture-playground") alt="" width="800" height="600"/>
            <h2 data-size="m">{words.wall.empty}</h2>
            {why}
        </div>
    }
}

fn use_wall() -> LocalResource<Vec<WallEntry>> {
    let phone = use_phone();
    let live = use_live();
    LocalResource::new(move || {
        live.track_entries();
        live.memberships.track();
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
    let count = |theme: &Theme| all.iter().filter(|it| it.entry.themes.contains(theme)).count();
    let mut themes: Vec<_> = Theme::ALL.iter().copied().filter(|theme| count(theme) > 0).collect();
    themes.sort_by_key(|theme| std::cmp::Reverse(count(theme)));
    themes
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
