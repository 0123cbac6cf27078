//! Taking and choosing photos and files: an ordinary file input that covers what one taps.

use dom::reactive::*;
use dom::{El, View, input, label};
use web_sys::{Event, File, HtmlInputElement};

/// A label with a file input over it. A camera opens at once; without it one may choose several.
pub fn picker(class: &'static str, is_camera: bool, on_files: Callback<Vec<File>>, shape: View) -> El {
    let field = field("image/*", on_files).maybe("capture", is_camera.then_some("environment"));
    label().class(class).child(shape).child(field.flag("multiple", !is_camera))
}

/// A label with a file input over it, for one file of these kinds.
pub fn file_picker(class: &'static str, kinds: &'static str, on_files: Callback<Vec<File>>, shape: View) -> El {
    label().class(class).child(shape).child(field(kinds, on_files))
}

fn field(kinds: &'static str, on_files: Callback<Vec<File>>) -> El {
    let change = move |event: &Event| {
        let input: HtmlInputElement = event_target(event);
        let files = files_of(&input);
        // Empty again, so that the same photo can be chosen once more.
        input.set_value("");
        if !files.is_empty() {
            on_files.run(files);
        }
    };
    input().attr("type", "file").attr("accept", kinds).attr("autocomplete", "off").on("change", change)
}

fn files_of(input: &HtmlInputElement) -> Vec<File> {
    let Some(list) = input.files() else { return Vec::new() };
    (0..list.length()).filter_map(|index| list.get(index)).collect()
}
