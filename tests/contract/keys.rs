//! Every `POST` takes an `Idempotency-Key`, and what changes something is done once for each.

use std::collections::BTreeSet;
use std::io::Cursor;

use diesel::RunQueryDsl;
use orion_tests::{Answer, Buyer, Client, Form, PASSWORD, TestApp, address};
use reqwest::Method;
use serde_json::{Value, json};

use super::each;
use super::examples::{People, filled};
use crate::isolation::document;
use crate::modules::CASES;

/// What is told of an operation in the document.
fn posts() -> Vec<(String, String, Value)> {
    let mut all = Vec::new();
    each(&document(), |path, method, operation| {
        if method == "post" {
            let id = operation["operationId"].as_str().expect("a name").to_owned();
            all.push((id, path.to_owned(), operation.clone()));
        }
    });
    assert!(all.len() > 40, "{} operations only", all.len());
    all
}

/// Those that answer a repeat as they answered at first.
fn done_once() -> BTreeSet<String> {
    let told = |operation: &Value| {
        let answers = operation["responses"].as_object().expect("responses");
        answers.values().any(|answer| !answer["headers"]["Idempotent-Replayed"].is_null())
    };
    let posts = posts().into_iter();
    posts.filter(|(_, _, operation)| told(operation)).map(|(id, ..)| id).collect()
}

#[tokio::test]
async fn every_post_takes_a_key_and_refuses_one_that_cannot_be_one() {
    let app = TestApp::start().await;
    let people = People::of(&app).await;
    let mut wrong = Vec::new();
    for (id, path, operation) in posts() {
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let taken = parameters.filter(|parameter| parameter["name"] == "Idempotency-Key").count();
        let client = people.asked_for(&path, &operation).with("idempotency-key", &"k".repeat(256));
        let answer = client.send(Method::POST, &filled(&path), Some(json!({}))).await;
        let code = answer.json["code"].as_str().unwrap_or_default();
        if taken != 1 || code != "framework.idempotency_key_invalid" {
            wrong.push(format!("{id}: told {taken} times, {}", answer.text()));
        }
    }
    assert_eq!(wrong, [] as [&str; 0]);
}

/// Sends requests twice, and notes which operations it has seen.
pub struct Twice<'a> {
    pub app: &'a TestApp,
    seen: BTreeSet<String>,
}

impl Twice<'_> {
    /// Posts twice with one key; the first answer.
    pub async fn post(&mut self, operation: &str, client: &Client, path: &str, body: Value) -> Answer {
        let client = client.with("idempotency-key", operation);
        let first = client.post(path, &body).await;
        // As JSON it is the same, whichever way it is spaced.
        let spaced = serde_json::to_string_pretty(&body).expect("JSON");
        let again = client.send_bytes(Method::POST, path, "application/json", spaced).await;
        self.judge(operation, first, again)
    }

    async fn upload(&mut self, operation: &str, client: &Client, path: &str, form: impl Fn() -> Form) -> Answer {
        let client = client.with("idempotency-key", operation);
        let (first, again) = (client.upload(path, form()).await, client.upload(path, form()).await);
        self.judge(operation, first, again)
    }

    fn judge(&mut self, operation: &str, first: Answer, again: Answer) -> Answer {
        assert!((200..300).contains(&first.status), "{operation}: {}", first.text());
        assert_eq!((again.status, again.text()), (first.status, first.text()), "{operation}");
        for header in ["location", "etag"] {
            assert_eq!(again.header(header), first.header(header), "{operation}");
        }
        let replayed = (first.header("idempotent-replayed"), again.header("idempotent-replayed"));
        assert_eq!(replayed, (None, Some("true")), "{operation}");
        self.seen.insert(operation.to_owned());
        first
    }

    /// How many rows a table has.
    pub fn rows(&self, table: &str) -> i64 {
        self.app.count(&format!("SELECT count(*) FROM {table}"))
    }
}

fn id(answer: &Answer) -> String {
    answer.json["id"].as_str().expect("an id").to_owned()
}

fn picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let blank = image::DynamicImage::new_rgb8(16, 16);
    blank.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

