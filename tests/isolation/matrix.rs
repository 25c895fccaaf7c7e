//! Every operation with the ids of another store.

use orion_tests::{Answer, Buyer, Client, Form, PASSWORD, TestApp, TestOptions, address};
use reqwest::Method;
use serde_json::{Value, json};

use super::operations::{Operation, operations};
use super::world::{Furnished, digest, furnish};
use crate::api::passwords::newest_link;
use crate::modules::{self, CASES};

/// Starts of paths with an id in them, and what the id is of; those of modules with a case of their own are there.
const PATHS: &[(&str, &str)] = &[
    ("/api/v1/store/products/{id}", "product"),
    ("/api/v1/store/categories/{id}", "category"),
    ("/api/v1/store/imports/{id}", "import"),
    ("/api/v1/store/import-mappings/{id}", "import_mapping"),
    ("/api/v1/store/exports/{id}", "export"),
    ("/api/v1/store/inventory/{variant_id}", "variant"),
    ("/api/v1/store/orders/{id}", "order"),
    ("/api/v1/store/customers/{id}", "customer"),
    ("/api/v1/store/settings/shipping-methods/{id}", "shipping_method"),
    ("/api/v1/store/team/{id}", "member"),
    ("/api/v1/store/invitations/{id}", "invitation"),
    ("/api/v1/store/roles/{id}", "role"),
    ("/api/v1/store/impersonations/{id}", "impersonation"),
    ("/api/v1/store/api-keys/{id}", "api_key"),
    ("/api/v1/store/domains/{id}", "domain"),
    ("/api/v1/store/me/sessions/{id}", "staff_session"),
    ("/api/v1/store/me/passkeys/{id}", "passkey"),
    ("/api/v1/storefront/products/{slug}", "slug"),
    ("/api/v1/storefront/cart/items/{id}", "cart_item"),
    ("/api/v1/storefront/checkouts/{order_id}", "asked_order"),
    ("/api/v1/storefront/account/orders/{id}", "order"),
    ("/api/v1/storefront/orders/{id}", "order"),
    ("/api/v1/storefront/account/addresses/{id}", "address"),
    ("/api/v1/storefront/account/sessions/{id}", "customer_session"),
    ("/api/v1/storefront/account/passkeys/{id}", "customer_passkey"),
];

/// Starts of paths whose parameter is no store's, but the world's.
const PATHS_WITHOUT_IDS: &[&str] = &["/api/v1/storefront/countries/{country}"];

/// Operations whose body names nothing of the store; whoever adds one says so here, or in the case of their module.
const BODIES_WITHOUT_IDS: &[&str] = &[
    "create_category_at_top",
    "create_shipping_method",
    "update_tax_rate",
    "update_bank_transfer",
    "update_settings",
    "publish_shop",
    "create_export",
    "create_import_mapping",
    "create_role",
    "create_staff_password_link",
    "create_password_link",
    // Their token is what lets in; `a_link_of_another_store_is_worth_nothing_without_policies` tries those of others.
    "reset_password",
    "reset_staff_password",
    "confirm_email",
    "confirm_staff_email",
    "login_impersonator",
    "login_new_owner",
    // A store to be made: it is nobody's yet, and its token is what lets in; `tests/api/sign_up.rs` tries it at other hosts.
    "create_sign_up",
    "look_up_sign_up",
    "confirm_sign_up",
    "create_own_store",
    "look_up_invitation",
    "accept_invitation",
    "join_team",
    "create_api_key",
    "create_domain",
    "update_label",
    "update_guest_password",
    "login_guest",
    "register_customer",
    "login_customer",
    "login_staff",
    "update_account",
    "change_password",
    "change_staff_password",
    "change_email",
    "change_staff_email",
    // Its challenge is what lets in, in its area; no store is in it.
    "login_staff_with_code",
    "login_staff_with_passkey",
    "create_staff_passkey_challenge",
    "create_staff_passkey",
    // `a_challenge_is_for_one_account_one_shop_and_one_host` tries those of other stores.
    "login_customer_with_passkey",
    "create_account_passkey_challenge",
    "create_account_passkey",
    "create_staff_second_factor",
    "confirm_staff_second_factor",
    "rotate_staff_recovery_codes",
    "disable_staff_second_factor",
    "update_security_policy",
    "accept_ownership_offer",
    "create_address",
];

