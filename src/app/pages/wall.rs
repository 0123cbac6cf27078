//! *Buurt*: everyone's entries, strengths first, filtered by what the address says.

use browser::{MediaSize, WallEntry};
use dom::reactive::*;
use dom::{El, View, a, article, button, div, each, h1, h2, img, live, main, p, section, span};
use domain::{Entry, RecordId, Theme, Valence};
use ui::{
    Derived, PhotoShape, Reading, Step, bones, derive, icon, mark, mark_told, meta, offline, photo, ratio, state_label,
    step_of, theme_icon, theme_tag, top, use_go, use_height_kept, use_live, use_phone, use_reading, use_screen,
};

use crate::locales::use_words;

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
pub(crate) fn wall() -> View {
    let words = &use_words().wall;
    let heading = use_screen(|| words.title.to_owned(), h1().child(words.title));
    let read = use_wall();
    let all: All = derive(move || read.get());
    let is_empty = derive(move || all.with(|all| all.as_ref().map(Vec::is_empty)));
    use_height_kept("/buurt", derive(move || is_empty.get().is_some()));
    let filter = use_filter();
    let wall = live(move || match is_empty.get() {
        None => View::from(bones()),
        Some(true) => empty().into(),
        Some(false) => entries(all, filter),
    });
    let page = div().class("page stack").attr("data-measure", "l").attr("data-gap", "m").child(offline()).child(wall);
    [top(heading), main().attr("id", "main").child(page)].into()
}

fn use_filter() -> Derived<Filter> {
    let go = use_go();
    derive(move || Filter {
        valence: go.query("gevoel").and_then(|key| Valence::from_key(&key)),
        theme: go.query("onderwerp").and_then(|key| Theme::from_key(&key)),
    })
}

/// The filters, and what they let through.
fn entries(all: All, filter: Derived<Filter>) -> View {
    let limit = RwSignal::new(AT_ONCE);
    let found = derive(move || all.with(|all| arranged(all.as_deref().unwrap_or_default(), filter.get())));
    let shown: Shown = derive(move || found.with(|found| found.iter().take(limit.get()).copied().collect()));
    let has_none = derive(move || found.with(Vec::is_empty));
    let has_more = derive(move || found.with(Vec::len) > limit.get());
    View::from(filters(all, filter))
        .and(live(move || has_none.get().then(none_match)))
        .and(SECTIONS.map(|valence| felt_alike(valence, all, shown)))
        .and(live(move || has_more.get().then(|| more(limit))))
}

fn more(limit: RwSignal<usize>) -> El {
    button().class("button").child(use_words().wall.more).on_tap(move || limit.update(|limit| *limit += AT_ONCE))
}

/// Chips that change what the address asks for. They are links: a filter can be shared and kept.
fn filters(all: All, filter: Derived<Filter>) -> El {
    let words = &use_words().wall;
    let used = derive(move || all.with(|all| used_themes(all.as_deref().unwrap_or_default())));
    let valences = [None, Some(Valence::Good), Some(Valence::Both), Some(Valence::CouldBeBetter)];
    let valences = valences.map(|valence| valence_chip(valence, filter));
    let themes = each(move || used.get(), move |theme| theme_chip(Some(*theme), filter).into());
    let themes = View::from(theme_chip(None, filter)).and(themes);
    div()
        .class("stack")
        .attr("data-gap", "3xs")
        .child(strip(words.filter_valence).child(valences))
        .child(strip(words.filter_theme).child(themes))
}

fn strip(name: &str) -> El {
    div().class("strip").attr("role", "group").attr("aria-label", name)
}

fn valence_chip(valence: Option<Valence>, filter: Derived<Filter>) -> El {
    let words = use_words();
    chip(filter, move |filter| Filter { valence, ..filter })
        .child(valence.map(|valence| mark(Some(valence)).attr("data-size", "s")))
        .child(valence.map_or(words.wall.all, ui::use_words().valence_said))
}

fn theme_chip(theme: Option<Theme>, filter: Derived<Filter>) -> El {
    let words = use_words();
    chip(filter, move |filter| Filter { theme, ..filter })
        .child(theme.map(|theme| icon(theme_icon(theme)).attr("data-size", "s")))
        .child(theme.map_or(words.wall.all, ui::use_words().theme))
}

