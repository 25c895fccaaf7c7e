//! Two stores with one of everything each.

use std::collections::BTreeMap;
use std::io::Cursor;

use diesel::RunQueryDsl;
use orion_tests::{Buyer, Client, Form, PASSWORD, TestApp, address, card};
use orion_types::permission::Permission;
use serde_json::{Value, json};

use crate::api::impersonation::begin;
use crate::api::passwords::newest_link;
use crate::modules::CASES;

/// A store with one of everything, and who works and shops there.
pub struct Furnished {
    pub code: &'static str,
    pub owner: Client,
    /// With a key that holds every right that a key can have.
    pub program: Client,
    pub customer: Client,
    /// Ids by what they are ids of, such as `product`.
    pub ids: BTreeMap<&'static str, String>,
}

impl Furnished {
    pub fn id(&self, of: &str) -> &str {
        self.ids.get(of).unwrap_or_else(|| panic!("the world has no {of}"))
    }
}

fn id_of(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no id: {value}")).to_owned()
}

/// Fills a store.
pub async fn furnish(app: &TestApp, code: &'static str) -> Furnished {
    let owner = app.owner(code).await;
    let email = format!("ada@{code}.example.test");
    let customer = app.customer(code, &email).await;
    let mut ids = BTreeMap::new();
    catalogue(app, code, &owner, &mut ids).await;
    sales(app, code, &customer, &owner, &mut ids).await;
    people(&owner, &customer, &mut ids).await;
    let member = colleague(app, code, &owner).await;
    ids.insert("member", member);
    ids.insert("impersonation", impersonation(app, code).await);
    let address = format!("owner@{code}.test");
    ids.insert("passkey", passkey(app, &address));
    sign_with_passkey(app, &address, &format!("{code}.orion.localhost"));
    ids.insert("customer_passkey", customer_passkey(app, &email));
    for case in CASES {
        ids.extend((case.furnish)(&owner).await);
    }
    let program = program(app, code, &owner, &mut ids).await;
    app.run_jobs().await;
    Furnished {
        code,
        owner,
        program,
        customer,
        ids,
    }
}

async fn catalogue(app: &TestApp, code: &str, owner: &Client, ids: &mut BTreeMap<&'static str, String>) {
    let category = owner
        .post("/categories", json!({ "name": format!("Things of {code}") }))
        .await
        .is(201);
    let product = app.sell(code, &format!("Thing of {code}"), 1000, 50).await;
    let form = Form::file("thing.png", "image/png", &picture());
    let images = owner.upload(&format!("/products/{}/images", product.id), form).await.is(201);
    let csv = b"Handle,Title,Variant Price\nimported,Imported,1.00\n";
    let import = owner
        .upload("/imports/products", Form::file("products.csv", "text/csv", csv))
        .await
        .is(202);
    let mapping = owner
        .post(
            "/import-mappings",
            json!({ "name": "Ours", "headings": ["Handle"], "columns": { "Handle": "handle" } }),
        )
        .await
        .is(201);
    ids.insert("import_mapping", id_of(&mapping.json["id"]));
    let export = owner
        .post("/exports", json!({ "kind": "products", "format": "jsonl" }))
        .await
        .is(202);
    ids.insert("export", id_of(&export.json["id"]));
    ids.insert("category", id_of(&category.json["id"]));
    ids.insert("product", product.id.to_string());
    ids.insert("slug", product.slug);
    ids.insert("variant", product.variants[0].id.to_string());
    ids.insert("image", id_of(&images.json["data"][0]["id"]));
    ids.insert("import", id_of(&import.json["id"]));
}

async fn sales(app: &TestApp, code: &str, customer: &Client, owner: &Client, ids: &mut BTreeMap<&'static str, String>) {
    let variant = ids["variant"].parse().expect("an id");
    let buyer = Buyer::fill(customer, &[(variant, 2)]).await;
    let placed = buyer.buy().await.is(201);
    let order = owner.get(&format!("/orders/{}", id_of(&placed.json["order_id"]))).await.is(200);
    ids.insert("order", id_of(&placed.json["order_id"]));
    ids.insert("order_number", order.json["number"].to_string());
    ids.insert("order_item", id_of(&order.json["items"][0]["id"]));
    ids.insert("access_token", id_of(&placed.json["access_token"]));
    ids.insert("shipping_method", buyer.shipping_method_id);
    // A card that asks leaves an order that waits for its owner.
    let guest = app.buyer(code, &[(variant, 1)]).await;
    let asked = guest.place("ask", guest.total().await, &card("4000002500003155")).await.is(201);
    ids.insert("asked_order", id_of(&asked.json["order_id"]));
    ids.insert("asked_token", id_of(&asked.json["access_token"]));
    let open = app.buyer(code, &[(variant, 1)]).await;
    ids.insert("cart_item", open.cart().await.items[0].id.to_string());
}

