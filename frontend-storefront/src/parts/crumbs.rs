use orion_types::catalog::CategorySummary;
use orion_ui::Crumb;

use crate::shop::shop;
use crate::text::{Text, t};

/// The way from the start to a category, the category itself included as a link.
pub fn category_crumbs(category: Option<&CategorySummary>) -> Vec<Crumb> {
    let mut way = Vec::new();
    let mut next = category;
    // Bounded: a tree of categories has no cycles, and if it had one the page would still end.
    while let Some(category) = next.filter(|_| way.len() < 8) {
        way.push(Crumb::link(category.name.as_str(), format!("/categories/{}", category.slug)));
        next = category
            .parent_id
            .and_then(|parent| shop().info.categories.iter().find(|other| other.id == parent));
    }
    if category.is_none() {
        way.push(Crumb::link(t(Text::AllProducts), "/products"));
    }
    way.push(Crumb::link(t(Text::Home), "/"));
    way.reverse();
    way
}
