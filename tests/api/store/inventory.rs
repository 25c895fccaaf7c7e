//! `/api/v1/store/inventory`

use orion_tests::TestApp;
use orion_types::Page;
use orion_types::inventory::{InventoryLevel, InventoryMovement};
use orion_types::status::MovementReason;
use serde_json::json;

#[tokio::test]
async fn stock_is_changed_with_a_reason_and_every_change_is_written_down() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "Mug", 1200, 5).await;
    let owner = app.owner("acme").await;
    let adjust = async |delta: i32, reason: &str| {
        owner
            .post(
                "/inventory/adjustments",
                json!({ "variant_id": variant, "delta": delta, "reason": reason }),
            )
            .await
    };
    let level: InventoryLevel = adjust(7, "received").await.is(201).json();
    assert_eq!((level.on_hand, level.reserved, level.available), (12, 0, 12));
    adjust(-2, "damaged").await.is(201);
    let movements: Page<InventoryMovement> = owner
        .get(&format!("/inventory/movements?variant_id={variant}"))
        .await
        .is(200)
        .json();
    let written: Vec<(i32, MovementReason)> = movements
        .data
        .iter()
        .map(|movement| (movement.on_hand_delta, movement.reason))
        .collect();
    assert_eq!(
        written,
        [
            (-2, MovementReason::Damaged),
            (7, MovementReason::Received),
            (5, MovementReason::Initial)
        ]
    );
    app.run_jobs().await;
}

#[tokio::test]
async fn a_change_of_stock_that_is_sent_twice_is_booked_once() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "Mug", 1200, 5).await;
    let owner = app.owner("acme").await.with("idempotency-key", "delivery-7");
    let body = json!({ "variant_id": variant, "delta": 7, "reason": "received" });
    let first = owner.post("/inventory/adjustments", body.clone()).await.is(201);
    let again = owner.post("/inventory/adjustments", body).await.is(201);
    assert_eq!(again.header("idempotent-replayed"), Some("true"));
    assert_eq!(first.json, again.json);
    assert_eq!(app.count("SELECT sum(on_hand) FROM inventory_levels"), 12);
    app.run_jobs().await;
}

#[tokio::test]
async fn stock_is_never_below_what_was_promised() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "Mug", 1200, 5).await;
    app.buyer("acme", &[(variant, 4)]).await.buy().await.is(201);
    let owner = app.owner("acme").await;
    let adjust = async |delta: i32| {
        owner
            .post(
                "/inventory/adjustments",
                json!({ "variant_id": variant, "delta": delta, "reason": "correction" }),
            )
            .await
    };
    adjust(-2).await.refused(409, "inventory.insufficient");
    let level: InventoryLevel = adjust(-1).await.is(201).json();
    assert_eq!((level.on_hand, level.reserved, level.available), (4, 4, 0));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_change_of_nothing_or_for_a_reason_that_is_not_ours_is_refused() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "Mug", 1200, 5).await;
    let owner = app.owner("acme").await;
    for (delta, reason, pointer) in [
        (0, "received", "/delta"),
        (1_000_000_000, "received", "/delta"),
        (1, "sold", "/reason"),
        (1, "stolen", "/reason"),
    ] {
        let body = json!({ "variant_id": variant, "delta": delta, "reason": reason });
        owner
            .post("/inventory/adjustments", body)
            .await
            .refused(422, "framework.invalid")
            .at(pointer);
    }
    assert_eq!(app.count("SELECT count(*) FROM inventory_movements"), 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn what_runs_low_is_found() {
    let app = TestApp::start().await;
    for (title, units) in [("Plenty", 50), ("Few", 2), ("None", 0)] {
        app.sell_one("acme", title, 1200, units).await;
    }
    let owner = app.owner("acme").await;
    let titles = async |path: &str| {
        let page: Page<InventoryLevel> = owner.get(path).await.is(200).json();
        let mut titles: Vec<String> = page.data.into_iter().map(|level| level.product_title).collect();
        titles.sort();
        titles
    };
    assert_eq!(titles("/inventory?stock=low").await, ["Few", "None"]);
    assert_eq!(titles("/inventory?stock=out").await, ["None"]);
    assert_eq!(titles("/inventory?q=plent").await, ["Plenty"]);
    assert_eq!(titles("/dashboard/low-stock").await, ["Few", "None"]);
    app.run_jobs().await;
}

#[tokio::test]
async fn stock_is_sorted_by_what_can_be_sold_page_by_page() {
    let app = TestApp::start().await;
    for (title, units) in [("Bowl", 7), ("Cup", 0), ("Jug", 7), ("Mug", 50)] {
        app.sell_one("acme", title, 1200, units).await;
    }
    let owner = app.owner("acme").await;
    let walk = async |sort: &str| {
        let (mut found, mut cursor) = (Vec::new(), String::new());
        loop {
            let page: Page<InventoryLevel> = owner.get(&format!("/inventory?limit=1&sort={sort}{cursor}")).await.is(200).json();
            found.extend(page.data.into_iter().map(|level| (level.available, level.product_title)));
            match page.next_cursor {
                Some(next) => cursor = format!("&cursor={next}"),
                None => return found,
            }
        }
    };
    let units = |found: &[(i32, String)]| found.iter().map(|(units, _)| *units).collect::<Vec<_>>();
    assert_eq!(units(&walk("available").await), [0, 7, 7, 50]);
    assert_eq!(units(&walk("-available").await), [50, 7, 7, 0]);
    let titles: Vec<String> = walk("-product").await.into_iter().map(|(_, title)| title).collect();
    assert_eq!(titles, ["Mug", "Jug", "Cup", "Bowl"]);
    owner
        .get("/inventory?sort=colour")
        .await
        .refused(400, "framework.bad_query")
        .at("sort");
    app.run_jobs().await;
}
