//! Which problems an operation may answer with, by status.

use std::collections::BTreeMap;

use orion_framework::gate::{
    CLOSED_TO_IMPERSONATION, IMPERSONATION_READS, INVALID_KEY, PERSON_NEEDED, SECOND_FACTOR_NEEDED, STORE_SUSPENDED,
};
use orion_framework::problem::{
    BAD_CURSOR, BAD_QUERY, BAD_REQUEST, CONFLICT, CROSS_ORIGIN, FORBIDDEN, INTERNAL, INVALID, MODULE_DISABLED, NOT_FOUND,
    PRECONDITION_REQUIRED, ProblemKind, RATE_LIMITED, STALE, STORAGE_FULL, TIMEOUT, TOO_LARGE, UNAUTHENTICATED, UNAVAILABLE, UNCONFIRMED,
    UNSUPPORTED_MEDIA_TYPE,
};
use orion_framework::{auth, idempotency};
use serde_json::{Map, Value, json};

use super::{Operation, each_operation};

type Kinds = Vec<&'static ProblemKind>;

/// The problems of the module that a path belongs to.
#[derive(Debug, Default)]
pub struct Owners(pub BTreeMap<String, &'static [&'static ProblemKind]>);

/// Adds an answer for each status that an error may have, with the codes that say which error it is.
pub(super) fn describe(document: &mut Value, owners: &Owners) {
    each_operation(document, |mut operation| {
        let mut by_status: BTreeMap<u16, Kinds> = BTreeMap::new();
        for kind in kinds(&operation, owners) {
            let known = by_status.entry(kind.status).or_default();
            if !known.contains(&kind) {
                known.push(kind);
            }
        }
        let Some(responses) = operation.responses() else { return };
        responses.remove("default");
        for (status, kinds) in by_status {
            let before = responses
                .get(&status.to_string())
                .and_then(|response| response["description"].as_str());
            let answer = answer(status, &kinds, before);
            responses.insert(status.to_string(), answer);
        }
        // What a handler names and no kind has.
        for (status, response) in responses.iter_mut().filter(|(status, _)| status.starts_with(['4', '5'])) {
            if response["content"].is_null() {
                *response = answer(status.parse().unwrap_or_default(), &Vec::new(), response["description"].as_str());
            }
        }
    });
}

/// Errors of many operations are alike: each is written once, and the operations refer to it.
pub(super) fn share(document: &mut Value) {
    let mut shared: BTreeMap<String, String> = BTreeMap::new();
    let mut named = Map::new();
    each_operation(document, |mut operation| {
        for (status, response) in operation.responses().into_iter().flatten() {
            if !status.starts_with(['4', '5']) {
                continue;
            }
            let name = shared.entry(response.to_string()).or_insert_with(|| {
                let name = free_name(&named, word(status));
                named.insert(name.clone(), response.clone());
                name
            });
            *response = json!({ "$ref": format!("#/components/responses/{name}") });
        }
    });
    document["components"]["responses"] = Value::Object(named);
}

fn free_name(named: &Map<String, Value>, word: &str) -> String {
    let numbered = (2..).map(|number| format!("{word}{number}"));
    let mut names = std::iter::once(word.to_owned()).chain(numbered);
    names.find(|name| !named.contains_key(name)).unwrap_or_default()
}

fn word(status: &str) -> &'static str {
    match status {
        "400" => "BadRequest",
        "401" => "Unauthenticated",
        "402" => "Declined",
        "403" => "Forbidden",
        "404" => "NotFound",
        "408" => "TimedOut",
        "409" => "Conflict",
        "412" => "Stale",
        "413" => "TooLarge",
        "415" => "UnsupportedMediaType",
        "422" => "Invalid",
        "428" => "PreconditionRequired",
        "429" => "TooMany",
        "500" => "Internal",
        "503" => "Unavailable",
        "507" => "StorageFull",
        _ => "Refused",
    }
}

