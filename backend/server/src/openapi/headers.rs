//! Headers that go with requests and answers.

use serde_json::{Map, Value, json};

use super::{Operation, each_operation, referred, schemas_of};

/// What is answered from memory with the hash of its content; only these know `If-None-Match`.
const HASHED: &[&str] = &[
    "get_home",
    "get_storefront",
    "get_storefront_product",
    "list_search_suggestions",
    "list_storefront_categories",
    "list_storefront_products",
];

/// What may be sent twice as it is: nothing comes of the second time that the first has not brought, or the second is told that it is one.
pub(super) const REPEATABLE: &[&str] = &[
    "accept_admin_invitation",
    "accept_invitation",
    "accept_ownership_offer",
    "cancel_impersonation",
    "change_admin_email",
    "change_admin_password",
    "change_email",
    "change_password",
    "change_staff_email",
    "change_staff_password",
    "confirm_admin_email",
    "confirm_admin_second_factor",
    "confirm_connection",
    "confirm_email",
    "confirm_payment",
    "confirm_sign_up",
    "confirm_staff_email",
    "confirm_staff_second_factor",
    "create_account_passkey",
    "create_account_passkey_challenge",
    "create_admin_email_link",
    "create_admin_passkey",
    "create_admin_passkey_challenge",
    "create_admin_password_link",
    "create_admin_second_factor",
    "create_admin_sign_in_challenge",
    "create_customer_sign_in_challenge",
    "create_email_link",
    "create_own_store",
    "create_ownership_offer",
    "create_password_link",
    "create_preview_link",
    "create_quote",
    "create_sign_up",
    "create_staff_email_link",
    "create_staff_passkey",
    "create_staff_passkey_challenge",
    "create_staff_password_link",
    "create_staff_second_factor",
    "create_staff_sign_in_challenge",
    "delete_account_passkey",
    "delete_admin_passkey",
    "delete_staff_passkey",
    "disable_admin_second_factor",
    "disable_staff_second_factor",
    "join_team",
    "leave_impersonation",
    "login_admin",
    "login_admin_with_code",
    "login_admin_with_passkey",
    "login_customer",
    "login_customer_with_passkey",
    "login_guest",
    "login_impersonator",
    "login_new_owner",
    "login_staff",
    "login_staff_with_code",
    "login_staff_with_passkey",
    "logout_admin",
    "logout_customer",
    "logout_staff",
    "look_up_admin_invitation",
    "look_up_connection",
    "look_up_invitation",
    "look_up_order",
    "look_up_sign_up",
    "receive_incoming_webhook",
    "refresh_admin",
    "refresh_customer",
    "refresh_staff",
    "register_customer",
    "reset_admin_password",
    "reset_password",
    "reset_second_factor",
    "reset_staff_password",
    "rotate_admin_recovery_codes",
    "rotate_staff_recovery_codes",
    "track_order",
];

pub(super) fn describe(document: &mut Value) {
    let schemas = schemas_of(document).cloned().unwrap_or_default();
    each_operation(document, |mut operation| {
        conditions(&mut operation);
        secrets(&mut operation);
        once(&mut operation);
        never_null(&mut operation);
        let versioned = operation.responses().is_some_and(|responses| is_versioned(responses, &schemas));
        answer_headers(&mut operation, versioned);
    });
}

