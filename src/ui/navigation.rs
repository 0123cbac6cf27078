//! Going from screen to screen so that the phone's own back button does what people expect.
//!
//! Every step on keeps, in the browser's history, the path it came from. So a screen knows whether going back leads where
//! its own way back points, after a reload too.

use dom::El;
use dom::reactive::*;
use domain::Map;
use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Event, MouseEvent};

use crate::light::{Derived, afterwards, derive};
use crate::locales::use_words;

/// Where the app is, and the ways to other screens.
#[derive(Clone, Copy)]
pub struct Go {
    links: &'static str,
    address: RwSignal<Address>,
    /// The screen was come back to.
    is_back: StoredValue<bool>,
    /// No screen was shown yet.
    is_first: StoredValue<bool>,
    /// How far down each long list was when it was left.
    heights: StoredValue<Map<&'static str, f64>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Address {
    path: String,
    query: String,
}

/// Provides where the app is, and follows the browser's buttons and those links of every screen that this selector finds: they
/// lead to screens of this part, all others to another page.
pub fn provide_navigation(links: &'static str) {
    let go = Go {
        links,
        address: RwSignal::new(here()),
        is_back: StoredValue::new(false),
        is_first: StoredValue::new(true),
        heights: StoredValue::new(Map::new()),
    };
    provide_context(go);
    let back = EventListener::new(&window(), "popstate", move |_| {
        go.is_back.set_value(true);
        go.address.set(here());
    });
    let may_take_over = EventListenerOptions::enable_prevent_default();
    let link = EventListener::new_with_options(&document(), "click", may_take_over, move |event| go.follow(event));
    // They end with the app.
    StoredValue::<_, LocalStorage>::new_local((back, link));
}

/// Returns where the app is, and the ways to other screens.
pub fn use_go() -> Go {
    expect_context()
}

impl Go {
    /// Returns the path, for screens to follow.
    pub fn path(self) -> String {
        self.address.with(|address| address.path.clone())
    }

    /// Returns a value of what stands in the address after `?`, for screens to follow.
    #[inline]
    pub fn query(self, name: &str) -> Option<String> {
        self.address.with(|address| query_value(&address.query, name).map(str::to_owned))
    }

    /// Goes on to a screen; back leads here.
    pub fn to(self, address: &str) {
        let from = JsValue::from_str(&self.address.with_untracked(|address| address.path.clone()));
        self.arrive(window().history().and_then(|history| history.push_state_with_url(&from, "", Some(address))), true);
    }

    /// Puts a screen in the place of this one; back does not lead here.
    pub fn instead(self, address: &str) {
        self.replace(address, true);
    }

    /// Goes back to a screen: as the phone's button would where that leads there, else in the place of this one.
    pub fn back_to(self, path: &str) {
        let history = window().history();
        let is_behind = history.as_ref().is_ok_and(|history| history.state() == Ok(JsValue::from_str(path)));
        let went = is_behind && history.is_ok_and(|history| history.back().is_ok());
        if !went {
            self.instead(path);
        }
    }

    fn replace(self, address: &str, scrolls: bool) {
        let replaced = window().history().and_then(|history| {
            let came_from = history.state()?;
            history.replace_state_with_url(&came_from, "", Some(address))
        });
        self.arrive(replaced, scrolls);
    }

    fn arrive(self, changed: Result<(), JsValue>, scrolls: bool) {
        // A browser that refuses (it counts how often one goes) stays where it is, and so does the app.
        if changed.is_err() {
            return;
        }
        self.is_back.set_value(false);
        self.address.set(here());
        if scrolls {
            window().scroll_to_with_x_and_y(0.0, 0.0);
        }
    }

    /// Follows a link of ours without leaving the page. `data-go` says how: on (nothing), `back`, or `adjust`, which only
    /// changes what the address says after `?` where the page stands.
    fn follow(self, event: &Event) {
        let Some(link) = self.followable(event) else { return };
        event.prevent_default();
        let address = link.get_attribute("href").unwrap_or_default();
        match link.get_attribute("data-go").as_deref() {
            Some("back") => self.back_to(&address),
            Some("adjust") => self.replace(&address, false),
            Some(_) | None => self.to(&address),
        }
    }

    /// Returns the link of this part that was simply tapped.
    fn followable(self, event: &Event) -> Option<Element> {
        let tap = event.dyn_ref::<MouseEvent>()?;
        let is_plain = tap.button() == 0 && !(tap.meta_key() || tap.ctrl_key() || tap.shift_key() || tap.alt_key());
        let target = event.target()?.dyn_into::<Element>().ok()?;
        let link = target.closest(self.links).ok()??;
        (is_plain && !event.default_prevented()).then_some(link)
    }
}

fn here() -> Address {
    let location = window().location();
    Address { path: location.pathname().unwrap_or_default(), query: location.search().unwrap_or_default() }
}

/// Brings back a long list as far down as it was left, once `is_there` says that it stands again. The browser does that
/// by itself only for pages that are whole at once.
pub fn use_height_kept(path: &'static str, is_there: Derived<bool>) {
    let go = use_go();
    let keep = EventListener::new(&window(), "scroll", move |_| {
        if here().path == path {
            let height = window().scroll_y().unwrap_or_default();
            go.heights.update_value(|heights| {
                heights.insert(path, height);
            });
        }
    });
    // It is taken away together with the screen.
    StoredValue::<EventListener, LocalStorage>::new_local(keep);
    let left_at = go.heights.with_value(|heights| heights.get(&path).copied()).filter(|_| go.is_back.get_value());
    let mut is_done = false;
    afterwards(move || {
        if is_done || !is_there.get() {
            return;
        }
        if let Some(height) = left_at {
            request_animation_frame(move || window().scroll_to_with_x_and_y(0.0, height));
        }
        is_done = true;
    });
}

/// Gives the screen its title, and its heading the focus when the screen comes after another. Returns the heading.
pub fn use_screen(title: impl Fn() -> String + Send + Sync + 'static, heading: El) -> El {
    let heading = heading.attr("tabindex", "-1");
    let go = use_go();
    let is_first = go.is_first.get_value();
    go.is_first.set_value(false);
    tell(heading.clone(), derive(title), is_first);
    heading
}

fn tell(heading: El, title: Derived<String>, is_first: bool) {
    let app = use_words().general.app;
    let mut takes_focus = !is_first;
    afterwards(move || {
        document().set_title(&format!("{} - {app}", title.get()));
        if takes_focus {
            // The page was scrolled already, by us or, going back, by the browser.
            heading.focus();
            takes_focus = false;
        }
    });
}

/// Returns a value of what stands in an address after `?`.
#[inline]
pub fn query_value<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    let pairs = query.trim_start_matches('?').split('&').filter_map(|pair| pair.split_once('='));
    pairs.filter(|(key, _)| *key == name).map(|(_, value)| value).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_whole_name() {
        let query = "?gevoel=good&onderwerp=groen";
        assert_eq!(query_value(query, "onderwerp"), Some("groen"));
        assert_eq!(query_value(query, "werp"), None);
        assert_eq!(query_value("", "gevoel"), None);
    }
}
