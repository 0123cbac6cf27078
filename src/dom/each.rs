//! Rows that stay as long as their key does.

use reactive_graph::graph::untrack;
use reactive_graph::owner::Owner;
use web_sys::Node;

use crate::View;
use crate::element::boxed_follow;
use crate::live::{Place, put_before, take_stretch};

/// Shows a row for each key, in the order of the keys, as the signals say that `keys` reads. A row is made once and stays
/// as long as its key does; it moves when the order changes. No key may occur twice.
pub fn each<K: PartialEq + 'static>(
    keys: impl FnMut() -> Vec<K> + 'static,
    row: impl Fn(&K) -> View + 'static,
) -> View {
    boxed_each(Box::new(keys), Box::new(row))
}

struct Row<K> {
    key: K,
    /// What is made in a row belongs to it, and ends with it.
    owner: Owner,
    first: Node,
    last: Node,
}

fn boxed_each<K: PartialEq + 'static>(mut keys: Box<dyn FnMut() -> Vec<K>>, make: Box<dyn Fn(&K) -> View>) -> View {
    let place = Place::new();
    let whole = place.whole();
    let [_, end] = place.ends();
    // Rows belong to whoever shows the list, not to one run of what follows its keys.
    let list = Owner::new();
    let mut rows: Vec<Row<K>> = Vec::new();
    boxed_follow(Box::new(move || {
        let keys = keys();
        let (mut held, gone): (Vec<_>, Vec<_>) = rows.drain(..).partition(|row| keys.contains(&row.key));
        for row in gone {
            row.owner.cleanup();
            take_stretch(&row.first, &row.last);
        }
        for key in keys {
            let row = match held.iter().position(|row| row.key == key) {
                Some(at) => held.remove(at),
                None => make_row(key, list.child(), &*make, &end),
            };
            rows.push(row);
        }
        arrange(&rows, &end);
    }));
    whole
}

/// Makes a row and puts it before `end`.
fn make_row<K>(key: K, owner: Owner, make: &dyn Fn(&K) -> View, end: &Node) -> Row<K> {
    let place = Place::new();
    put_before(place.whole().node(), end);
    place.fill(&owner.with(|| untrack(|| make(&key))));
    let [first, last] = place.ends();
    Row { key, owner, first, last }
}

/// Puts the rows in order before `end`, moving only those that stand elsewhere.
fn arrange<K>(rows: &[Row<K>], end: &Node) {
    let mut next = end.clone();
    for row in rows.iter().rev() {
        if row.last.next_sibling().as_ref() != Some(&next) {
            put_before(take_stretch(&row.first, &row.last).node(), &next);
        }
        next = row.first.clone();
    }
}