/// What an operation is sent, with the ids of `victim` in it; `None` for one whose body holds no id.
fn body(operation: &str, victim: &Furnished) -> Option<Value> {
    let id = |of: &str| json!(victim.id(of));
    Some(match operation {
        "create_product" => json!({ "title": "Mine", "variants": [{ "price_minor": 1 }], "category_ids": [id("category")] }),
        "update_product" => json!({ "title": "Mine", "variants": [{ "id": id("variant"), "price_minor": 1 }] }),
        "change_product" => json!({ "title": "Mine" }),
        "change_variant" => json!({ "price_minor": 1 }),
        "change_inventory" => json!({ "on_hand": 1 }),
        "update_customer" | "update_order" => json!({ "external_id": "mine" }),
        "change_product_statuses" => json!({ "status": "archived", "ids": [id("product")] }),
        "change_prices" => json!({ "items": [{ "variant_id": id("variant"), "price_minor": 1 }] }),
        "change_inventories" => json!({ "items": [{ "variant_id": id("variant"), "on_hand": 1 }] }),
        "create_category" => json!({ "name": "Mine", "parent_id": id("category") }),
        "update_category" => json!({ "name": "Mine" }),
        "update_product_image" => json!({ "alt": "Mine" }),
        "adjust_inventory" => json!({ "variant_id": id("variant"), "delta": 1, "reason": "received" }),
        "mark_order_paid" | "cancel_order" => json!({}),
        "create_fulfilment" => json!({ "items": [{ "order_item_id": id("order_item"), "quantity": 1 }] }),
        "update_team_member" => json!({ "role": "custom", "role_id": id("role") }),
        "create_invitation" => json!({ "email": "another@example.test", "role": "custom", "role_id": id("role") }),
        "update_role" => json!({ "name": "Mine" }),
        "update_staff_passkey" | "update_account_passkey" => json!({ "name": "Mine" }),
        "delete_staff_passkey" | "delete_account_passkey" => json!({ "current_password": PASSWORD }),
        "create_ownership_offer" => json!({ "member_id": id("member"), "current_password": PASSWORD }),
        "update_api_key" => json!({ "name": "Mine" }),
        "rotate_api_key" => json!({}),
        "update_shipping_method" => json!({ "name": "Mine", "price_minor": 1 }),
        "add_cart_item" => json!({ "variant_id": id("variant"), "quantity": 1 }),
        "update_cart_item" => json!({ "quantity": 5 }),
        "create_quote" => json!({ "shipping_method_id": id("shipping_method") }),
        "confirm_payment" => json!({ "access_token": id("asked_token"), "accept": true }),
        "look_up_order" => json!({ "order_id": id("order"), "access_token": id("access_token") }),
        "track_order" => {
            json!({ "number": victim.id("order_number").parse::<i64>().unwrap_or(-1) + 1_000_000, "email": "ada@example.test" })
        }
        "update_address" => json!({ "address": address() }),
        "update_domain" => json!({ "primary": false }),
        _ => return modules::body(operation, victim),
    })
}

fn names_nothing(operation: &str) -> bool {
    let of_modules = CASES.iter().flat_map(|case| case.bodies_without_ids);
    BODIES_WITHOUT_IDS.iter().chain(of_modules).any(|known| *known == operation)
}

/// The path with the ids of `victim` in it.
fn path(operation: &Operation, victim: &Furnished) -> String {
    let (start, of) = PATHS
        .iter()
        .chain(CASES.iter().flat_map(|case| case.paths))
        .find(|(start, _)| operation.path.starts_with(start))
        .unwrap_or_else(|| panic!("{} has no case: say in PATHS whose id {} takes", operation.id, operation.path));
    let rest = operation.path[start.len()..]
        .replace("{image_id}", victim.id("image"))
        .replace("{variant_id}", victim.id("variant"));
    let of_modules = CASES.iter().flat_map(|case| case.parameters);
    let rest = of_modules.fold(rest, |rest, (parameter, of)| rest.replace(parameter, victim.id(of)));
    assert!(
        !rest.contains('{'),
        "{} has no case: {rest} takes an id that nobody has thought of",
        operation.id
    );
    let filled = start.split('{').next().unwrap_or_default();
    format!("{filled}{}{rest}", victim.id(of))
}

