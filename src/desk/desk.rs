//! What every screen finds in its context, and which screen stands at which address.

use browser::Phone;
use dom::{View, div, live};
use leptos::prelude::*;
use ui::{Language, bar, derive, not_found, provide_language, provide_live, provide_navigation, skip_link, use_go};

use crate::pages::{
    approve, approve_case, coming, group, groups, invite, log, members, overview, phones, setup, setup_part,
};
use crate::places::Place;

/// Links to screens of this part; all others lead to the first part's page.
const LINKS: &str = "a[href^='/begeleiden'],a[href^='/meer/']";

/// All of this part. A change of language makes every screen anew.
pub(crate) fn desk(phone: Phone, language: Language) -> View {
    provide_live(phone);
    let language = provide_language(language);
    provide_navigation(LINKS);
    live(move || {
        language.track();
        View::from(skip_link()).and(screens())
    })
}

/// The screen that the address names, in the frame with the five places.
fn screens() -> View {
    let go = use_go();
    let place = derive(move || Place::at(&go.path()));
    div().class("frame").flag("data-rail", true).child(live(move || screen(place.get()))).child(bar()).into()
}

fn screen(place: Place) -> View {
    match place {
        Place::Overview => overview(),
        Place::Members => members(),
        Place::Invite => invite(),
        Place::Log => log(),
        Place::Approve => approve(),
        Place::ApproveCase(id) => approve_case(id),
        Place::Setup => setup(),
        Place::SetupPart(part) => setup_part(part),
        Place::Groups => groups(),
        Place::Group(id) => group(id),
        Place::Phones => phones(),
        Place::Coming => coming(),
        Place::Nowhere => not_found(),
    }
}
