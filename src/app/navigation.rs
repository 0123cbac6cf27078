//! Going from screen to screen so that the phone's own back button does what people expect.

use std::collections::BTreeMap;
use std::rc::Rc;

use gloo::events::EventListener;
use leptos::html::H1;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};
use web_sys::FocusOptions;

use crate::locales::use_words;

/// The screens that lie behind this one, oldest first, as far as this page has seen them; and whether one was shown yet.
#[derive(Clone, Copy)]
pub(crate) struct Trail {
    paths: StoredValue<Vec<String>>,
    replaces: StoredValue<bool>,
    is_first: StoredValue<bool>,
    /// How far down each long list was when it was left.
    heights: StoredValue<BTreeMap<String, f64>>,
    /// The screen was come back to.
    is_back: StoredValue<bool>,
}

/// Provides the trail, which outlives a change of language.
pub(crate) fn provide_trail() {
    provide_context(Trail {
        paths: StoredValue::new(Vec::new()),
        replaces: StoredValue::new(false),
        is_first: StoredValue::new(true),
        heights: StoredValue::new(BTreeMap::new()),
        is_back: StoredValue::new(false),
    });
}

/// Keeps the trail; stands once inside the router.
pub(crate) fn follow_trail() {
    let trail = expect_context::<Trail>();
    let path = use_location().pathname;
    Effect::new(move |_| {
        let path = path.get();
        let replaces = trail.replaces.get_value();
        trail.replaces.set_value(false);
        trail.is_back.set_value(false);
        trail.paths.update_value(|paths| trail.is_back.set_value(step_to(paths, path, replaces)));
    });
}

/// Takes a step; returns whether it led back.
fn step_to(paths: &mut Vec<String>, path: String, replaces: bool) -> bool {
    let is_back = paths.len() > 1 && paths[paths.len() - 2] == path;
    if replaces || is_back {
        paths.pop();
    }
    if paths.last() != Some(&path) {
        paths.push(path);
    }
    is_back && !replaces
}

type Navigate = Rc<dyn Fn(&str, NavigateOptions)>;

/// Goes to other screens.
#[derive(Clone, Copy)]
pub(crate) struct Go {
    navigate: StoredValue<Navigate, LocalStorage>,
    trail: Trail,
}

/// Returns the way to other screens.
pub(crate) fn use_go() -> Go {
    let navigate: Navigate = Rc::new(use_navigate());
    Go { navigate: StoredValue::new_local(navigate), trail: expect_context() }
}

impl Go {
    /// Goes on to a screen; back leads here.
    pub(crate) fn to(self, path: &str) {
        self.navigate.get_value()(path, NavigateOptions::default());
    }

    /// Puts a screen in the place of this one; back does not lead here.
    pub(crate) fn instead(self, path: &str) {
        self.trail.replaces.set_value(true);
        self.navigate.get_value()(path, NavigateOptions { replace: true, ..NavigateOptions::default() });
    }

    /// Changes only what the address says after `?`, where the page stands.
    pub(crate) fn adjust(self, address: &str) {
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        self.navigate.get_value()(address, options);
    }

    /// Goes back to a screen: as the phone's button would where that leads there, else in the place of this one.
    pub(crate) fn back_to(self, path: &str) {
        let is_behind = self.trail.paths.with_value(|paths| paths.len() > 1 && paths[paths.len() - 2] == path);
        let went = is_behind && window().history().is_ok_and(|history| history.back().is_ok());
        if !went {
            self.instead(path);
        }
    }
}

/// Brings back a long list as far down as it was left, once `is_there` says that it stands again. The browser does that
/// by itself only for pages that are whole at once.
pub(crate) fn use_height_kept(path: &'static str, is_there: Memo<bool>) {
    let trail = expect_context::<Trail>();
    let keep = EventListener::new(&window(), "scroll", move |_| {
        if window().location().pathname().is_ok_and(|here| here == path) {
            let height = window().scroll_y().unwrap_or_default();
            trail.heights.update_value(|heights| {
                heights.insert(path.to_owned(), height);
            });
        }
    });
    // It is taken away together with the screen.
    StoredValue::<EventListener, LocalStorage>::new_local(keep);
    let left_at = trail.heights.with_value(|heights| heights.get(path).copied());
    Effect::new(move |is_done: Option<bool>| {
        if is_done == Some(true) || !is_there.get() {
            return is_done == Some(true);
        }
        if let Some(height) = left_at.filter(|_| trail.is_back.get_value()) {
            request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, height));
        }
        true
    });
}

/// Gives the screen its title, and its heading the focus when the screen comes after another. Returns the heading's place.
pub(crate) fn use_screen(title: impl Fn() -> String + 'static) -> NodeRef<H1> {
    let heading = NodeRef::<H1>::new();
    let trail = expect_context::<Trail>();
    let is_first = trail.is_first.get_value();
    trail.is_first.set_value(false);
    let app = use_words().general.app;
    Effect::new(move |_| document().set_title(&format!("{} - {app}", title())));
    Effect::new(move |is_done: Option<bool>| {
        if is_first || is_done == Some(true) {
            return true;
        }
        let Some(heading) = heading.get() else { return false };
        // The router has scrolled already, or the browser has, going back.
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // A browser that refuses leaves the focus at the top, which is where the heading is.
        let _ = heading.focus_with_options(&options);
        true
    });
    heading
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walk(steps: &[(&str, bool)]) -> Vec<String> {
        let mut paths = Vec::new();
        for (path, replaces) in steps {
            step_to(&mut paths, (*path).to_owned(), *replaces);
        }
        paths
    }

    #[test]
    fn going_back_shortens_the_trail() {
        assert_eq!(walk(&[("/", false), ("/maak/1", false), ("/", false)]), ["/"]);
    }

    #[test]
    fn a_screen_in_the_place_of_another_leaves_no_trace_of_it() {
        assert_eq!(walk(&[("/", false), ("/maak/1", false), ("/maak/1/bewaard", true)]), ["/", "/maak/1/bewaard"]);
    }

    #[test]
    fn the_same_screen_again_is_one_step() {
        assert_eq!(walk(&[("/buurt", false), ("/buurt", false)]), ["/buurt"]);
    }
}
