//! Taking and choosing photos: an ordinary file input that covers what one taps.

use leptos::ev::Targeted;
use leptos::prelude::*;
use web_sys::{Event, File, HtmlInputElement};

/// A label with a file input over it. `camera` opens the camera at once; without it one may choose several.
#[component]
pub(crate) fn Picker(
    class: &'static str,
    #[prop(optional)] kind: Option<&'static str>,
    #[prop(optional)] camera: bool,
    #[prop(into)] on_files: Callback<Vec<File>>,
    children: Children,
) -> impl IntoView {
    let change = move |event: Targeted<Event, HtmlInputElement>| {
        let input = event.target();
        let files = files_of(&input);
        // Empty again, so that the same photo can be chosen once more.
        input.set_value("");
        if !files.is_empty() {
            on_files.run(files);
        }
    };
    view! {
        <label class=class data-kind=kind>
            {children()}
            <input
                type="file"
                accept="image/*"
                autocomplete="off"
                capture=camera.then_some("environment")
                multiple=!camera
                on:change:target=change
            />
        </label>
    }
}

fn files_of(input: &HtmlInputElement) -> Vec<File> {
    let Some(list) = input.files() else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.get(index)).collect()
}
