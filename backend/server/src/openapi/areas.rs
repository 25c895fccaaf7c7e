//! The parts of the document: one for each area, none for what is no part of the API.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::{METHODS, webhooks};

/// Which operations a document tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Area {
    /// All.
    All,
    /// The administration's.
    Admin,
    /// The dashboard's.
    Store,
    /// The shop's.
    Storefront,
}

impl Area {
    /// Every document there is.
    pub const ALL: &'static [Self] = &[Self::All, Self::Admin, Self::Store, Self::Storefront];

    /// What stands in the name of its file.
    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Admin => "-admin",
            Self::Store => "-store",
            Self::Storefront => "-storefront",
        }
    }

    fn holds(self, path: &str) -> bool {
        let below = |prefix: &str| path.starts_with(prefix);
        match self {
            Self::All => true,
            Self::Admin => below("/api/v1/admin/") || path == "/api/v1/errors",
            Self::Store => below("/api/v1/store/") || path == "/api/v1/errors",
            Self::Storefront => below("/api/v1/storefront/") || below("/media/") || path == "/api/v1/errors",
        }
    }
}

/// Takes out what is for whoever develops or runs the server.
pub(super) fn keep_public(document: &mut Value) {
    if let Some(paths) = document["paths"].as_object_mut() {
        paths.retain(|path, _| path.starts_with("/api/v1/") || path.starts_with("/media/"));
    }
}

/// The document of one area.
pub(super) fn only(whole: &Value, area: Area) -> Value {
    let mut document = whole.clone();
    if let Some(paths) = document["paths"].as_object_mut() {
        paths.retain(|path, _| area.holds(path));
    }
    if !matches!(area, Area::All | Area::Store) {
        webhooks::leave_out(&mut document);
    }
    prune(&mut document);
    document
}

/// Takes out tags, schemas and schemes that nothing in the document refers to.
pub(super) fn prune(document: &mut Value) {
    let mut needed = BTreeSet::new();
    let mut next = references(&document["paths"]);
    next.extend(document.get("webhooks").map(references).unwrap_or_default());
    while let Some(name) = next.pop_first() {
        let behind = document.pointer(&format!("/components/{name}")).map(references);
        if needed.insert(name) {
            next.extend(behind.into_iter().flatten());
        }
    }
    for kind in ["schemas", "responses"] {
        if let Some(all) = document["components"].get_mut(kind).and_then(Value::as_object_mut) {
            all.retain(|name, _| needed.contains(&format!("{kind}/{name}")));
        }
    }
    let (tags, schemes) = (used(document, "tags"), used(document, "security"));
    if let Some(all) = document["tags"].as_array_mut() {
        all.retain(|tag| tag["name"].as_str().is_some_and(|name| tags.contains(name)));
    }
    if let Some(all) = document["components"]["securitySchemes"].as_object_mut() {
        all.retain(|name, _| schemes.contains(name));
    }
}

/// What is referred to, as `schemas/Product`; mappings of discriminators count.
fn references(value: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(map) => left.extend(map.values()),
            Value::Array(items) => left.extend(items),
            Value::String(text) => found.extend(text.strip_prefix("#/components/").map(str::to_owned)),
            _ => {}
        }
    }
    found
}

/// The names in a list of every operation: its tags, or its security schemes.
fn used(document: &Value, what: &str) -> BTreeSet<String> {
    let items = ["paths", "webhooks"].into_iter().filter_map(|part| document.get(part)?.as_object());
    let items = items.flat_map(Map::values);
    let operations = items.flat_map(|item| METHODS.iter().filter_map(|method| item.get(method)));
    let lists = operations.filter_map(|operation| operation[what].as_array()).flatten();
    lists
        .flat_map(|one| match one {
            Value::String(name) => vec![name.clone()],
            Value::Object(map) => map.keys().cloned().collect(),
            _ => Vec::new(),
        })
        .collect()
}
