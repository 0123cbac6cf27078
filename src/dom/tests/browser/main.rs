//! The elements in a headless browser.

#![cfg(target_arch = "wasm32")]

use dom::reactive::*;
use dom::{View, button, div, each, el, input, live, mount, p, ul};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

/// Shows what `app` returns on a page of its own, and returns the element around it.
fn shown<V: Into<View>>(app: impl FnOnce() -> V + 'static) -> Element {
    let around = el("main");
    let element = around.element().clone();
    mount(move || around.child(app()));
    element
}

async fn settled() {
    for _ in 0..3 {
        any_spawner::Executor::tick().await;
    }
}

fn text(element: &Element) -> String {
    element.text_content().unwrap_or_default()
}

#[wasm_bindgen_test]
fn views_stand_in_the_order_in_which_they_were_put() {
    let page = shown(|| View::from("een ").and([p().child("twee"), p().child("drie")]).and(None::<View>).and("vier"));
    assert_eq!(page.inner_html(), "een <p>twee</p><p>drie</p>vier");
}

#[wasm_bindgen_test]
fn an_attribute_without_a_value_is_not_there() {
    let page = shown(|| p().maybe("lang", None).maybe("dir", Some("rtl")).flag("hidden", true).flag("inert", false));
    assert_eq!(page.inner_html(), r#"<p dir="rtl" hidden=""></p>"#);
}

#[wasm_bindgen_test]
async fn what_follows_a_signal_is_made_anew_where_it_stood() {
    let name = RwSignal::new("Fatma");
    let page = shown(move || p().child("Dag ").child(live(move || name.get())).child("!"));
    assert_eq!(text(&page), "Dag Fatma!");
    name.set("Ahmed");
    settled().await;
    assert_eq!(text(&page), "Dag Ahmed!");
}

#[wasm_bindgen_test]
async fn what_was_made_inside_ends_with_it() {
    let is_shown = RwSignal::new(true);
    let count = RwSignal::new(0);
    let ended = RwSignal::new(0);
    let page = shown(move || {
        live(move || {
            is_shown.get().then(|| {
                on_cleanup(move || ended.update(|n| *n += 1));
                let inside = live(move || p().child(count.get().to_string()));
                div().child(inside)
            })
        })
    });
    count.set(1);
    settled().await;
    assert_eq!(text(&page), "1");
    is_shown.set(false);
    settled().await;
    count.set(2);
    settled().await;
    assert_eq!((page.inner_html().as_str(), ended.get_untracked()), ("", 1));
}

#[wasm_bindgen_test]
async fn attributes_and_properties_follow_signals_and_leave_the_element_be() {
    let is_on = RwSignal::new(false);
    let page = shown(move || {
        input()
            .attr("type", "checkbox")
            .attr_live("aria-current", move || is_on.get().then_some("step"))
            .prop_live("checked", move || is_on.get())
    });
    let field = page.first_element_child().expect("it was put there");
    is_on.set(true);
    settled().await;
    assert_eq!(page.first_element_child().as_ref(), Some(&field));
    assert_eq!(field.get_attribute("aria-current").as_deref(), Some("step"));
    assert_eq!(js_sys::Reflect::get(&field, &"checked".into()).expect("a field has it").as_bool(), Some(true));
}

#[wasm_bindgen_test]
fn a_tap_is_heard() {
    let taps = RwSignal::new(0);
    let page = shown(move || button().on_tap(move || taps.update(|n| *n += 1)));
    page.first_element_child().expect("it was put there").unchecked_into::<HtmlElement>().click();
    assert_eq!(taps.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn rows_stay_and_move_with_their_keys() {
    let keys = RwSignal::new(vec![1, 2, 3]);
    let made = RwSignal::new(Vec::new());
    let ended = RwSignal::new(Vec::new());
    let row = move |key: &i32| {
        let key = *key;
        made.update(|all| all.push(key));
        on_cleanup(move || ended.update(|all| all.push(key)));
        View::from(el("li").child(key.to_string()))
    };
    let page = shown(move || ul().child(each(move || keys.get(), row)));
    let item_of_two = page.query_selector("li:nth-child(2)").expect("a good selector");
    for (new, shows) in [(vec![3, 2, 4, 1], "3241"), (vec![2, 4], "24"), (vec![], ""), (vec![2, 5], "25")] {
        keys.set(new);
        settled().await;
        assert_eq!(text(&page), shows);
        if shows == "24" {
            assert_eq!(page.query_selector("li").expect("a good selector"), item_of_two);
        }
    }
    assert_eq!(made.get_untracked(), [1, 2, 3, 4, 2, 5]);
    assert_eq!(ended.get_untracked(), [3, 1, 2, 4]);
}

#[wasm_bindgen_test]
async fn a_list_ends_with_what_shows_it() {
    let is_shown = RwSignal::new(true);
    let ended = RwSignal::new(0);
    let page = shown(move || {
        live(move || {
            let row = move |_: &i32| {
                on_cleanup(move || ended.update(|n| *n += 1));
                View::from("rij")
            };
            is_shown.get().then(|| each(|| vec![1, 2], row))
        })
    });
    assert_eq!(text(&page), "rijrij");
    is_shown.set(false);
    settled().await;
    assert_eq!((text(&page).as_str(), ended.get_untracked()), ("", 2));
}