fn carries_an_id(operation: &Operation, victim: &Furnished) -> bool {
    let is_the_worlds = PATHS_WITHOUT_IDS.iter().any(|start| operation.path.starts_with(start));
    (operation.has_parameters() && !is_the_worlds) || (operation.json_body && body(&operation.id, victim).is_some())
}

/// Calls an operation as `client` with the ids of `victim`.
async fn call(operation: &Operation, client: &Client, victim: &Furnished) -> Answer {
    let target = if operation.has_parameters() {
        path(operation, victim)
    } else {
        operation.path.clone()
    };
    let client = client.at_root().with("if-match", "\"1\"").with("idempotency-key", "isolation");
    if operation.id == "upload_product_images" {
        return client.upload(&target, Form::file("x.png", "image/png", b"x")).await;
    }
    let sent = operation
        .json_body
        .then(|| body(&operation.id, victim).unwrap_or_else(|| panic!("{} has no case: say in body() what it is sent", operation.id)));
    client.send(operation.method.clone(), &target, sent).await
}

fn tried(victim: &Furnished) -> Vec<Operation> {
    let all = operations()
        .into_iter()
        .filter(|operation| operation.is_in("store") || operation.is_in("storefront"));
    all.filter(|operation| carries_an_id(operation, victim)).collect()
}

/// Every operation with an id, as the other store's people, at their own door and at the victim's.
pub(super) async fn attack(app: &TestApp, attacker: &Furnished, victim: &Furnished) -> Vec<String> {
    let mut found = Vec::new();
    let victims_host = format!("{}.orion.localhost", victim.code);
    for operation in tried(victim) {
        let own = if operation.is_in("store") {
            &attacker.owner
        } else {
            &attacker.customer
        };
        let mut answers = vec![("at home", call(&operation, own, victim).await)];
        if operation.is_in("store") {
            let answer = call(&operation, &attacker.program, victim).await;
            // What is for people alone is refused before anything is looked for.
            if answer.json["code"] != "framework.person_needed" {
                answers.push(("at home, by a key", answer));
            }
            let there = attacker.program.at(app.address(), &victims_host);
            answers.push(("at the victim's, by a key", call(&operation, &there, victim).await));
        }
        // What anybody may see there is no secret; everything else stays shut for a stranger's token.
        answers.push((
            "at the victim's",
            call(&operation, &own.at(app.address(), &victims_host), victim).await,
        ));
        for (place, answer) in answers {
            // Where several things are named, each is answered by itself.
            let rows = answer.json["data"].as_array().filter(|_| operation.path.contains("/bulk/"));
            let all_kept_out = rows.is_some_and(|rows| rows.iter().all(|row| row["status"] == 404));
            let kept_out = matches!(answer.status, 401 | 404 | 409 | 422) || all_kept_out;
            let no_token_needed = place.starts_with("at the victim's") && operation.public && operation.method == Method::GET;
            if !kept_out && !no_token_needed {
                found.push(format!("{} {place}: {} {}", operation.id, answer.request, answer.text()));
            }
        }
    }
    found
}

/// Lists and searches of the attacker's own store that show something of the victim's.
pub(super) async fn peek(attacker: &Furnished, victim: &Furnished) -> Vec<String> {
    let mut found = Vec::new();
    for operation in operations() {
        let client = if operation.is_in("store") {
            &attacker.owner
        } else {
            &attacker.customer
        };
        if operation.method != Method::GET || operation.has_parameters() || !(operation.is_in("store") || operation.is_in("storefront")) {
            continue;
        }
        let query = if operation.id == "list_search_suggestions" {
            "?q=thing"
        } else {
            ""
        };
        let answer = client.at_root().get(&format!("{}{query}", operation.path)).await;
        if answer.status != 200 {
            found.push(format!("{} cannot be read: {}", operation.id, answer.text()));
        }
        let secrets = victim.ids.iter().filter(|(of, _)| **of != "order_number");
        found.extend(
            secrets
                .filter(|(_, id)| answer.text().contains(id.as_str()))
                .map(|(of, _)| format!("{} shows the other store's {of}", operation.id)),
        );
    }
    found
}