async fn people(owner: &Client, customer: &Client, ids: &mut BTreeMap<&'static str, String>) {
    let saved = customer.post("/account/addresses", json!({ "address": address() })).await.is(201);
    ids.insert("address", id_of(&saved.json["id"]));
    let known = owner.get("/customers").await.is(200);
    ids.insert("customer", id_of(&known.json["data"][0]["id"]));
    let sessions = customer.get("/account/sessions").await.is(200);
    ids.insert("customer_session", id_of(&sessions.json["data"][0]["id"]));
    let sessions = owner.get("/me/sessions").await.is(200);
    ids.insert("staff_session", id_of(&sessions.json["data"][0]["id"]));
    let role = json!({ "name": "Warehouse", "rights": ["orders.write", "inventory.*"] });
    let role = owner.post("/roles", role).await.is(201);
    ids.insert("role", id_of(&role.json["id"]));
    let invitation = json!({ "email": "new@example.test", "role": "viewer" });
    let invited = owner.post("/invitations", invitation).await.is(201);
    ids.insert("invitation", id_of(&invited.json["id"]));
}

/// A member beside the owner, of whom nothing can be changed by anybody.
async fn colleague(app: &TestApp, code: &str, owner: &Client) -> String {
    let email = format!("colleague@{code}.example.test");
    let invitation = json!({ "email": email, "role": "viewer" });
    owner.post("/invitations", invitation).await.is(201);
    let (_, token) = newest_link(app, &email).await;
    let accepted = json!({ "token": token, "name": "Colin", "password": PASSWORD });
    app.dashboard(code).post("/invitations/accept", accepted).await.is(200);
    let team = owner.get("/team").await.is(200);
    let members = team.json["data"].as_array().expect("members");
    let found = members
        .iter()
        .find(|member| member["email"] == email.as_str())
        .expect("the colleague");
    id_of(&found["id"])
}

/// An administrator who is about to enter the dashboard.
async fn impersonation(app: &TestApp, code: &str) -> String {
    let body = json!({ "reason": "Something of every kind is wanted", "minutes": 60 });
    let link = begin(app, &app.admin().await, code, body).await;
    link.id.to_string()
}

async fn program(app: &TestApp, code: &str, owner: &Client, ids: &mut BTreeMap<&'static str, String>) -> Client {
    let scopes: Vec<Permission> = Permission::ALL.iter().copied().filter(|right| !right.is_personal()).collect();
    let domain = owner.post("/domains", json!({ "host": format!("shop.{code}.test") })).await.is(201);
    ids.insert("domain", id_of(&domain.json["id"]));
    let made = owner.post("/api-keys", json!({ "name": "ERP", "scopes": scopes })).await.is(201);
    ids.insert("api_key", id_of(&made.json["id"]));
    app.dashboard(code).bearer(&id_of(&made.json["secret"]))
}

fn picture() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(16, 16)
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("a picture");
    bytes.into_inner()
}

/// One line per table with a digest of every row that belongs to a store.
pub async fn digest(app: &TestApp, code: &str) -> String {
    let store = app.store_id(code).await;
    let tables = app.text(
        "SELECT string_agg(c.relname, ' ' ORDER BY c.relname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'store_id' \
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'",
    );
    let lines = tables.split(' ').map(|table| {
        let rows = app.text(&format!(
            "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {table} AS t WHERE store_id = '{store}'"
        ));
        format!("{table} {rows}\n")
    });
    lines.collect()
}

/// Lets the sessions of an account count as ones that its passkey has signed at a host: the password alone changes nothing about an account
/// with passkeys, and that answer would hide what an operation says of another store's things.
pub(super) fn sign_with_passkey(app: &TestApp, email: &str, host: &str) {
    let signed = format!(
        "UPDATE user_sessions s SET passkey_id = p.id, passkey_host = '{host}' FROM user_passkeys p JOIN users u ON u.id = p.user_id \
         WHERE s.user_id = u.id AND u.email = '{email}'"
    );
    diesel::sql_query(signed)
        .execute(&mut app.owner_of_database())
        .expect("sessions of a passkey");
}

/// A passkey of a customer, which nobody can sign in with; its id.
fn customer_passkey(app: &TestApp, email: &str) -> String {
    diesel::sql_query(format!(
        "INSERT INTO customer_passkeys (store_id, id, customer_id, host, name, credential_id, credential, created_at) \
         SELECT store_id, gen_random_uuid(), id, 'x.example', 'Telephone', uuid_send(id), '{{}}', now() FROM customers WHERE email = '{email}'"
    ))
    .execute(&mut app.owner_of_database())
    .expect("a passkey");
    app.text(&format!(
        "SELECT p.id FROM customer_passkeys p JOIN customers c ON c.store_id = p.store_id AND c.id = p.customer_id WHERE c.email = '{email}'"
    ))
}

/// A passkey of an account, which nobody can sign in with; its id.
pub(super) fn passkey(app: &TestApp, email: &str) -> String {
    diesel::sql_query(format!(
        "INSERT INTO user_passkeys (id, user_id, host, name, credential_id, credential, created_at) \
         SELECT gen_random_uuid(), id, 'x.example', 'Telephone', uuid_send(id), '{{}}', now() FROM users WHERE email = '{email}'"
    ))
    .execute(&mut app.owner_of_database())
    .expect("a passkey");
    app.text(&format!(
        "SELECT p.id FROM user_passkeys p JOIN users u ON u.id = p.user_id WHERE u.email = '{email}'"
    ))
}
