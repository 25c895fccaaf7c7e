//! The declarations as Rust.

use std::fmt::Write;

use crate::{App, Declaration, Page};

/// `orders.read`, `/orders` and `external-link` as `OrdersRead`, `Orders` and `ExternalLink`.
fn type_name(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters
            .next()
            .map(|first| first.to_ascii_uppercase().to_string() + letters.as_str())
    };
    name.split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter_map(word)
        .collect()
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

fn pages_of(declarations: &[Declaration], app: App) -> impl Iterator<Item = (&str, &Page)> {
    let pages = declarations
        .iter()
        .flat_map(|declaration| declaration.pages.iter().map(|page| (declaration.module.as_str(), page)));
    pages.filter(move |(_, page)| page.app == app)
}

/// A call of `macro_name!` with every right: its type, key, module, words, roles, whether people alone have it, and whether it is open to
/// impersonation.
pub fn rights(declarations: &[Declaration], macro_name: &str) -> String {
    let mut text = format!("{macro_name}! {{\n");
    for Declaration { module, rights, .. } in declarations {
        for right in rights {
            let roles: Vec<String> = right.roles.iter().map(|role| format!("{role:?}")).collect();
            let _ = writeln!(
                text,
                "#[doc = {:?}] {} = {:?} in {module:?} to {:?} for [{}] personal {} impersonation {}",
                sentence(&right.to),
                type_name(&right.key),
                right.key,
                right.to,
                roles.join(" "),
                right.personal,
                right.impersonation
            );
        }
    }
    text + "}\n"
}

/// A call of `macro_name!` with every page of an app: its type, path, module, its entry in the menu, whether it is closed to impersonation, and whether it
/// stays in every menu.
pub fn page_types(declarations: &[Declaration], app: App, macro_name: &str) -> String {
    let mut text = format!("{macro_name}! {{\n");
    for (module, page) in pages_of(declarations, app) {
        let right = page.right.as_deref().map(|right| format!("Permission::{}", type_name(right)));
        let _ = writeln!(
            text,
            "#[doc = \"The page `{path}`.\"] {} = {path:?} in {module:?} as {:?} {:?} under {:?} at {} for [{}] reserved {} mandatory {}",
            type_name(&page.path),
            page.label,
            page.icon,
            page.section,
            page.order,
            right.unwrap_or_default(),
            page.reserved,
            page.mandatory,
            path = page.path,
        );
    }
    text + "}\n"
}

/// The routes of an app's declared pages, and the icons of their entries: `pages::orders::routes()` has to be there for `/orders`, and the icon in `orion-ui`.
pub fn routes(declarations: &[Declaration], app: App) -> String {
    let mut routes = Vec::new();
    let mut icons = String::new();
    for (_, page) in pages_of(declarations, app) {
        routes.push(format!("crate::pages::{}::routes(),", page.path[1..].replace('-', "_")));
        let constant = page.icon.replace('-', "_").to_ascii_uppercase();
        let _ = writeln!(icons, "{app:?}Page::{} => icons::{constant},", type_name(&page.path));
    }
    // The router takes tuples of up to sixteen.
    let routes: Vec<String> = routes.chunks(8).map(|some| format!("({})", some.concat())).collect();
    let routes = routes.join(", ");
    format!(
        "fn declared_routes() -> AnyNestedRoute {{\n({routes},).into_any_nested_route()\n}}\n\n\
        /// The icon of a page's entry in the menu.\n\
        pub fn icon(page: {app:?}Page) -> IconData {{\nmatch page {{\n{icons}}}\n}}\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_types() {
        assert_eq!(type_name("orders.read"), "OrdersRead");
        assert_eq!(type_name("/price-lists"), "PriceLists");
        assert_eq!(sentence("see orders"), "See orders.");
    }
}
