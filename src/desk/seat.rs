//! Who sits at the desk: the membership with which one guides.

use browser::{Joined, Memberships};
use dom::{View, a, div, header, live, main, p};
use domain::permissions::{Endpoint, May};
use ui::{bones, derive, use_live};

use crate::locales::use_words;

/// Shows a screen to who guides a project; whoever guides none reads whom it is for.
pub(crate) fn with_seat(screen: impl Fn(Joined) -> View + 'static) -> View {
    let all = use_live().memberships;
    let seat = derive(move || all.map(seat_of));
    live(move || match seat.get() {
        None => framed(bones()),
        Some(None) => framed(for_whom()),
        Some(Some(seat)) => screen(seat),
    })
}

/// Says whether this member may ask that of the server at all: by the table that the server itself goes by.
pub(crate) fn may(seat: &Joined, endpoint: Endpoint) -> bool {
    endpoint.may(seat.role) != May::No
}

fn framed(inside: impl Into<View>) -> View {
    [header().class("top"), main().attr("id", "main").child(div().class("page stack").child(inside))].into()
}

fn for_whom() -> View {
    let words = &use_words().seat;
    let to_start =
        a().class("button").attr("data-kind", "main").attr("href", "/").child(ui::use_words().general.to_start);
    View::from(dom::h1().child(words.for_whom)).and(p().child(words.for_whom_why)).and(p().child(to_start))
}

/// Returns the membership with which this phone guides: the current one, or else the first that does.
fn seat_of(memberships: &Memberships) -> Option<Joined> {
    let guiding = || memberships.joined.iter().filter(|joined| joined.role.has_desk());
    let current = guiding().find(|joined| Some(joined.project.id) == memberships.current);
    current.or_else(|| guiding().next()).cloned()
}

#[cfg(test)]
mod tests {
    use domain::{MemberId, ProjectId, Role, Timestamp};
    use protocol::ProjectInfo;

    use super::*;

    fn joined(number: u64, role: Role) -> Joined {
        let project = ProjectInfo {
            id: ProjectId::new(Timestamp::from_ms(number), [0; 10]),
            name: format!("Buurt {number}"),
            municipality: "Ede".into(),
        };
        Joined { project, member: MemberId::new(Timestamp::from_ms(number), [1; 10]), role, nickname: String::new() }
    }

    #[test]
    fn one_sits_with_the_current_project_where_one_guides_it_and_else_with_one_that_one_does() {
        let all = [joined(1, Role::Resident), joined(2, Role::Worker), joined(3, Role::Worker)];
        let seat = |current: Option<usize>| {
            let memberships = Memberships {
                joined: all.to_vec(),
                current: current.map(|at| all[at].project.id),
                ..Memberships::default()
            };
            seat_of(&memberships)
        };
        assert_eq!(seat(Some(2)), Some(all[2].clone()));
        assert_eq!(seat(Some(0)), Some(all[1].clone()));
        assert_eq!(seat(None), Some(all[1].clone()));
        assert_eq!(seat_of(&Memberships { joined: vec![all[0].clone()], ..Memberships::default() }), None);
    }
}
