//! Taking and choosing photos: an ordinary file input that covers what one taps.

use leptos::prelude::*;
use web_sys::{File, HtmlInputElement};

use crate::light::on_input;

/// A label with a file input over it. `camera` opens the camera at once; without it one may choose several.
#[component]
pub(crate) fn Picker(
    class: &'static str,
    #[prop(optional)] kind: Option<&'static str>,
    #[prop(optional)] camera: bool,
    on_files: Callback<Vec<File>>,
    shape: AnyView,
) -> impl IntoView {
    let change = on_input(move |event| {
        let input: HtmlInputElement = event_target(event);
        let files = files_of(&input);
        // Empty again, so that the same photo can be chosen once more.
        input.set_value("");
        if !files.is_empty() {
            on_files.run(files);
        }
    });
    view! {
        <label class=class data-kind=kind>
            {shape}
            <input
                type="file"
                accept="image/*"
                autocomplete="off"
                capture=camera.then_some("environment")
                multiple=!camera
                on:change=change
            />
        </label>
    }
}

fn files_of(input: &HtmlInputElement) -> Vec<File> {
    let Some(list) = input.files() else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.get(index)).collect()
}