/// A link to what `target` makes of the filter that stands. Only its attributes follow: who tapped it keeps the focus.
fn chip(filter: Derived<Filter>, target: impl Fn(Filter) -> Filter + Send + Sync + 'static) -> El {
    let target = derive(move || target(filter.get()));
    a().class("chip")
        .attr("data-go", "adjust")
        .attr_live("href", move || Some(target.get().address()))
        .attr_live("aria-current", move || (target.get() == filter.get()).then_some("true"))
}

/// All that is felt alike.
fn felt_alike(valence: Option<Valence>, all: All, shown: Shown) -> View {
    let ids = derive(move || {
        shown.with(|shown| shown.iter().filter(|(_, of)| *of == valence).map(|(id, _)| *id).collect::<Vec<_>>())
    });
    let has_any = derive(move || !ids.with(Vec::is_empty));
    live(move || {
        has_any.get().then(|| {
            let title = format!("wall-{}", valence.map_or("none", Valence::key));
            let heading = h2().attr("id", &title).attr("data-size", "m").child((use_words().wall.section)(valence));
            let cards = each(move || ids.get(), move |id| card(all, *id));
            section()
                .class("stack")
                .attr("data-gap", "xs")
                .attr("aria-labelledby", &title)
                .child(div().class("wall-head").child(mark(valence)).child(heading))
                .child(div().class("wall").child(cards).child(span().class("wall-end")))
        })
    })
}

/// One entry on the wall: photo, mark, words, themes.
fn card(all: All, id: RecordId) -> View {
    let entry =
        derive(move || all.with(|all| all.as_ref().and_then(|all| all.iter().find(|entry| entry.id == id).cloned())));
    // The state changes often while it is being sent: it must not make the picture anew.
    let shown = derive(move || entry.get().map(|entry| WallEntry { state: None, ..entry }));
    let step = derive(move || {
        let step = entry.with(|entry| entry.as_ref().and_then(|entry| entry.state).map(step_of));
        step.filter(|step| *step != Step::Received)
    });
    live(move || shown.get().map(|entry| print(&entry, step)))
}

fn print(shown: &WallEntry, step: Derived<Option<Step>>) -> El {
    let WallEntry { id, maker, entry, .. } = shown;
    let alt = ui::use_words().general.photo;
    let first = entry.photos.first();
    let picture = first.map(|first| photo(*id, *first, MediaSize::Small, PhotoShape::Cut, alt));
    let themes = entry.themes.iter().map(|theme| theme_tag(*theme)).collect::<View>();
    let said = div()
        .class("print-words")
        .child(mark_told(entry.valence))
        .child(story_link(*id, maker, entry))
        .child(themes)
        .child(state_label(step));
    let paper = article().class("print").child(div().class("print-photo").child(picture)).child(said);
    first.map_or_else(div, |first| div().style("--r", &ratio(first))).child(paper)
}

/// The maker's words, which lead to the page of the entry; where there are none, a line that says so.
fn story_link(id: RecordId, maker: &str, entry: &Entry) -> El {
    let link = a().attr("href", &format!("/buurt/{id}"));
    let story = entry.story.as_str();
    if story.is_empty() {
        let text = match entry.voice {
            Some(_) => ui::use_words().general.voice.to_owned(),
            None => (use_words().wall.no_story)(maker),
        };
        p().class("print-story").child(link.class("print-link quiet").child(text))
    } else {
        p().class("print-story said").child(link.class("print-link").child(story))
    }
}

fn none_match() -> El {
    let words = &use_words().wall;
    let all = a().class("button").attr("href", &Filter::default().address()).attr("data-go", "adjust");
    div()
        .class("notice")
        .child(p().attr("data-grow", "").attr("role", "status").child(words.none_match))
        .child(all.child(words.show_all))
}

fn empty() -> El {
    let words = use_words();
    let told = use_live();
    let is_offline = derive(move || !told.status.get().is_online);
    let is_joined = derive(move || told.memberships.map(|all| !all.joined.is_empty()) != Some(false));
    let why = live(move || match (is_joined.get(), is_offline.get()) {
        (false, _) => words.wall.empty_unjoined,
        (true, true) => words.wall.empty_offline,
        (true, false) => words.wall.empty_why,
    });
    let code = move || a().class("button").attr("data-kind", "main").attr("href", "/mee").child(words.saved.code_link);
    let picture = img().attr("src", &meta("picture-playground")).attr("alt", "");
    div()
        .class("empty")
        .child(picture.attr("width", "800").attr("height", "600"))
        .child(h2().attr("data-size", "m").child(words.wall.empty))
        .child(p().child(why))
        .child(live(move || (!is_joined.get()).then(code)))
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
