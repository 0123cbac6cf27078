//! Lists in an order that people choose.

use std::ops::Not;

/// Whither something is moved in a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Toward {
    Start,
    End,
}

/// Says whether there is a place further on in a list of `length`.
pub(crate) const fn can_move(at: usize, length: usize, toward: Toward) -> bool {
    match toward {
        Toward::Start => at > 0,
        Toward::End => at + 1 < length,
    }
}

/// Moves something by one place and returns where it is then; at the end of the list it stays.
pub(crate) fn move_by_one<T>(items: &mut [T], at: usize, toward: Toward) -> usize {
    if !can_move(at, items.len(), toward) {
        return at;
    }
    let to = match toward {
        Toward::Start => at - 1,
        Toward::End => at + 1,
    };
    items.swap(at, to);
    to
}

impl Not for Toward {
    type Output = Self;

    fn not(self) -> Self {
        match self {
            Self::Start => Self::End,
            Self::End => Self::Start,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_moved_changes_places_with_its_neighbour_and_stays_at_the_ends() {
        let mut items = ["a", "b", "c"];
        assert_eq!(move_by_one(&mut items, 0, Toward::End), 1);
        assert_eq!(items, ["b", "a", "c"]);
        assert_eq!(move_by_one(&mut items, 2, Toward::Start), 1);
        assert_eq!(items, ["b", "c", "a"]);
        assert_eq!(move_by_one(&mut items, 2, Toward::End), 2);
        assert_eq!(move_by_one(&mut items, 0, Toward::Start), 0);
        assert_eq!(items, ["b", "c", "a"]);
        assert!(!can_move(0, 0, Toward::End));
    }
}
