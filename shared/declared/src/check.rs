//! What would compile and be wrong, or would not compile and say so in a place that nobody wrote.

use std::collections::BTreeMap;

use crate::{App, Declaration, Page, Right};

/// Holds the declarations of all modules against one another.
pub(crate) fn check(declarations: &[Declaration]) -> Result<(), String> {
    let mut rights: BTreeMap<&str, &str> = BTreeMap::new();
    let mut pages: BTreeMap<String, &str> = BTreeMap::new();
    for Declaration { module, rights: own, .. } in declarations {
        for right in own {
            well_formed(right)?;
            claim(&mut rights, right.key.as_str(), module, "right")?;
        }
    }
    for declaration in declarations {
        for page in &declaration.pages {
            is_one_part(page)?;
            if page.mandatory && page.app == App::Admin {
                return Err(format!(
                    "page {} is mandatory, and the administration's menu hides nothing",
                    page.path
                ));
            }
            claim(&mut pages, format!("{:?}{}", page.app, page.path), &declaration.module, "page")?;
            if let Some(right) = page.right.as_deref().filter(|right| !rights.contains_key(right)) {
                return Err(format!("page {} needs the right {right:?}, which no module declares", page.path));
            }
        }
    }
    Ok(())
}

fn claim<'a, K: Ord + std::fmt::Debug + Clone>(claimed: &mut BTreeMap<K, &'a str>, name: K, by: &'a str, what: &str) -> Result<(), String> {
    match claimed.insert(name.clone(), by) {
        Some(first) => Err(format!("{what} {name:?} is declared by {first:?} and by {by:?}")),
        None => Ok(()),
    }
}

fn well_formed(right: &Right) -> Result<(), String> {
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase());
    if right.personal && right.impersonation {
        return Err(format!(
            "{:?} is for the store's own people alone, and open to impersonation",
            right.key
        ));
    }
    match right.key.split_once('.') {
        Some((area, action)) if is_word(area) && is_word(action) => Ok(()),
        _ => Err(format!("{:?} is not the name of a right: area.action in small letters", right.key)),
    }
}

fn is_one_part(page: &Page) -> Result<(), String> {
    let part = page.path.strip_prefix('/').unwrap_or_default();
    if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-') {
        Ok(())
    } else {
        Err(format!("{:?} is not the path of a page: one part, such as /orders", page.path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(text: &str) -> Declaration {
        toml::from_str(text).unwrap()
    }

    const ORDERS: &str = "module = 'orders'\n[[right]]\nkey = 'orders.read'\nto = 'see orders'\nroles = ['viewer']\n\
        [[page]]\napp = 'store'\npath = '/orders'\nlabel = 'Orders'\nicon = 'inbox'\nsection = ''\norder = 1\nright = 'orders.read'";

    #[test]
    fn two_modules_cannot_declare_the_same() {
        let other = Declaration {
            module: "sales".to_owned(),
            ..declared(ORDERS)
        };
        assert_eq!(
            check(&[declared(ORDERS), other]).unwrap_err(),
            "right \"orders.read\" is declared by \"orders\" and by \"sales\""
        );
        assert_eq!(check(&[declared(ORDERS)]), Ok(()));
    }

    #[test]
    fn only_what_can_be_hidden_is_mandatory() {
        let of = |app: &str| declared(&ORDERS.replace("app = 'store'", &format!("app = '{app}'\nmandatory = true")));
        assert_eq!(check(&[of("store")]), Ok(()));
        assert_eq!(
            check(&[of("admin")]).unwrap_err(),
            "page /orders is mandatory, and the administration's menu hides nothing"
        );
    }

    #[test]
    fn a_page_needs_a_right_that_somebody_declares() {
        let page = declared(&ORDERS.replace("right = 'orders.read'", "right = 'orders.see'"));
        assert_eq!(
            check(&[page]).unwrap_err(),
            "page /orders needs the right \"orders.see\", which no module declares"
        );
    }

    #[test]
    fn what_people_alone_have_is_not_open_to_impersonation() {
        let right = declared(&ORDERS.replace("roles = ['viewer']", "roles = []\npersonal = true\nimpersonation = true"));
        assert!(check(&[right]).unwrap_err().contains("impersonation"));
    }

    #[test]
    fn names_have_one_form() {
        let right = declared(&ORDERS.replace("orders.read", "Orders-read"));
        assert!(check(&[right]).unwrap_err().contains("area.action"));
        let page = declared(&ORDERS.replace("/orders", "/orders/new"));
        assert!(check(&[page]).unwrap_err().contains("one part"));
    }
}
