//! What stands at the foot of a step: the way back, and saving.

use dom::{El, View, a, div, footer};
use domain::RecordId;
use ui::icon;

use crate::places::saved_path;

/// The way back to `behind`, and what stands beside it.
pub(super) fn foot(behind: &str, beside: impl Into<View>) -> El {
    let back = a().class("button").attr("href", behind).attr("data-go", "back").child(ui::use_words().general.back);
    footer().class("foot").child(div().class("foot-inner").child(back).child(beside))
}

/// Saves a draft.
pub(super) fn save_draft(draft: RecordId) -> El {
    let save = a().class("button").attr("data-kind", "main").attr("href", &saved_path(draft)).child(icon("check"));
    save.child(ui::use_words().general.save)
}
