//! The tree of categories, as pairs of a category and its parent.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

/// A category and the one above it.
pub(crate) type Branch = (Uuid, Option<Uuid>);

/// The category itself and all below it.
pub(crate) fn descendants(branches: &[Branch], root: Uuid) -> Vec<Uuid> {
    let mut found = vec![root];
    let mut seen = HashSet::from([root]);
    let mut next = 0;
    while let Some(&parent) = found.get(next) {
        let children = branches.iter().filter(|(_, above)| *above == Some(parent)).map(|(id, _)| *id);
        found.extend(children.filter(|id| seen.insert(*id)));
        next += 1;
    }
    found
}

/// Pairs of each category with itself and every one above it.
pub(crate) fn ancestors(branches: &[Branch]) -> Vec<(Uuid, Uuid)> {
    let parents: HashMap<Uuid, Option<Uuid>> = branches.iter().copied().collect();
    let mut pairs = Vec::with_capacity(branches.len() * 2);
    for (id, _) in branches {
        let mut seen = HashSet::new();
        let mut above = Some(*id);
        // A parent that was deleted ends the way up.
        while let Some(one) = above.filter(|one| parents.contains_key(one) && seen.insert(*one)) {
            pairs.push((*id, one));
            above = parents.get(&one).copied().flatten();
        }
    }
    pairs
}

/// The order in which a tree is shown: each category before those below it, siblings as they come.
pub(crate) fn depth_first(branches: &[Branch]) -> Vec<Uuid> {
    let known: HashSet<Uuid> = branches.iter().map(|(id, _)| *id).collect();
    let is_root = |parent: &Option<Uuid>| parent.is_none_or(|parent| !known.contains(&parent));
    let mut waiting: Vec<Uuid> = branches
        .iter()
        .rev()
        .filter(|(_, parent)| is_root(parent))
        .map(|(id, _)| *id)
        .collect();
    let mut order = Vec::with_capacity(branches.len());
    while let Some(id) = waiting.pop() {
        order.push(id);
        waiting.extend(
            branches
                .iter()
                .rev()
                .filter(|(_, parent)| *parent == Some(id))
                .map(|(child, _)| *child),
        );
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn tree() -> Vec<Branch> {
        vec![
            (id(1), None),
            (id(4), None),
            (id(2), Some(id(1))),
            (id(3), Some(id(2))),
            (id(5), Some(id(1))),
        ]
    }

    #[test]
    fn a_category_holds_what_is_below_it() {
        assert_eq!(descendants(&tree(), id(1)), [id(1), id(2), id(5), id(3)]);
        assert_eq!(descendants(&tree(), id(4)), [id(4)]);
    }

    #[test]
    fn a_category_counts_for_all_above_it() {
        let above: Vec<Uuid> = ancestors(&tree())
            .into_iter()
            .filter(|(below, _)| *below == id(3))
            .map(|(_, above)| above)
            .collect();
        assert_eq!(above, [id(3), id(2), id(1)]);
    }

    #[test]
    fn a_tree_is_shown_branch_by_branch() {
        assert_eq!(depth_first(&tree()), [id(1), id(2), id(3), id(5), id(4)]);
    }

    #[test]
    fn a_circle_ends() {
        let circle = vec![(id(1), Some(id(2))), (id(2), Some(id(1)))];
        assert_eq!(descendants(&circle, id(1)).len(), 2);
        assert_eq!(ancestors(&circle).len(), 4);
        assert!(depth_first(&circle).is_empty());
    }
}
