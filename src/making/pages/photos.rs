//! All photos of a draft: which comes first, which way up, and the way to covering.

use browser::{Draft, DraftPhoto, PhotoId, PhotoState, RepaintProblem};
use dom::{El, View, a, button, div, each, footer, h1, li, live, main, p, ul};
use domain::RecordId;
use leptos::prelude::*;
use ui::{
    Derived, PhotoShape, at_phone, back_top, bones, count_of, derive, icon, notice, photo_image, photo_place, use_live,
    use_phone, use_reading, use_screen,
};

use crate::locales::use_words;
use crate::places::{Place, draft_path};

/// The photos as they stand on the screen, and what was said of them last.
#[derive(Clone, Copy)]
struct Sheet {
    draft: RecordId,
    shown: Derived<Vec<DraftPhoto>>,
    /// Those that were turned here: they are looked at anew.
    turned: RwSignal<u32>,
    told: RwSignal<String>,
    problem: RwSignal<Option<RepaintProblem>>,
    /// One is being turned.
    is_busy: RwSignal<bool>,
}

/// The screen with all photos of a draft.
pub(crate) fn photos(draft: RecordId) -> View {
    let words = &use_words().photos;
    let heading = h1().attr("data-size", "m").attr("data-grow", "").child(words.title);
    let heading = use_screen(|| words.title.to_owned(), heading);
    let read = use_draft(draft);
    let is_there = derive(move || read.with(|read| read.as_ref().map(Option::is_some)));
    let shown =
        derive(move || read.with(|read| read.iter().flatten().flat_map(|draft| draft.photos.clone()).collect()));
    let sheet = Sheet {
        draft,
        shown,
        turned: RwSignal::new(0),
        told: RwSignal::new(String::new()),
        problem: RwSignal::new(None),
        is_busy: RwSignal::new(false),
    };
    let inside = live(move || match is_there.get() {
        None => View::from(bones()),
        Some(false) => notice("images", None, use_words().photos.gone).into(),
        Some(true) => sheet.photos(),
    });
    let told = div().attr("role", "status").child(sheet.said());
    let people = live(move || {
        (is_there.get() == Some(true)).then(|| {
            let link = a().class("button").attr("href", &Place::People(draft).path()).child(icon("usercheck"));
            div().child(link.child(use_words().people.title))
        })
    });
    let page = div().class("page stack").child(told).child(inside).child(people);
    let onward = a().class("button").attr("data-kind", "main").attr("href", &draft_path(draft)).child(words.done);
    let foot = footer()
        .class("foot")
        .child(div().class("foot-inner").child(onward.child(icon("next").flag("data-flip", true))));
    [back_top(&draft_path(draft)).child(heading), main().attr("id", "main").child(page), foot].into()
}

/// Returns the draft as it lies on this phone: nothing while it is being read, then whether there is one.
pub(super) fn use_draft(draft: RecordId) -> Derived<Option<Option<Draft>>> {
    let phone = use_phone();
    let told = use_live();
    let read = use_reading(move || {
        told.track_drafts();
        let phone = phone.clone();
        async move { phone.draft(draft).await }
    });
    derive(move || read.get())
}

impl Sheet {
    fn said(self) -> View {
        let problem = use_words().problem;
        live(move || match self.problem.get() {
            Some(why) => View::from(notice("warn", Some("warn"), problem(why))),
            None => p().class("small quiet").child(self.told.get().as_str()).into(),
        })
    }

    fn photos(self) -> View {
        let words = &use_words().photos;
        let keys = move || self.shown.with(|photos| photos.iter().map(|photo| photo.id.0).collect::<Vec<_>>());
        let is_empty = derive(move || self.shown.with(Vec::is_empty));
        let list =
            ul().class("stack photo-list").child(each(keys, move |id: &RecordId| self.item(PhotoId(*id)).into()));
        View::from(list).and(live(move || is_empty.get().then(|| p().child(words.none))))
    }