async fn catalogue(twice: &mut Twice<'_>, owner: &Client) {
    let before = twice.rows("products");
    let new = json!({ "title": "Mug", "variants": [{ "price_minor": 1_000 }] });
    let made = twice.post("create_product", owner, "/products", new).await;
    let path = format!("/products/{}", id(&made));
    for step in ["publish", "archive", "unarchive", "duplicate"] {
        twice
            .post(&format!("{step}_product"), owner, &format!("{path}/{step}"), json!({}))
            .await;
    }
    assert_eq!(twice.rows("products"), before + 2);
    let archive = json!({ "status": "archived", "ids": [made.json["id"]] });
    twice
        .post("change_product_statuses", owner, "/bulk/product-statuses", archive)
        .await;
    let price = json!({ "variant_id": made.json["variants"][0]["id"], "price_minor": 1_100 });
    let priced = twice
        .post("change_prices", owner, "/bulk/prices", json!({ "items": [price] }))
        .await;
    assert_eq!(priced.json["data"][0]["version"], 2);
    let png = picture();
    let form = || Form::file("mug.png", "image/png", &png).and_text("alt", "A mug");
    twice.upload("upload_product_images", owner, &format!("{path}/images"), form).await;
    assert_eq!(twice.rows("product_images"), 1);
    twice.post("create_category", owner, "/categories", json!({ "name": "Mugs" })).await;
    let csv = b"Handle,Title,Variant Price\ncup,Cup,1.00\n";
    let form = || Form::file("products.csv", "text/csv", csv);
    let import = twice.upload("import_products", owner, "/imports/products", form).await;
    assert_eq!(twice.rows("imports"), 1);
    let path = format!("/imports/{}", id(&import));
    twice.post("cancel_import", owner, &format!("{path}/cancel"), json!({})).await;
    twice
        .post("retry_import_images", owner, &format!("{path}/retry-images"), json!({}))
        .await;
    let form = Form::file("products.csv", "text/csv", b"Handle,Title,Variant Price\nsaucer,Saucer,1.00\n");
    let import = owner.upload("/imports/products", form).await.is(202);
    twice.app.run_jobs().await;
    let path = format!("/imports/{}/undo", id(&import));
    twice.post("undo_import", owner, &path, json!({})).await;
    assert_eq!(twice.rows("import_undos"), 1);
    let mapping = json!({ "name": "Supplier", "headings": ["Extra"], "columns": { "Extra": "tags" } });
    twice.post("create_import_mapping", owner, "/import-mappings", mapping).await;
    assert_eq!(twice.rows("import_mappings"), 1);
    invitations(twice, owner).await;
    let role = json!({ "name": "Warehouse", "rights": ["orders.write"] });
    twice.post("create_role", owner, "/roles", role).await;
    assert_eq!(twice.rows("team_roles"), 1);
    api_keys(twice, owner).await;
    domains(twice, owner).await;
    for case in CASES {
        (case.repeat)(twice, owner).await;
    }
    let export = json!({ "kind": "products", "format": "csv" });
    twice.post("create_export", owner, "/exports", export).await;
    assert_eq!(twice.rows("exports"), 1);
}

async fn invitations(twice: &mut Twice<'_>, owner: &Client) {
    let new = json!({ "email": "new@example.test", "role": "viewer" });
    let made = twice.post("create_invitation", owner, "/invitations", new).await;
    // As if it had been sent long ago: a mail a minute is the most.
    diesel::sql_query("UPDATE team_invitations SET sent_at = sent_at - interval '1 hour'")
        .execute(&mut twice.app.owner_of_database())
        .expect("time passes");
    let path = format!("/invitations/{}/resend", id(&made));
    twice.post("resend_invitation", owner, &path, json!({})).await;
    let mails = "mail_messages WHERE recipient = 'new@example.test'";
    assert_eq!((twice.rows("team_invitations"), twice.rows(mails)), (1, 2));
}

async fn api_keys(twice: &mut Twice<'_>, owner: &Client) {
    let key = json!({ "name": "ERP", "scopes": ["orders.read"] });
    let made = twice.post("create_api_key", owner, "/api-keys", key).await;
    assert_eq!(twice.rows("api_keys"), 1);
    let path = format!("/api-keys/{}/rotate", id(&made));
    let rotated = twice.post("rotate_api_key", owner, &path, json!({})).await;
    assert_eq!(rotated.json["api_key"]["version"], 2);
}

