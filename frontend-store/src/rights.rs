//! Rights in words and groups, for whoever chooses some of them.

use orion_types::RightSet;
use orion_types::permission::Permission;

/// `orders.read` and `orders.write` are about "Orders".
pub fn about(right: Permission) -> String {
    capitalised(right.area())
}

/// With a capital at the start.
pub fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// Rights by what they are about, in the order of the catalogue.
pub fn groups(rights: RightSet) -> Vec<(String, Vec<Permission>)> {
    let mut groups: Vec<(String, Vec<Permission>)> = Vec::new();
    for right in rights.iter() {
        let about = about(right);
        match groups.iter_mut().find(|(known, _)| *known == about) {
            Some((_, members)) => members.push(right),
            None => groups.push((about, vec![right])),
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_are_grouped_by_what_they_are_about() {
        let rights = [Permission::OrdersRead, Permission::OrdersWrite, Permission::ProductsRead];
        let found = groups(rights.into_iter().collect());
        let expected = [
            ("Products".to_owned(), vec![Permission::ProductsRead]),
            ("Orders".to_owned(), vec![Permission::OrdersRead, Permission::OrdersWrite]),
        ];
        assert_eq!(found, expected);
    }
}
