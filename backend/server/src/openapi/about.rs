//! What stands at the head of every document: what it is, where the API is, whom it lets in, what its parts are called.

use orion_types::permission::Permission;
use serde_json::{Value, json};

use super::each_operation;

/// The tags and what their operations are about, but for those that a module declares itself.
const TAGS: &[(&str, &str)] = &[
    ("account", "One's own account, and the devices on which one is signed in."),
    ("api-keys", "What programs ask the store by, each with rights of its own."),
    ("cart", "The cart of a shopper, with an account or without."),
    ("categories", "The categories of a shop, as staff edit them."),
    ("checkout", "From a cart to an order."),
    ("customers", "The customers of a store, as staff see them."),
    ("dashboard", "Figures for the first page of a dashboard."),
    (
        "domains",
        "What a store is reached under, and how it is proved that a domain is its own.",
    ),
    ("errors", "The kinds of problems that the API answers with."),
    (
        "events",
        "What happens in a store, as it is told to addresses outside. The same event may come more than once: its id is the same.",
    ),
    ("exports", "Files of what a store holds, and the signed links to them."),
    ("imports", "Product files on their way into a shop, and what became of them."),
    ("inventory", "Stock and its ledger."),
    ("menu", "What the apps show in their menus."),
    ("modules", "Parts of the platform and whether they are on."),
    ("operations", "The platform's own business: jobs, audit log, health."),
    ("orders", "Orders: looking at them, and what happens to them afterwards."),
    (
        "people",
        "Everybody who signs in to the administration or to dashboards, who of them administers what, and who is invited to.",
    ),
    ("platforms", "Groups of stores with a domain of their own."),
    ("products", "Products, their variants and pictures, as staff edit them."),
    ("settings", "What a store can set: itself, taxes, shipping, payment."),
    ("shop", "What a shop shows to everybody."),
    ("sign-in", "Signing in, staying signed in, signing out, registering."),
    ("sign-up", "Stores that people open by themselves, where their platform lets them."),
    ("stores", "The stores of a platform."),
    (
        "impersonation",
        "Administrators of the platform in a store's dashboard: with a reason, for a while, and seen by the merchant.",
    ),
    ("team", "Who works for a store and in which role, and who is invited to."),
    ("webhooks", "Where a store's events are sent, and what became of each."),
];

const DESCRIPTION: &str = "The API of every shop on an Orion platform. The host of a request names the shop; the administration is below \
`/api/v1/admin`, a shop's dashboard below `/api/v1/store`, what shoppers do below `/api/v1/storefront`.

Errors are problem documents (RFC 9457); `code` says which one, and `GET /api/v1/errors` lists all. Fields and query parameters that are not \
known are refused. What people edit has a version: it comes as `ETag` and goes back as `If-Match`.";

pub(super) fn describe(document: &mut Value) {
    document["info"] = json!({
        "title": "Orion",
        "version": env!("CARGO_PKG_VERSION"),
        "description": DESCRIPTION,
        "contact": { "name": "Orion" },
        "license": { "name": "MIT or Apache 2.0", "identifier": "MIT OR Apache-2.0" },
    });
    document["servers"] = json!([
        { "url": "/", "description": "The host that this document comes from." },
        {
            "url": "https://{host}",
            "description": "A shop, by its own host.",
            "variables": { "host": { "default": "shop.example", "description": "The host of the shop, or of the administration." } },
        },
    ]);
    let mut tags: Vec<Value> = document["tags"].as_array().cloned().unwrap_or_default();
    tags.extend(
        TAGS.iter()
            .map(|(name, description)| json!({ "name": name, "description": description })),
    );
    tags.sort_by(|one, other| one["name"].as_str().cmp(&other["name"].as_str()));
    document["tags"] = tags.into();
    document["components"]["securitySchemes"] = json!({
        "admin": bearer("An access token of the admin area, from /api/v1/admin/auth/login."),
        "staff": bearer("An access token of the store area, from /api/v1/store/auth/login. The scopes are the rights that are needed."),
        "key": key(),
        "customer": bearer("An access token of a shop's customer, from /api/v1/storefront/auth/login."),
    });
}

fn key() -> Value {
    let told = "An API key of the store, from /api/v1/store/api-keys: `Authorization: Bearer orion_sk_…`. The scopes are the rights that are needed.";
    json!({ "type": "http", "scheme": "bearer", "bearerFormat": "orion_sk_", "description": told })
}

/// An API key opens whatever staff need rights for that a key can hold. The gate makes no difference between them, so no handler says it.
pub(super) fn open_to_keys(document: &mut Value) {
    each_operation(document, |operation| {
        let security = operation.value.get_mut("security").and_then(Value::as_array_mut);
        let Some(security) = security else { return };
        let asked = security
            .iter()
            .find_map(|scheme| scheme.get("staff")?.as_array())
            .cloned()
            .unwrap_or_default();
        let held = |right: &Value| right.as_str().and_then(Permission::named).is_some_and(|right| !right.is_personal());
        if !asked.is_empty() && asked.iter().all(held) {
            security.push(json!({ "key": asked }));
        }
    });
}

fn bearer(told: &str) -> Value {
    json!({ "type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": told })
}
