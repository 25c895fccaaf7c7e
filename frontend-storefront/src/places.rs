//! Which data belongs to an address of the shop; one table for pages, prefetching and the server's first data.

/// What is shown at an address, with the API path its data comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The home page.
    Home,
    /// A listing.
    Listing(String),
    /// A product.
    Product(String),
}

/// The API path of the home page.
pub const HOME: &str = "/home";
/// How many products a page of a listing has: whole rows of two, three and four.
pub const PAGE_SIZE: u32 = 24;
/// What of an address narrows a listing.
const KEYS: [&str; 6] = ["q", "min_price", "max_price", "available", "options", "sort"];

impl Place {
    /// The place at a path inside the app; `search` may start with `?`.
    pub fn of(path: &str, search: &str) -> Option<Self> {
        let path = if path.len() > 1 { path.trim_end_matches('/') } else { path };
        if path == "/" {
            return Some(Self::Home);
        }
        if path == "/products" || path == "/search" {
            return Some(Self::Listing(listing_path(None, search)));
        }
        if let Some(slug) = path.strip_prefix("/products/").filter(|slug| !slug.contains('/')) {
            return Some(Self::Product(product_path(slug)));
        }
        let slug = path.strip_prefix("/categories/").filter(|slug| !slug.contains('/'))?;
        Some(Self::Listing(listing_path(Some(slug), search)))
    }
}

/// The API path of a product's page.
pub fn product_path(slug: &str) -> String {
    format!("/products/{slug}")
}

/// The API path of a listing: the parameters that narrow it, as they are written in the address.
pub fn listing_path(category: Option<&str>, search: &str) -> String {
    let mut path = format!("/products?limit={PAGE_SIZE}");
    if let Some(slug) = category {
        path.push_str("&category=");
        path.push_str(slug);
    }
    for pair in search.trim_start_matches('?').split('&') {
        let Some((key, value)) = pair.split_once('=').filter(|(_, value)| !value.is_empty()) else {
            continue;
        };
        if KEYS.contains(&key) {
            path.push('&');
            path.push_str(pair);
        } else if key == "after" {
            // The cursors of all pages that were turned, as the kit's `Paging` keeps them; the last one is that of this page.
            path.push_str("&cursor=");
            path.push_str(value.rsplit('.').next().unwrap_or(value));
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_its_data() {
        assert_eq!(Place::of("/", ""), Some(Place::Home));
        assert_eq!(
            Place::of("/products/blue-mug", ""),
            Some(Place::Product("/products/blue-mug".to_owned()))
        );
        assert_eq!(
            Place::of("/categories/mugs", "?sort=price&lang=de&after=a.b"),
            Some(Place::Listing("/products?limit=24&category=mugs&sort=price&cursor=b".to_owned()))
        );
        assert_eq!(Place::of("/cart", ""), None);
        assert_eq!(Place::of("/products/a/b", ""), None);
    }
}
