//! `/api/v1/store/audit`: who did what in a store, and what the tests of the whole know about it.

use futures_util::FutureExt;
use orion_tests::{Client, TestApp};
use orion_types::Page;
use orion_types::audit::AuditEntry;
use orion_types::export::Export;
use serde_json::json;

use super::ModuleCase;

pub const CASE: ModuleCase = ModuleCase {
    furnish: |owner| furnish(owner).boxed_local(),
    paths: &[("/api/v1/store/audit/{id}", "audit_entry")],
    parameters: &[],
    body: |_, _| None,
    bodies_without_ids: &[],
    // It is the last that becomes blind, for all.
    blind: &[],
    repeat: |_, _| async {}.boxed_local(),
    left_out: &[],
};

/// The newest entry of the store; making it has left some.
async fn furnish(owner: &Client) -> Vec<(&'static str, String)> {
    let newest = entries(owner, "?limit=1").await;
    vec![("audit_entry", newest[0].id.to_string())]
}

async fn entries(staff: &Client, query: &str) -> Vec<AuditEntry> {
    staff.get(&format!("/audit{query}")).await.is(200).rows()
}

fn actions(entries: &[AuditEntry]) -> Vec<&str> {
    entries.iter().map(|entry| entry.action.as_str()).collect()
}

/// A product whose price somebody has changed; its id.
async fn repriced(app: &TestApp, staff: &Client, title: &str) -> String {
    let variant = json!({ "sku": title, "price_minor": 1999, "option_values": [] });
    let made = staff
        .post("/products", json!({ "title": title, "variants": [variant] }))
        .await
        .is(201);
    let (id, version) = (
        made.json["id"].as_str().expect("an id").to_owned(),
        made.header("etag").expect("a version").to_owned(),
    );
    let variant = json!({ "id": made.json["variants"][0]["id"], "sku": title, "price_minor": 1799, "option_values": [] });
    staff
        .with("if-match", &version)
        .put(
            &format!("/products/{id}"),
            json!({ "title": title, "vendor": "Muster", "variants": [variant] }),
        )
        .await
        .is(200);
    app.leave_jobs("what is read here is written already");
    id
}

#[tokio::test]
async fn who_changed_a_price_from_what_to_what_is_found_by_every_filter() {
    let app = TestApp::start().await;
    let (owner, manager) = (app.owner("acme").await, app.staff("acme", "manager@acme.test").await);
    let product = repriced(&app, &manager, "Mug").await;
    repriced(&app, &owner, "Lamp").await;
    let of_thing = entries(&owner, &format!("?entity_id={product}")).await;
    assert_eq!(actions(&of_thing), ["product.updated", "product.created"]);
    let [changed, _] = of_thing.as_slice() else { panic!("two entries") };
    assert_eq!((changed.actor.as_str(), changed.actor_kind.as_str()), ("manager@acme.test", "user"));
    assert!(changed.ip.is_some() && changed.request_id.is_some(), "{changed:?}");
    let price = changed
        .changes
        .iter()
        .find(|change| change.after.contains("17") && change.field.contains("price"));
    assert!(
        price
            .and_then(|price| price.before.as_deref())
            .is_some_and(|before| before.contains("19")),
        "{changed:?}"
    );

    let of_manager = entries(&owner, "?actor=manager@acme.test&action=product").await;
    assert_eq!(actions(&of_manager), ["product.updated", "product.created"]);
    let updated = entries(&owner, "?action=product.updated").await;
    assert_eq!(updated.len(), 2);
    assert!(entries(&owner, "?action=prod").await.is_empty(), "a part of a name is no group");
    assert!(entries(&owner, "?from=2999-01-01").await.is_empty());
    assert!(entries(&owner, "?to=2001-01-01").await.is_empty());
    let today = chrono::DateTime::parse_from_rfc3339(&changed.created_at.0)
        .expect("a time")
        .date_naive();
    let around = format!(
        "?from={}&to={}&action=product",
        today - chrono::Days::new(1),
        today + chrono::Days::new(1)
    );
    assert_eq!(entries(&owner, &around).await.len(), 4);
    assert_eq!(
        owner.get(&format!("/audit/{}", changed.id)).await.is(200).json::<AuditEntry>(),
        *changed
    );
}

