//! The API as it is promised: its document, and what every operation has.

mod examples;
mod keys;
mod webhooks;

use std::collections::BTreeSet;

pub use keys::Twice;

use orion::openapi::{Area, Form, cut};
use orion_tests::TestApp;
use orion_types::module::ProblemType;
use orion_types::permission::Permission;
use serde_json::Value;

use crate::isolation::document;

/// Verbs that operation ids begin with.
const VERBS: &[&str] = &[
    "accept",
    "add",
    "adjust",
    "archive",
    "cancel",
    "change",
    "check",
    "confirm",
    "create",
    "delete",
    "disable",
    "duplicate",
    "enable",
    "get",
    "import",
    "join",
    "leave",
    "list",
    "login",
    "logout",
    "look",
    "mark",
    "place",
    "publish",
    "reactivate",
    "receive",
    "redeliver",
    "refresh",
    "register",
    "replay",
    "resend",
    "reset",
    "retry",
    "rotate",
    "show",
    "suspend",
    "test",
    "track",
    "unarchive",
    "undo",
    "update",
    "upload",
];

fn each(document: &Value, mut look: impl FnMut(&str, &str, &Value)) {
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("a path") {
            if operation.get("responses").is_some() {
                look(path, method, operation);
            }
        }
    }
}

/// What a reference leads to.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let reference = value["$ref"].as_str();
    reference.map_or(value, |reference| {
        document.pointer(reference.trim_start_matches('#')).expect("something")
    })
}

#[test]
fn the_document_is_the_one_that_was_agreed() {
    // A change of the API shows up here: look at it, then accept it with `cargo insta accept`.
    insta::assert_json_snapshot!(document());
}

