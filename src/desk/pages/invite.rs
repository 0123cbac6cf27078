//! *Uitnodigen*: the residents' code, with a sheet to print, and invitations for who does more.

use browser::{Joined, Verb};
use dom::{El, View, b, button, div, form, h1, label, li, live, option, p, select, ul};
use domain::permissions::{Endpoint, may_invite};
use domain::plain::Plain;
use domain::{Role, Timestamp};
use leptos::prelude::*;
use protocol::{
    CodeReply, DoneReply, INVITATION_DAYS, Invitation, InvitationsReply, InviteReply, InviteRequest, ProjectInfo,
    code_path, invitation_path, invitations_path, join_link,
};
use ui::{Language, Question, asked_first, back_top, day, icon, use_language, use_screen};

use super::poster::{poster, ticket};
use super::{here, page, part};
use crate::asking::{Asked, use_asked, use_deed};
use crate::locales::use_words;
use crate::seat::{may, with_seat};

/// The ways into the project.
pub(crate) fn invite() -> View {
    let words = &use_words().invite;
    let heading = use_screen(|| words.title.to_owned(), h1().attr("data-size", "m").child(words.title));
    with_seat(move |seat| {
        let residents = residents(&seat);
        let roles = roles_to_give(&seat);
        let helpers = (!roles.is_empty()).then(|| helpers(&seat, roles));
        page(back_top("/begeleiden").child(heading.clone()), View::from(residents).and(helpers))
    })
}

/// The code on the poster.
fn residents(seat: &Joined) -> El {
    let words = &use_words().invite;
    let project = seat.project.id;
    let asked = use_asked::<CodeReply>(move || code_path(project));
    let seat = seat.clone();
    let shown = asked.show(move |CodeReply { code, path, .. }| {
        let (code, link) = (code.to_string(), here(path));
        let renew = may(&seat, Endpoint::RotateCode).then(|| renewing(code_path(project), asked));
        let ProjectInfo { name, municipality, .. } = &seat.project;
        View::from(ticket(&code, &link)).and(printing(name, municipality, code, link)).and(renew)
    });
    part("invite-residents", words.residents).child(p().child(words.residents_why)).child(shown)
}

/// The sheet: in which language, and the button that prints it.
pub(super) fn printing(project: &str, place: &str, code: String, link: String) -> View {
    let words = &use_words().invite;
    let language = RwSignal::new(use_language().get_untracked());
    let chip = move |choice: Language| {
        button()
            .class("chip")
            .attr("lang", choice.lang())
            .attr_live("aria-pressed", move || Some(if language.get() == choice { "true" } else { "false" }))
            .on_tap(move || language.set(choice))
            .child(choice.words().name)
    };
    let chips = div().class("row").attr("role", "group").attr("aria-label", words.sheet_language);
    // A browser that cannot print does nothing.
    let print = button().class("button").attr("data-kind", "main").on_tap(|| drop(window().print()));
    let (project, place) = (project.to_owned(), place.to_owned());
    let sheet = live(move || poster(&project, &place, &code, &link, language.get()));
    View::from(p().child(words.sheet_language))
        .and(chips.child(Language::CHOICES.map(chip)))
        .and(p().child(print.child(icon("download")).child(words.print)))
        .and(sheet)
}

/// Puts a new code in the place of the one that this address answered with, after asking.
pub(super) fn renewing<T: Plain + 'static>(path: String, asked: Asked<T>) -> El {
    let words = &use_words().invite;
    let deed = use_deed();
    let renew = Callback::new(move |()| {
        deed.run(Verb::Post, path.clone(), None, move |_: T| asked.again());
    });
    let ask = button().class("button").child(icon("turn")).child(words.renew);
    let question = Question { title: words.renew_sure, why: words.renew_why, drawing: "turn", yes: words.renew };
    div().class("row-acts").child(asked_first("renew-code", ask, question, renew)).child(deed.told())
}

/// Invitations for who does more than a resident.
fn helpers(seat: &Joined, roles: Vec<Role>) -> El {
    let words = &use_words().invite;
    let project = seat.project.id;
    let asked = use_asked::<InvitationsReply>(move || invitations_path(project));
    let made = RwSignal::new(None::<InviteReply>);
    let shown = asked.show({
        let seat = seat.clone();
        move |reply| list(reply, &seat, asked)
    });
    part("invite-helpers", words.helpers)
        .child(p().child(words.helpers_why))
        .child(invite_form(seat, roles, made, asked))
        .child(div().attr("role", "status").child(live(move || made.get().map(just_made))))
        .child(shown)
}

/// Returns the roles beyond a resident's that this member may invite to.
fn roles_to_give(seat: &Joined) -> Vec<Role> {
    let all = if may(seat, Endpoint::Invite) { &Role::ALL[..] } else { &[] };
    all.iter().copied().filter(|role| *role != Role::Resident && may_invite(seat.role, *role)).collect()
}