#[tokio::test]
async fn an_order_is_found_with_those_who_placed_it() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "Mug", 1200, 5).await;
    let order = app.buyer("acme", &[(variant, 1)]).await.buy().await.is(201);
    app.run_jobs().await;
    let owner = app.owner("acme").await;
    let id = order.json["order_id"].as_str().expect("an order").to_owned();
    let of_order = entries(&owner, &format!("?entity_id={id}")).await;
    assert!(actions(&of_order).contains(&"order.placed"), "{of_order:?}");
    let placed = entries(&owner, "?action=order.placed").await;
    assert_eq!(placed.len(), 1);
    assert!(actions(&entries(&owner, "?action=order").await).contains(&"order.placed"));
    // Shoppers are not looked for by what they are called.
    assert!(entries(&owner, &format!("?actor={}", placed[0].actor)).await.is_empty());
}

#[tokio::test]
async fn the_log_is_paged_to_its_end_without_gaps() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    for number in 0..4 {
        repriced(&app, &owner, &format!("Mug {number}")).await;
    }
    let whole = entries(&owner, "?limit=100&action=product").await;
    let mut seen = Vec::new();
    let mut next: Option<String> = None;
    loop {
        let cursor = next.as_ref().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let page: Page<AuditEntry> = owner.get(&format!("/audit?limit=3&action=product{cursor}")).await.is(200).json();
        seen.extend(page.data);
        next = page.next_cursor;
        if next.is_none() {
            break;
        }
    }
    assert_eq!(seen, whole);
    assert_eq!(whole.len(), 8);
}

#[tokio::test]
async fn only_those_who_may_see_it_do_and_nonsense_is_named() {
    let app = TestApp::start().await;
    let (owner, viewer) = (app.owner("acme").await, app.staff("acme", "viewer@acme.test").await);
    viewer.get("/audit").await.refused(403, "framework.forbidden");
    for (query, parameter) in [
        ("?from=yesterday", "from"),
        ("?to=2026-02-30", "to"),
        ("?from=2026-11-02&to=2026-11-01", "to"),
        ("?entity_id=mug", "entity_id"),
        ("?limit=0", "limit"),
        ("?cursor=x", "cursor"),
    ] {
        let refused = owner.get(&format!("/audit{query}")).await;
        assert_eq!(refused.status, 400, "{query}");
        assert!(refused.text().contains(parameter), "{query}: {}", refused.text());
    }
    // Another store's entry is not here.
    let others = entries(&app.owner("globex").await, "?limit=1").await;
    owner
        .get(&format!("/audit/{}", others[0].id))
        .await
        .refused(404, "framework.not_found");
}

#[tokio::test]
async fn what_a_filter_finds_is_taken_away_as_a_file() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let product = repriced(&app, &owner, "Mug").await;
    let asked = json!({ "kind": "audit", "format": "csv", "filter": format!("entity_id={product}") });
    let asked: Export = owner.post("/exports", asked).await.is(202).json();
    app.run_jobs().await;
    let export: Export = owner.get(&format!("/exports/{}", asked.id)).await.is(200).json();
    let path = export.download_path.as_deref().expect("a link");
    let file = app.dashboard("acme").at_root().get(path).await.is(200);
    let text = file.text();
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[0].ends_with("At,By,Kind,Action,On,Id,Field,Before,After,Address,Request,Impersonation"),
        "{}",
        lines[0]
    );
    assert!(
        lines[1..]
            .iter()
            .all(|line| line.contains(&product) && line.contains("owner@acme.test")),
        "{lines:?}"
    );
    assert!(
        lines.iter().any(|line| line.contains("product.updated") && line.contains("1799")),
        "{lines:?}"
    );
}