#[test]
fn the_document_is_openapi_3_1() {
    assert!(document()["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
}

#[test]
fn operations_are_named_after_what_they_do_and_each_name_is_there_once() {
    let mut names = BTreeSet::new();
    each(&document(), |path, method, operation| {
        let name = operation["operationId"]
            .as_str()
            .unwrap_or_else(|| panic!("{method} {path} has no name"));
        assert!(names.insert(name.to_owned()), "{name} is there twice");
        let plain = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        let verb = name.split('_').next().unwrap_or_default();
        assert!(
            plain && name.contains('_') && VERBS.contains(&verb),
            "{name} is no <verb>_<resource>"
        );
    });
}

#[test]
fn every_operation_has_a_tag_and_says_what_it_does() {
    each(&document(), |path, method, operation| {
        assert!(
            operation["tags"].as_array().is_some_and(|tags| !tags.is_empty()),
            "{method} {path} has no tag"
        );
        assert!(
            operation["summary"].as_str().is_some_and(|summary| !summary.is_empty()),
            "{method} {path} does not say what it does"
        );
    });
}

#[test]
fn every_tag_has_a_sentence_and_every_answer_a_description() {
    let document = document();
    let tags: BTreeSet<&str> = document["tags"]
        .as_array()
        .expect("tags")
        .iter()
        .filter(|tag| tag["description"].as_str().is_some_and(|told| told.ends_with('.')))
        .filter_map(|tag| tag["name"].as_str())
        .collect();
    let mut wrong = Vec::new();
    each(&document, |path, method, operation| {
        for tag in operation["tags"].as_array().into_iter().flatten() {
            if !tags.contains(tag.as_str().unwrap_or_default()) {
                wrong.push(format!("{method} {path}: openapi/about.rs says nothing about the tag {tag}"));
            }
        }
        for (status, response) in operation["responses"].as_object().expect("responses") {
            if resolved(&document, response)["description"].as_str().is_none_or(str::is_empty) {
                wrong.push(format!("{method} {path}: {status} has no description"));
            }
        }
    });
    assert_eq!(wrong, [] as [&str; 0]);
}

#[test]
fn enums_are_spelled_as_on_the_wire() {
    let document = document();
    let rights = document.pointer("/components/schemas/Permission/enum").expect("rights");
    let spelled: Vec<Value> = Permission::ALL
        .iter()
        .map(|right| serde_json::to_value(right).expect("JSON"))
        .collect();
    assert_eq!(rights, &Value::from(spelled));
}

#[test]
fn nothing_of_development_or_of_the_inside_is_told() {
    each(&document(), |path, _, _| {
        assert!(
            path.starts_with("/api/v1/") || path.starts_with("/media/"),
            "{path} is no part of the API"
        );
    });
}

#[test]
fn pages_and_unions_have_names() {
    let document = document();
    let schemas = document.pointer("/components/schemas").and_then(Value::as_object).expect("schemas");
    for (name, schema) in schemas {
        if name.starts_with("Page_") {
            let rows = schema.pointer("/properties/data/items/$ref");
            assert!(rows.is_some(), "{name} writes its rows out");
        }
        let choices = schema["oneOf"].as_array().into_iter().flatten();
        let named = choices.clone().all(|choice| choice.get("$ref").is_some());
        assert!(named, "{name} writes its variants out");
        assert!(
            choices.count() == 0 || schema.pointer("/discriminator/propertyName").is_some(),
            "{name} has no discriminator"
        );
    }
}

/// Generators call an object that stands within a schema by both names; openapi-python-client 0.29.1 leaves the whole schema out when that
/// name is taken.
#[test]
fn no_schema_has_the_name_of_a_field_of_another() {
    let document = document();
    let schemas = document["components"]["schemas"].as_object().expect("schemas");
    let pascal = |field: &str| -> String {
        let words = field.split('_');
        let capital = |word: &str| word[..1].to_uppercase() + &word[1..];
        words.filter(|word| !word.is_empty()).map(capital).collect()
    };
    for (name, schema) in schemas {
        for (field, inner) in schema["properties"].as_object().into_iter().flatten() {
            let within = format!("{name}{}", pascal(field));
            let is_object = inner["type"] == "object" || inner["enum"].is_array();
            assert!(
                !is_object || !schemas.contains_key(&within),
                "{name}.{field} and the schema {within}"
            );
        }
    }
}

#[test]
fn no_answer_is_a_bare_array() {
    let document = document();
    let mut bare = Vec::new();
    each(&document, |path, method, operation| {
        for (status, response) in operation["responses"].as_object().expect("responses") {
            let schema = resolved(&document, &resolved(&document, response)["content"]["application/json"]["schema"]);
            if schema["type"] == "array" {
                bare.push(format!("{method} {path} {status}"));
            }
        }
    });
    assert_eq!(bare, [] as [&str; 0]);
}

/// Lists of what never changes once it is there.
const LEDGERS: &[&str] = &[
    // What was given stays as it was; when it was used is no change of it.
    "list_connections",
    "list_import_errors",
    "list_import_images",
    "list_import_undo_left",
    "list_inventory_movements",
    "list_store_audit_entries",
];
/// Lists of a handful of rows that are always shown whole.
const SUMMARIES: &[&str] = &[
    "list_certificates",
    "list_domains",
    "list_invitations",
    "list_low_stock",
    "list_preset_roles",
    "list_programs",
    "list_roles",
    "list_staff_passkeys",
    "list_staff_sessions",
    "list_team",
    "list_webhook_events",
];

#[test]
fn a_list_of_what_changes_says_when_and_can_be_asked_for_what_has_changed() {
    let document = document();
    let mut wrong = Vec::new();
    each(&document, |path, method, operation| {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let listed = method == "get" && id.starts_with("list_") && path.starts_with("/api/v1/store/");
        if !listed || LEDGERS.contains(&id) || SUMMARIES.contains(&id) {
            return;
        }
        let page = resolved(&document, &operation["responses"]["200"]["content"]["application/json"]["schema"]);
        let row = resolved(&document, &page["properties"]["data"]["items"]);
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let asked = parameters.into_iter().any(|parameter| parameter["name"] == "updated_since");
        if row["properties"]["updated_at"].is_null() || !asked {
            wrong.push(id.to_owned());
        }
    });
    assert_eq!(wrong, [] as [&str; 0]);
}

#[test]
fn each_area_has_a_document_in_both_forms() {
    let whole = document();
    for (area, prefix) in [
        (Area::Admin, "/api/v1/admin/"),
        (Area::Store, "/api/v1/store/"),
        (Area::Storefront, "/api/v1/storefront/"),
    ] {
        for (form, version) in [(Form::V31, "3.1."), (Form::V30, "3.0.3")] {
            let document = cut(&whole, area, form);
            assert!(document["openapi"].as_str().is_some_and(|told| told.starts_with(version)));
            each(&document, |path, _, _| {
                assert!(
                    path.starts_with(prefix) || path == "/api/v1/errors" || path.starts_with("/media/"),
                    "{path}"
                );
            });
        }
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
                map.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| references(value, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    let lost: Vec<&String> = found
        .iter()
        .filter(|reference| document.pointer(reference.trim_start_matches('#')).is_none())
        .collect();
    assert_eq!(lost, [] as [&String; 0]);
}

#[test]
fn errors_are_problem_documents_and_nothing_else() {
    let document = document();
    let mut wrong = Vec::new();
    each(&document, |path, method, operation| {
        for (status, response) in operation["responses"].as_object().expect("responses") {
            let response = resolved(&document, response);
            let is_error = status.starts_with('4') || status.starts_with('5') || status == "default";
            let types: Vec<&str> = response["content"]
                .as_object()
                .into_iter()
                .flat_map(|content| content.keys())
                .map(String::as_str)
                .collect();
            if is_error && types != ["application/problem+json"] {
                wrong.push(format!("{method} {path}: {status} is {types:?}"));
            }
        }
    });
    assert_eq!(wrong, [] as [&str; 0]);
}

#[tokio::test]
async fn the_document_and_the_list_of_problems_are_served() {
    let app = TestApp::start().await;
    let served = app.host("orion.localhost").get("/api/openapi.json").await.is(200);
    assert_eq!(served.json, cut(&document(), Area::All, Form::V31));
    for file in [
        "openapi-3.0.json",
        "openapi-admin.json",
        "openapi-store-3.0.json",
        "openapi-storefront.json",
    ] {
        let served = app.host("orion.localhost").get(&format!("/api/{file}")).await.is(200);
        assert!(served.json["paths"].is_object(), "{file}");
    }
    app.host("orion.localhost")
        .get("/api/openapi-nothing.json")
        .await
        .refused(404, "framework.not_found");
    let problems: Vec<ProblemType> = app.host("orion.localhost").get("/api/v1/errors").await.is(200).rows();
    let codes: BTreeSet<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes.len(), problems.len(), "a code is there twice");
    for code in [
        "framework.not_found",
        "auth.invalid_credentials",
        "framework.idempotency_mismatch",
        "orders.cart_empty",
        "catalog.slug_taken",
        "tenancy.code_taken",
    ] {
        assert!(codes.contains(code), "{code} is not in the list");
    }
    let docs = app.host("orion.localhost").get("/api/docs/index.html").await.is(200);
    assert!(
        !docs.text().contains("//cdn") && !docs.text().contains("unpkg.com"),
        "the page loads something from elsewhere"
    );
}

#[tokio::test]
async fn a_path_of_the_api_that_is_not_there_and_a_wrong_method_are_problems_too() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    owner.get("/nothing-here").await.refused(404, "framework.not_found");
    let refused = owner.delete("/products").await.refused(405, "framework.method_not_allowed");
    assert_eq!(refused.header("allow"), Some("GET, HEAD, OPTIONS, POST"));
    let headers = app.shop("acme").get("/products").await.is(200);
    assert_eq!(headers.header("x-content-type-options"), Some("nosniff"));
    // What is not for everybody says nothing of caches itself, and is kept by none.
    assert_ne!(headers.header("cache-control"), Some("no-store"));
    for asked in ["/orders", "/settings", "/nothing-here"] {
        assert_eq!(owner.get(asked).await.header("cache-control"), Some("no-store"), "{asked}");
    }
}