async fn domains(twice: &mut Twice<'_>, owner: &Client) {
    let made = twice
        .post("create_domain", owner, "/domains", json!({ "host": "shop.acme.test" }))
        .await;
    assert_eq!(twice.rows("store_domains"), 1);
    let path = format!("/domains/{}/check", id(&made));
    let checked = twice.post("check_domain", owner, &path, json!({})).await;
    assert_eq!(checked.json["last_check"]["proof"], "unanswered");
}

async fn sales(twice: &mut Twice<'_>, owner: &Client) {
    let mug = twice.app.sell_one("acme", "Mug", 1_200, 9).await;
    let adjust = json!({ "variant_id": mug, "delta": 3, "reason": "received" });
    let level = twice.post("adjust_inventory", owner, "/inventory/adjustments", adjust).await;
    assert_eq!(level.json["on_hand"], 12);
    let count = json!({ "items": [{ "variant_id": mug, "on_hand": 20 }] });
    twice.post("change_inventories", owner, "/bulk/inventory", count).await;
    let shipping = json!({ "name": "Parcel", "price_minor": 500 });
    twice
        .post("create_shipping_method", owner, "/settings/shipping-methods", shipping)
        .await;
    let ada = twice.app.customer("acme", "ada@example.test").await;
    twice
        .post("create_address", &ada, "/account/addresses", json!({ "address": address() }))
        .await;
    assert_eq!(twice.rows("customer_addresses"), 1);
    let line = json!({ "variant_id": mug, "quantity": 2 });
    let cart = twice.post("add_cart_item", &ada, "/cart/items", line).await;
    assert_eq!(cart.json["items"][0]["quantity"], 2);
    for step in ["mark-paid", "fulfilments", "cancel"] {
        let placed = Buyer::fill(&twice.app.shop("acme"), &[(mug, 1)]).await.buy().await.is(201);
        let order = format!("/orders/{}/{step}", placed.json["order_id"].as_str().expect("an order"));
        let operation = match step {
            "mark-paid" => "mark_order_paid",
            "cancel" => "cancel_order",
            _ => "create_fulfilment",
        };
        twice.post(operation, owner, &order, json!({})).await;
    }
    assert_eq!(twice.rows("fulfilments"), 1);
}

async fn people(twice: &mut Twice<'_>, admin: &Client) {
    let viewer = twice.app.text("SELECT id FROM users WHERE email = 'viewer@acme.test'");
    let reason = json!({ "reason": "On request" });
    twice.post("disable_user", admin, &format!("/users/{viewer}/disable"), reason).await;
    twice
        .post("enable_user", admin, &format!("/users/{viewer}/enable"), json!({}))
        .await;
    let new = json!({ "email": "another@example.test", "super_admin": true });
    let made = twice.post("create_admin_invitation", admin, "/invitations", new).await;
    // As if it had been sent long ago: a mail a minute is the most.
    diesel::sql_query("UPDATE admin_invitations SET sent_at = sent_at - interval '1 hour'")
        .execute(&mut twice.app.owner_of_database())
        .expect("time passes");
    let path = format!("/invitations/{}/resend", id(&made));
    twice.post("resend_admin_invitation", admin, &path, json!({})).await;
    let mails = "mail_messages WHERE recipient = 'another@example.test'";
    assert_eq!((twice.rows("admin_invitations"), twice.rows(mails)), (1, 2));
}