/// `If-Match` and `If-None-Match`.
fn conditions(operation: &mut Operation<'_>) {
    if operation.takes("If-Match") {
        replace(
            operation,
            "If-Match",
            json!({
                "name": "If-Match", "in": "header", "required": true,
                "description": "The `ETag` of what was read: the change is refused with 412 when somebody else was faster. `*` for any version.",
                "schema": { "type": "string", "pattern": r#"^(\*|"[0-9]+")$"#, "examples": ["\"3\""] },
            }),
        );
    }
    if HASHED.contains(&operation.id()) {
        add(
            operation,
            json!({
                "name": "If-None-Match", "in": "header", "required": false,
                "description": "The `ETag` of what the client has: 304 when it is still right.",
                "schema": { "type": "string" },
            }),
        );
        if let Some(responses) = operation.responses() {
            responses.insert(
                "304".to_owned(),
                json!({ "description": "What the client has is still right.", "headers": { "ETag": etag() } }),
            );
        }
    }
}

/// `orion-cart`, for clients without cookies.
fn secrets(operation: &mut Operation<'_>) {
    if operation.open_to_anybody() && operation.opened_by("customer") {
        add(
            operation,
            json!({
                "name": "orion-cart", "in": "header", "required": false,
                "description": "The secret of the cart, for clients without cookies.",
                "schema": { "type": "string" },
            }),
        );
    }
}

/// `Idempotency-Key`, which every `POST` takes.
fn once(operation: &mut Operation<'_>) {
    if operation.method != "post" {
        return;
    }
    let required = operation.id() == "place_order";
    let told = if REPEATABLE.contains(&operation.id()) {
        "1 to 255 printable characters. Nothing is kept under it: a repeat does no harm here, and the answer may hold secrets."
    } else {
        "1 to 255 printable characters, new for everything that is to happen. The same request with the same key happens once, and is answered \
         the same for 24 hours."
    };
    if let Some(parameters) = operation.parameters() {
        parameters.retain(|parameter| parameter["name"] != "Idempotency-Key");
    }
    add(
        operation,
        json!({
            "name": "Idempotency-Key", "in": "header", "required": required, "description": told,
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[ -~]+$", "examples": ["8e03978e-40d5-43dd-bc93-6894a57f9324"] },
        }),
    );
}

/// A header or parameter is there or absent: it cannot be null, and a generator that is told so makes code that does not compile.
fn never_null(operation: &mut Operation<'_>) {
    for parameter in operation.parameters().into_iter().flatten() {
        let kinds = parameter["schema"]["type"].as_array().cloned().unwrap_or_default();
        if let Some(kind) = kinds.into_iter().find(|kind| kind != "null") {
            parameter["schema"]["type"] = kind;
        }
    }
}

fn answer_headers(operation: &mut Operation<'_>, versioned: bool) {
    let replayed = operation.is_done_once();
    let hashed = HASHED.contains(&operation.id());
    let gives_cart = operation.id() == "add_cart_item";
    for (status, response) in operation.responses().into_iter().flatten() {
        let mut headers = Map::new();
        if matches!(status.as_str(), "201" | "202") {
            headers.insert(
                "Location".to_owned(),
                header("Where it is.", json!({ "type": "string", "format": "uri-reference" })),
            );
        }
        if status == "200" && (versioned || hashed) {
            headers.insert("ETag".to_owned(), etag());
        }
        if replayed && status.starts_with('2') {
            let told = "`true` where this is the answer of an earlier request with the same key.";
            headers.insert(
                "Idempotent-Replayed".to_owned(),
                header(told, json!({ "type": "string", "enum": ["true"] })),
            );
        }
        if gives_cart && status == "200" {
            let told = "The secret of a cart that was made just now; send it along from now on.";
            headers.insert("orion-cart".to_owned(), header(told, json!({ "type": "string" })));
        }
        if !headers.is_empty()
            && let Some(response) = response.as_object_mut()
        {
            let all = response.entry("headers").or_insert_with(|| json!({}));
            if let Some(all) = all.as_object_mut() {
                all.extend(headers);
            }
        }
    }
}

/// Whether the answer comes with its version, as all that is edited does: it stands in its shape, or the handler says so by naming the header.
fn is_versioned(responses: &Map<String, Value>, schemas: &Map<String, Value>) -> bool {
    let Some(answer) = responses.get("200") else {
        return false;
    };
    let schema = referred(&answer["content"]["application/json"]["schema"]).and_then(|name| schemas.get(name));
    let by_shape = schema.is_some_and(|schema| schema["properties"]["version"]["type"] == "integer");
    by_shape || answer["headers"]["ETag"].is_object()
}

fn etag() -> Value {
    header(
        "The version of what is answered.",
        json!({ "type": "string", "examples": ["\"3\""] }),
    )
}

fn header(description: &str, schema: Value) -> Value {
    json!({ "description": description, "schema": schema })
}

fn add(operation: &mut Operation<'_>, parameter: Value) {
    if let Some(parameters) = operation.parameters() {
        parameters.push(parameter);
    }
}

fn replace(operation: &mut Operation<'_>, name: &str, with: Value) {
    let parameters = operation.parameters().into_iter().flatten();
    if let Some(parameter) = parameters.into_iter().find(|parameter| parameter["name"] == name) {
        *parameter = with;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_has_a_version_by_its_shape_or_because_its_handler_names_the_header() {
        let schemas = json!({
            "Order": { "properties": { "version": { "type": "integer" } } },
            "Level": { "properties": { "on_hand": { "type": "integer" } } },
        });
        let answers = |name: &str, headers: Value| {
            let schema = json!({ "$ref": format!("#/components/schemas/{name}") });
            json!({ "200": { "content": { "application/json": { "schema": schema } }, "headers": headers } })
        };
        let versioned = |answers: Value| {
            let (answers, schemas) = (answers.as_object().expect("answers"), schemas.as_object().expect("schemas"));
            is_versioned(answers, schemas)
        };
        assert!(versioned(answers("Order", json!({}))));
        assert!(versioned(answers("Level", json!({ "ETag": { "schema": { "type": "string" } } }))));
        assert!(!versioned(answers("Level", json!({}))));
        assert!(!versioned(json!({ "204": {} })));
    }
}
