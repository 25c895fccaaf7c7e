//! What an address of the shop asks for.

use std::collections::HashMap;

use actix_web::web;
use orion_types::catalog::ListingQuery;

/// How many products a page of a listing has; the app asks for as many.
pub const PAGE_SIZE: u32 = 24;
/// The parameter with the cursors of the pages that were turned.
pub const PAGES: &str = "after";
/// The parameter with the chosen variant of a product.
pub const VARIANT: &str = "variant";

/// A page of the shop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Address {
    /// The home page.
    Home,
    /// Everything on sale.
    Products,
    /// A category, by its slug.
    Category(String),
    /// A search.
    Search,
    /// A product, by its slug.
    Product(String),
    /// A page that only the app can show; whether it needs the shop to sell.
    App { selling: bool },
    /// Nothing.
    Unknown,
}

impl Address {
    /// The page at a path below the shop's base.
    pub fn of(path: &str) -> Self {
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Home,
            ["products"] => Self::Products,
            ["products", slug] => Self::Product((*slug).to_owned()),
            ["categories", slug] => Self::Category((*slug).to_owned()),
            ["search"] => Self::Search,
            ["cart" | "checkout" | "track"] | ["orders", _] | ["account", "orders"] | ["account", "orders", _] => {
                Self::App { selling: true }
            }
            ["login" | "register" | "password" | "email" | "account"] | ["password", "new"] | ["account", "addresses" | "profile"] => {
                Self::App { selling: false }
            }
            _ => Self::Unknown,
        }
    }

    /// The path without parameters, for canonical addresses.
    pub fn path(&self) -> String {
        match self {
            Self::Products => "/products".to_owned(),
            Self::Category(slug) => format!("/categories/{slug}"),
            Self::Search => "/search".to_owned(),
            Self::Product(slug) => format!("/products/{slug}"),
            Self::Home | Self::App { .. } | Self::Unknown => "/".to_owned(),
        }
    }
}

/// The parameters of an address. Unknown ones are nobody's mistake here: links carry marks of where they were found.
#[derive(Debug, Clone, Default)]
pub struct Query(HashMap<String, String>);

impl Query {
    /// Reads a query string; of a parameter that is there twice the last counts.
    pub fn parse(text: &str) -> Self {
        Self(
            web::Query::<HashMap<String, String>>::from_query(text)
                .map(web::Query::into_inner)
                .unwrap_or_default(),
        )
    }

    /// A parameter that is there and not empty.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Whether the listing is narrowed or sorted: a view of another page.
    pub fn is_narrowed(&self) -> bool {
        ["min_price", "max_price", "available", "options", "sort"]
            .into_iter()
            .any(|name| self.get(name).is_some())
    }

    /// The cursors of the pages that were turned, the last one that of this page; see `Paging` in the kit, which the app uses.
    pub fn turned(&self) -> Vec<&str> {
        self.get(PAGES).map(|trail| trail.split('.').collect()).unwrap_or_default()
    }

    /// The listing that is asked for.
    pub fn listing(&self, category: Option<&str>) -> ListingQuery {
        let text = |name: &str| self.get(name).map(str::to_owned);
        ListingQuery {
            q: text("q"),
            category: category.map(str::to_owned),
            min_price: self.get("min_price").and_then(|price| price.parse().ok()),
            max_price: self.get("max_price").and_then(|price| price.parse().ok()),
            available: self.get("available").map(|value| value == "true"),
            options: text("options"),
            sort: text("sort"),
            cursor: self.turned().last().map(|cursor| (*cursor).to_owned()),
            limit: Some(PAGE_SIZE),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_has_its_page() {
        assert_eq!(Address::of("/"), Address::Home);
        assert_eq!(Address::of("/products/"), Address::Products);
        assert_eq!(Address::of("/products/blue-mug"), Address::Product("blue-mug".to_owned()));
        assert_eq!(Address::of("/categories/mugs"), Address::Category("mugs".to_owned()));
        assert_eq!(Address::of("/account/orders/1"), Address::App { selling: true });
        assert_eq!(Address::of("/login"), Address::App { selling: false });
        assert_eq!(Address::of("/products/a/b"), Address::Unknown);
        assert_eq!(Address::of("/wp-login.php"), Address::Unknown);
    }

    #[test]
    fn foreign_parameters_are_no_mistake() {
        let query = Query::parse("utm_source=x&min_price=abc&q=tea&sort=&q=mug");
        let listing = query.listing(None);
        assert_eq!((listing.q.as_deref(), listing.min_price, listing.sort), (Some("mug"), None, None));
        assert!(query.is_narrowed());
    }

    #[test]
    fn a_page_further_on_is_the_one_behind_the_last_cursor() {
        let query = Query::parse("after=a.b");
        assert_eq!((query.turned(), query.listing(None).cursor.as_deref()), (vec!["a", "b"], Some("b")));
        assert!(!query.is_narrowed() && Query::default().turned().is_empty());
    }
}
