//! What every screen finds in its context, and which screen stands at which address.

use browser::Phone;
use dom::{El, View, div, live};
use leptos::prelude::*;
use ui::{Language, bar, derive, not_found, provide_language, provide_live, provide_navigation, skip_link, use_go};

use crate::pages::{
    cover, data, edit, people_of_draft, people_of_entry, photos, question, share_again, tell_by_voice, tell_place,
};
use crate::places::Place;

/// Links to screens of this part; all others lead to another part's page.
const LINKS: &str = "a[href^='/erbij/'],a[href='/meer/gegevens']";

/// All of this part. A change of language makes every screen anew.
pub(crate) fn making(phone: Phone, language: Language) -> View {
    provide_live(phone);
    let language = provide_language(language);
    provide_navigation(LINKS);
    live(move || {
        language.track();
        View::from(skip_link()).and(screens())
    })
}

/// The screen that the address names. Steps of making an entry have a frame without the five places.
fn screens() -> View {
    let go = use_go();
    let place = derive(move || Place::at(&go.path(), go.query("gedeeld").as_deref()));
    live(move || match place.get() {
        Place::Photos(draft) => div().class("frame").child(photos(draft)),
        Place::Where(draft) => div().class("frame").child(tell_place(draft)),
        Place::Voice(draft) => div().class("frame").child(tell_by_voice(draft)),
        Place::People(draft) => div().class("frame").child(people_of_draft(draft)),
        Place::PeopleOfEntry(entry) => div().class("frame").child(people_of_entry(entry)),
        Place::Question(draft, at) => div().class("frame").child(question(draft, at)),
        Place::Cover(draft, photo) => div().class("frame").child(cover(draft, photo)),
        Place::ShareAgain(why) => framed(share_again(why)),
        Place::Edit(entry) => framed(edit(entry)),
        Place::Data => framed(data()),
        Place::Nowhere => framed(not_found()),
    })
}

/// A screen in the frame with the five places.
fn framed(screen: View) -> El {
    div().class("frame").flag("data-rail", true).child(screen).child(bar())
}
