//! The store that the page is about, and what the member may do in it.

use leptos::prelude::*;
use orion_app::Loader;
use orion_client::page_context;
use orion_types::Currency;
use orion_types::auth::{StaffProfile, StaffStore};
use orion_types::permission::Permission;
use orion_types::status::MemberRole;
use orion_types::store::PageStore;
use orion_ui::NumberField;

/// The store of this page; the server wrote it into the document.
pub fn page_store() -> Option<PageStore> {
    page_context().store
}

/// The code of the store's currency.
pub fn currency() -> String {
    page_store().map(|store| store.currency.to_string()).unwrap_or_default()
}

/// An empty field for an amount in the store's currency, or one with an amount.
pub fn money_field(minor: Option<i64>) -> NumberField {
    // The pages that take amounts are those of a store.
    let currency = page_store().map_or(Currency::EUR, |store| store.currency);
    NumberField::money(currency, minor)
}

/// The member who is signed in, from the context that the shell provides.
pub fn use_profile() -> Loader<StaffProfile> {
    expect_context()
}

/// Whether the member holds a right here; to be tracked.
pub fn may(permission: Permission) -> bool {
    use_profile()
        .get()
        .and_then(|profile| profile.current)
        .is_some_and(|access| access.permissions.contains(&permission))
}

/// Whether the store is the member's own; to be tracked.
pub fn owns_store() -> bool {
    let current = use_profile().get().and_then(|profile| profile.current);
    current.is_some_and(|access| access.role == MemberRole::Owner)
}

/// Whether a module is on here; to be tracked.
pub fn module_on(id: &str) -> bool {
    use_profile()
        .get()
        .and_then(|profile| profile.current)
        .is_some_and(|access| access.modules.iter().any(|module| module == id))
}

/// Where the dashboard of a store is. Beside this one in path mode, where one session serves all; else on the store's own host.
pub fn dashboard_href(store: &StaffStore) -> String {
    let page = page_context();
    let by_path = page.base.starts_with("/store/") || (page.store.is_none() && matches!(page.environment.as_str(), "development" | "test"));
    if by_path {
        format!("/store/{}/dashboard", store.code)
    } else {
        store.dashboard_url.clone()
    }
}

/// The address of a picture of a product in one of its widths, once it is ready.
pub fn media_src(image: &orion_types::catalog::ProductImage, width: u32) -> Option<String> {
    let page = page_context();
    // In path mode pictures are below the shop's path; on the store's own host they are at the root.
    let root = match page.store {
        Some(store) if page.base.starts_with("/store/") => format!("/storefront/{}", store.code),
        _ => String::new(),
    };
    (image.status == "ready").then(|| format!("{root}{}", orion_types::store::media_path(image.id, width)))
}