    /// Returns where a photo stands, from 1, and how many there are.
    fn place(self, id: PhotoId) -> Option<(u32, u32)> {
        self.shown.with(|photos| {
            let at = photos.iter().position(|photo| photo.id == id)?;
            Some((count_of(at + 1), count_of(photos.len())))
        })
    }

    fn item(self, id: PhotoId) -> El {
        let words = &use_words().photos;
        let is_ready = derive(move || {
            let is_it = |photo: &&DraftPhoto| photo.id == id;
            let ready = |photo: &DraftPhoto| matches!(photo.state, PhotoState::Ready { .. });
            self.shown.with(|photos| photos.iter().find(is_it).is_some_and(ready))
        });
        let name =
            derive(move || self.place(id).map(|(number, count)| (words.which)(number, count)).unwrap_or_default());
        let phone = use_phone();
        let address = use_reading(move || {
            is_ready.track();
            self.turned.track();
            let phone = phone.clone();
            async move { phone.preview(id).await }
        });
        let picture = photo_place(PhotoShape::Contained, None, photo_image(address, ui::use_words().general.photo));
        let tools = live(move || match is_ready.get() {
            true => self.tools(id),
            false => p().class("small quiet").child(words.making_ready).into(),
        });
        li().class("stack")
            .attr("data-gap", "2xs")
            .child(div().class("stage").child(picture))
            .child(p().class("small").child(live(move || name.get())))
            .child(div().class("tools").child(tools))
    }

    fn tools(self, id: PhotoId) -> View {
        let words = &use_words().photos;
        let turn = tool("turn", words.turn).attr_live("aria-busy", move || self.is_busy.get().then_some("true"));
        let phone = use_phone();
        let turned = words.turned;
        let turn = turn.on_tap(move || {
            if self.is_busy.get_untracked() {
                return;
            }
            self.is_busy.set(true);
            let phone = phone.clone();
            at_phone(async move {
                let done = phone.turn(self.draft, id).await;
                // The screen may be gone.
                if self.is_busy.try_set(false).is_some() {
                    return;
                }
                self.problem.set(done.err());
                self.told.set(if done.is_ok() { turned.to_owned() } else { String::new() });
                self.turned.update(|count| *count += 1);
            });
        });
        let cover = a()
            .class("tool")
            .attr("href", &Place::Cover(self.draft, id).path())
            .child(icon("cover"))
            .child(words.cover);
        let is_first = derive(move || self.place(id).is_none_or(|(number, _)| number == 1));
        let is_last = derive(move || self.place(id).is_none_or(|(number, count)| number == count));
        let earlier = self.moving(id, "earlier", words.earlier, -1, is_first);
        let later = self.moving(id, "later", words.later, 1, is_last);
        let is_alone = derive(move || self.place(id).is_none_or(|(_, count)| count == 1));
        let order = live(move || (!is_alone.get()).then(|| [earlier.clone(), later.clone()]));
        View::from(turn).and(cover).and(order)
    }

    /// The button that moves a photo by one place.
    fn moving(self, id: PhotoId, drawing: &'static str, word: &'static str, by: isize, is_end: Derived<bool>) -> El {
        let phone = use_phone();
        let moved = use_words().photos.moved;
        tool(drawing, word).attr_live("aria-disabled", move || is_end.get().then_some("true")).on_tap(move || {
            let mut order: Vec<PhotoId> =
                self.shown.with_untracked(|photos| photos.iter().map(|photo| photo.id).collect());
            let Some(at) = order.iter().position(|other| *other == id) else { return };
            let Some(to) = at.checked_add_signed(by).filter(|to| *to < order.len()) else { return };
            order.swap(at, to);
            self.problem.set(None);
            self.told.set(moved(count_of(to + 1), count_of(order.len())));
            let phone = phone.clone();
            at_phone(async move { phone.put_in_order(self.draft, order).await });
        })
    }
}

fn tool(drawing: &'static str, word: &str) -> El {
    button().class("tool").child(icon(drawing)).child(word)
}