async fn administration(twice: &mut Twice<'_>, admin: &Client) {
    let job = twice.app.text("SELECT id FROM jobs WHERE status = 'queued' ORDER BY id LIMIT 1");
    for step in ["cancel", "retry"] {
        twice
            .post(&format!("{step}_job"), admin, &format!("/jobs/{job}/{step}"), json!({}))
            .await;
    }
    let platform = twice.app.text("SELECT id FROM platforms WHERE code = 'main'");
    let owner = json!({ "email": "owner@initech.test", "name": "A Person", "password": PASSWORD });
    let new = json!({ "platform_id": platform, "name": "Initech", "code": "initech", "currency": "EUR", "owner": owner });
    let store = twice.post("create_store", admin, "/stores", new).await;
    let path = format!("/stores/{}", id(&store));
    let reason = json!({ "reason": "On request" });
    let why = json!({ "reason": "The owner asked for help with it" });
    twice
        .post("create_impersonation", admin, &format!("{path}/impersonations"), why)
        .await;
    assert_eq!(twice.rows("impersonations"), 1);
    twice.post("suspend_store", admin, &format!("{path}/suspend"), reason).await;
    twice
        .post("reactivate_store", admin, &format!("{path}/reactivate"), json!({}))
        .await;
    people(twice, admin).await;
    let lanterns = json!({ "code": "lanterns", "name": "Lanterns", "domain": "lanterns.test" });
    let made = twice.post("create_platform", admin, "/platforms", lanterns).await;
    let path = format!("/platforms/{}", id(&made));
    let reason = json!({ "reason": "On request" });
    twice.post("disable_platform", admin, &format!("{path}/disable"), reason).await;
    twice.post("enable_platform", admin, &format!("{path}/enable"), json!({})).await;
    assert_eq!(twice.rows("platforms"), 3);
    let enabled = "audit_log WHERE action = 'module.enabled'";
    let before = twice.rows(enabled);
    let module = format!("/platforms/{platform}/modules/orders");
    twice.post("disable_module", admin, &format!("{module}/disable"), json!({})).await;
    twice.post("enable_module", admin, &format!("{module}/enable"), json!({})).await;
    assert_eq!(twice.rows(enabled), before + 1);
    let sidebar = format!("/platforms/{platform}/sidebar");
    let arranged = json!({ "order": ["orders"], "hidden": ["customers"] });
    admin.with("if-match", "*").put(&sidebar, arranged).await.is(200);
    twice.post("reset_sidebar", admin, &format!("{sidebar}/reset"), json!({})).await;
    assert_eq!(twice.rows("audit_log WHERE action = 'sidebar.reset'"), 1);
}

#[tokio::test]
async fn what_is_sent_twice_with_a_key_happens_once() {
    let app = TestApp::start().await;
    let mut twice = Twice {
        app: &app,
        seen: BTreeSet::new(),
    };
    let owner = app.owner("acme").await;
    let without = json!({ "without": ["shipping", "tax", "payment", "legal", "products"] });
    twice.post("publish_shop", &owner, "/opening/open", without).await;
    catalogue(&mut twice, &owner).await;
    sales(&mut twice, &owner).await;
    administration(&mut twice, &app.admin().await).await;
    // Placing an order has tests of its own.
    twice.seen.insert("place_order".to_owned());
    assert_eq!(twice.seen, done_once(), "an operation that is done once has no case here");
    app.leave_jobs("what is done once leaves work that nobody waits for");
}

#[tokio::test]
async fn a_key_for_something_else_is_refused_also_where_only_the_path_differs() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await.with("idempotency-key", "one");
    let (mug, cup) = (app.sell("acme", "Mug", 1_000, 1).await, app.sell("acme", "Cup", 1_000, 1).await);
    owner.post(&format!("/products/{}/archive", mug.id), json!({})).await.is(200);
    owner
        .post(&format!("/products/{}/archive", cup.id), json!({}))
        .await
        .refused(422, "framework.idempotency_mismatch");
    // A second gate beside the first one does not lose what the body says.
    let (one, two) = (
        json!({ "email": "one@example.test", "role": "viewer" }),
        json!({ "email": "two@example.test", "role": "viewer" }),
    );
    let invites = app.owner("acme").await.with("idempotency-key", "two");
    invites.post("/invitations", one).await.is(201);
    invites
        .post("/invitations", two)
        .await
        .refused(422, "framework.idempotency_mismatch");
    // The manager's key is another one, and what fails keeps nothing.
    let manager = app.staff("acme", "manager@acme.test").await.with("idempotency-key", "one");
    manager
        .post(&format!("/products/{}/publish", mug.id), json!({}))
        .await
        .refused(409, "catalog.product_archived");
    manager.post(&format!("/products/{}/unarchive", mug.id), json!({})).await.is(200);
    manager.post(&format!("/products/{}/publish", mug.id), json!({})).await.is(200);
    app.run_jobs().await;
}