fn invite_form(
    seat: &Joined,
    may_become: Vec<Role>,
    made: RwSignal<Option<InviteReply>>,
    asked: Asked<InvitationsReply>,
) -> El {
    let words = use_words();
    let project = seat.project.id;
    let role = RwSignal::new(may_become.first().copied().unwrap_or(Role::Worker));
    let days = RwSignal::new(INVITATION_DAYS);
    let deed = use_deed();
    let roles = may_become.into_iter().map(|role| option().attr("value", role.key()).child((words.seat.role)(role)));
    let roles = select().attr("id", "invite-role").child(roles.collect::<View>()).on("change", move |event| {
        if let Some(chosen) = Role::from_key(&event_target_value(event)) {
            role.set(chosen);
        }
    });
    let lasts = [1, 7, INVITATION_DAYS, 30].map(|n| {
        let option = option().attr("value", &n.to_string()).child((words.invite.days)(n));
        option.flag("selected", n == INVITATION_DAYS)
    });
    let lasts = select().attr("id", "invite-days").child(lasts).on("change", move |event| {
        if let Ok(chosen) = event_target_value(event).parse() {
            days.set(chosen);
        }
    });
    let field =
        |id: &str, name: &str, field: El| div().class("field").child(label().attr("for", id).child(name)).child(field);
    let submit = button().class("button").attr("data-kind", "main").attr("type", "submit");
    let submit = submit.attr_live("aria-busy", move || deed.is_pending().then_some("true"));
    form()
        .class("stack")
        .on("submit", move |event| {
            event.prevent_default();
            let request = InviteRequest { role: role.get_untracked(), days: Some(days.get_untracked()), uses: Some(1) };
            deed.run(Verb::Post, invitations_path(project), Some(request.to_value()), move |reply| {
                made.set(Some(reply));
                asked.again();
            });
        })
        .child(field("invite-role", words.invite.role, roles))
        .child(field("invite-days", words.invite.lasts, lasts))
        .child(submit.child(icon("plus")).child(words.invite.make))
        .child(deed.told())
}

/// The only time that the code of an invitation is shown.
fn just_made(InviteReply { code, expires_ms, .. }: InviteReply) -> View {
    let words = &use_words().invite;
    let until = day(Timestamp::from_ms(expires_ms), use_language().get_untracked());
    let ticket = ticket(&code.to_string(), &here(&join_link(code)));
    View::from(p().child(b().child(words.made))).and(ticket).and(p().child((words.made_once)(&until)))
}

fn list(reply: &InvitationsReply, seat: &Joined, asked: Asked<InvitationsReply>) -> View {
    let words = &use_words().invite;
    if reply.invitations.is_empty() {
        return p().class("quiet").child(words.none).into();
    }
    let rows = reply.invitations.iter().map(|one| li().child(row(one, reply.server_time_ms, seat, asked)));
    ul().class("rows").child(rows.collect::<View>()).into()
}

fn row(invitation: &Invitation, now_ms: u64, seat: &Joined, asked: Asked<InvitationsReply>) -> El {
    let words = use_words();
    let language = use_language().get_untracked();
    let Invitation { id, role, uses_left, made_ms, expires_ms, is_revoked, .. } = invitation;
    let day_of = |ms: u64| day(Timestamp::from_ms(ms), language);
    let (state, is_open) = match (is_revoked, uses_left) {
        (true, _) => (words.invite.revoked.to_owned(), false),
        (false, 0) => (words.invite.used.to_owned(), false),
        (false, _) if *expires_ms <= now_ms => (words.invite.over.to_owned(), false),
        (false, _) => ((words.invite.until)(&day_of(*expires_ms)), true),
    };
    let quiet = |line: &str| p().class("small quiet").child(line);
    div()
        .class("row-words")
        .child(p().child(b().child((words.seat.role)(*role))))
        .child(quiet(&(words.invite.made_on)(&day_of(*made_ms))))
        .child(quiet(&state))
        .child(is_open.then(|| revoke(invitation_path(seat.project.id, *id), &id.to_string(), asked)))
}

fn revoke(path: String, name: &str, asked: Asked<InvitationsReply>) -> El {
    let words = &use_words().invite;
    let deed = use_deed();
    let revoke = Callback::new(move |()| {
        deed.run(Verb::Delete, path.clone(), None, move |DoneReply { .. }| asked.again());
    });
    let ask = button().class("button").child(icon("undo")).child(words.revoke);
    let question = Question { title: words.revoke_sure, why: words.revoke_why, drawing: "undo", yes: words.revoke };
    div().class("row-acts").child(asked_first(&format!("revoke-{name}"), ask, question, revoke)).child(deed.told())
}