fn answer(status: u16, kinds: &Kinds, told: Option<&str>) -> Value {
    let mut sentences: Vec<String> = told.map(|told| format!("{}.", told.trim_end_matches('.'))).into_iter().collect();
    sentences.extend(kinds.iter().map(|kind| format!("`{}`: {}.", kind.code, kind.title)));
    let mut answer = json!({
        "description": sentences.join("\n"),
        "content": { "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } },
        "x-problem-codes": kinds.iter().map(|kind| kind.code).collect::<Vec<_>>(),
    });
    match status {
        409 | 429 | 503 => {
            answer["headers"] = json!({
                "Retry-After": {
                    "description": "Seconds after which it is worth trying again, where it is.",
                    "schema": { "type": "integer", "minimum": 0 },
                },
            });
        }
        401 => {
            answer["headers"] = json!({ "WWW-Authenticate": { "description": "`Bearer`", "schema": { "type": "string" } } });
        }
        415 => {
            answer["headers"] = json!({
                "Accept-Encoding": {
                    "description": "The codings that a body may have, where it had another.",
                    "schema": { "type": "string" },
                },
            });
        }
        _ => {}
    }
    answer
}

fn kinds(operation: &Operation<'_>, owners: &Owners) -> Kinds {
    let mut kinds: Kinds = vec![&NOT_FOUND, &INTERNAL, &UNAVAILABLE, &RATE_LIMITED];
    who(operation, &mut kinds);
    what(operation, &mut kinds);
    if operation.path.starts_with("/api/v1/store") {
        kinds.extend([&MODULE_DISABLED, &STORE_SUSPENDED]);
    }
    if !operation.reads() {
        kinds.extend([&CONFLICT, &UNCONFIRMED, &CROSS_ORIGIN]);
    }
    let module = owners.0.get(operation.path).copied().unwrap_or_default().iter();
    kinds.extend(module.filter(|kind| !operation.reads() || kind.status == 404));
    kinds
}

/// What comes of who asks.
fn who(operation: &Operation<'_>, kinds: &mut Kinds) {
    let named = ["admin", "staff", "customer"].iter().any(|scheme| operation.opened_by(scheme));
    if named {
        kinds.push(&UNAUTHENTICATED);
        kinds.extend(auth::PROBLEMS.iter().filter(|kind| kind.status == 401));
    }
    if operation.opened_by("admin") || operation.opened_by("staff") {
        kinds.extend([&FORBIDDEN, &SECOND_FACTOR_NEEDED]);
    }
    if operation.opened_by("key") {
        kinds.extend([&INVALID_KEY, &RATE_LIMITED]);
    } else if operation.opened_by("staff") {
        // Somebody's own account, or a right that no key holds.
        kinds.extend([&INVALID_KEY, &PERSON_NEEDED, &RATE_LIMITED]);
    }
    if operation.opened_by("staff") {
        kinds.push(&CLOSED_TO_IMPERSONATION);
        if !operation.reads() {
            kinds.push(&IMPERSONATION_READS);
        }
    }
    let proves = ["/password", "/email", "/second-factor", "/passkeys", "/ownership-offer"];
    let signs_in = operation.path.contains("/auth/") || (!operation.reads() && proves.iter().any(|part| operation.path.contains(part)));
    if signs_in {
        kinds.extend(auth::PROBLEMS);
    }
}

/// What comes of what is sent.
fn what(operation: &Operation<'_>, kinds: &mut Kinds) {
    if operation.takes_in("query") {
        kinds.push(&BAD_QUERY);
    }
    if operation.takes("cursor") {
        kinds.push(&BAD_CURSOR);
    }
    if operation.takes("If-Match") {
        kinds.extend([&STALE, &PRECONDITION_REQUIRED]);
    }
    if operation.method == "post" {
        kinds.push(&idempotency::KEY_INVALID);
    }
    if operation.is_done_once() {
        let kept = idempotency::PROBLEMS.iter().copied();
        kinds.extend(kept.filter(|kind| operation.id() == "place_order" || **kind != idempotency::KEY_REQUIRED));
    }
    if operation.body().is_some() {
        kinds.extend([&BAD_REQUEST, &TIMEOUT, &TOO_LARGE, &UNSUPPORTED_MEDIA_TYPE, &INVALID]);
    }
    if super::files::taken(operation.value) {
        kinds.push(&STORAGE_FULL);
    }
}