async fn prove_isolation(app: &TestApp) {
    let acme = furnish(app, "acme").await;
    let globex = furnish(app, "globex").await;
    for (attacker, victim) in [(&globex, &acme), (&acme, &globex)] {
        let before = digest(app, victim.code).await;
        let mut found = attack(app, attacker, victim).await;
        found.extend(peek(attacker, victim).await);
        assert_eq!(found, [] as [&str; 0], "{} reached into {}", attacker.code, victim.code);
        similar(&before, &digest(app, victim.code).await);
    }
    app.attempt_jobs().await;
}

/// Says which tables differ instead of printing all of them.
#[track_caller]
fn similar(before: &str, after: &str) {
    let changed: Vec<&str> = after.lines().filter(|line| !before.contains(line)).collect();
    assert_eq!(changed, [] as [&str; 0], "rows of the other store were changed");
}

#[tokio::test]
async fn no_operation_reaches_into_another_store() {
    let app = TestApp::start().await;
    prove_isolation(&app).await;
}

#[tokio::test]
async fn the_filters_hold_alone_when_row_level_security_is_open() {
    let app = TestApp::start().await;
    super::walls::open_policies(&app);
    prove_isolation(&app).await;
}

#[tokio::test]
async fn a_link_of_another_store_is_worth_nothing_without_policies() {
    let app = TestApp::start().await;
    super::walls::open_policies(&app);
    let (acme, globex) = (app.owner("acme").await, app.dashboard("globex"));
    let invitation = json!({ "email": "new@example.test", "role": "viewer" });
    acme.post("/invitations", invitation).await.is(201);
    let (_, token) = newest_link(&app, "new@example.test").await;
    for path in ["/invitations/look-up", "/invitations/accept"] {
        let body = if path.ends_with("accept") {
            json!({ "token": token, "name": "Mine", "password": "Tramway-quince-4417" })
        } else {
            json!({ "token": token })
        };
        globex.post(path, body).await.refused(410, "people.link_ended");
    }
    app.customer("acme", "ada@example.test").await;
    let ask = json!({ "email": "ada@example.test" });
    app.shop("acme").post("/auth/password-link", ask).await.is(202);
    app.run_jobs().await;
    let (_, token) = newest_link(&app, "ada@example.test").await;
    let reset = json!({ "token": token, "new_password": "Tramway-quince-4417" });
    app.shop("globex")
        .post("/auth/password", &reset)
        .await
        .refused(410, "people.link_ended");
    app.shop("acme").post("/auth/password", &reset).await.is(204);
    let eve = app.customer("acme", "eve@example.test").await;
    let (_, token) = newest_link(&app, "eve@example.test").await;
    let confirm = json!({ "token": token });
    app.customer("globex", "eve@example.test")
        .await
        .post("/account/email/confirm", &confirm)
        .await
        .refused(410, "people.link_ended");
    eve.post("/account/email/confirm", &confirm).await.is(204);
    app.run_jobs().await;
}

#[tokio::test]
async fn every_operation_with_a_body_has_a_case_or_an_excuse() {
    let app = TestApp::start_with(TestOptions::default()).await;
    let acme = furnish(&app, "acme").await;
    for operation in operations() {
        let ours = operation.is_in("store") || operation.is_in("storefront");
        if !ours || !operation.json_body || operation.id == "place_order" {
            continue;
        }
        let known = body(&operation.id, &acme).is_some() || names_nothing(&operation.id);
        assert!(
            known,
            "{} has no case: say in body() what it is sent, or in BODIES_WITHOUT_IDS that it names nothing",
            operation.id
        );
    }
}

#[tokio::test]
async fn an_order_is_not_placed_with_the_shipping_of_another_store() {
    let app = TestApp::start().await;
    let acme = furnish(&app, "acme").await;
    let variant = app.sell_one("globex", "Bell", 900, 5).await;
    let mut buyer: Buyer = app.buyer("globex", &[(variant, 1)]).await;
    buyer.shipping_method_id = acme.id("shipping_method").to_owned();
    let orders = app.count("SELECT count(*) FROM orders");
    let answer = buyer.place("k", 900, &json!({ "provider": "manual" })).await;
    answer.problem();
    assert!(matches!(answer.status, 404 | 422), "{}", answer.text());
    assert_eq!(app.count("SELECT count(*) FROM orders"), orders);
    app.run_jobs().await;
}
