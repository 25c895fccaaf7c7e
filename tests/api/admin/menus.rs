//! `/api/v1/admin/platforms/{id}/sidebar`: how a platform arranges the sidebar of its stores' dashboards, and what the dashboards show of it.

use diesel::connection::SimpleConnection;
use orion_tests::{Answer, Client, TestApp};
use orion_types::menu::{MenuSection, StorePage};
use orion_types::sidebar::Sidebar;
use serde_json::{Value, json};

/// An administrator of everything, and the sidebar of a platform.
async fn sidebar_of(app: &TestApp, code: &str) -> (Client, String) {
    let id = app.text(&format!("SELECT id FROM platforms WHERE code = '{code}'"));
    (app.admin().await, format!("/platforms/{id}/sidebar"))
}

async fn arrange(admin: &Client, path: &str, version: i32, body: Value) -> Answer {
    admin.with("if-match", &format!("\"{version}\"")).put(path, body).await
}

/// The pages of a menu, from its top.
async fn shown(client: &Client) -> Vec<StorePage> {
    let sections: Vec<MenuSection<StorePage>> = client.get("/menu").await.is(200).rows();
    let entries = sections.into_iter().flat_map(|section| section.entries);
    entries.map(|entry| entry.page).collect()
}

fn place(pages: &[StorePage], wanted: StorePage) -> usize {
    pages.iter().position(|page| *page == wanted).expect("the page")
}

#[tokio::test]
async fn what_a_platform_arranges_its_dashboards_show_and_no_others() {
    let app = TestApp::start().await;
    let other = app.second_server().await;
    let (owner, plain) = (app.owner("acme").await, app.owner("plain").await);
    let there = owner.at(other.address, "acme.orion.localhost");
    let declared = (shown(&owner).await, shown(&plain).await);
    let (admin, path) = sidebar_of(&app, "main").await;
    let before = admin.get(&path).await.is(200);
    assert_eq!(before.header("etag"), Some("\"1\""));
    let before: Sidebar = before.json();
    assert_eq!((before.arranged, before.version), (false, 1));
    assert_eq!(before.entries.len(), StorePage::ALL.len());

    let body = json!({ "order": ["settings", "customers", "orders"], "hidden": ["products"] });
    let arranged: Sidebar = arrange(&admin, &path, 1, body).await.is(200).json();
    assert_eq!((arranged.arranged, arranged.version), (true, 2));
    let hidden = arranged.entries.iter().filter(|entry| entry.hidden);
    let hidden: Vec<StorePage> = hidden.map(|entry| entry.page).collect();
    assert_eq!(hidden, [StorePage::Products]);
    for (place_of, client) in [("here", &owner), ("another server", &there)] {
        let pages = shown(client).await;
        assert!(!pages.contains(&StorePage::Products), "{place_of}");
        assert!(place(&pages, StorePage::Customers) < place(&pages, StorePage::Orders), "{place_of}");
        assert_eq!(pages.len(), declared.0.len() - 1, "{place_of}");
    }
    assert_eq!(shown(&plain).await, declared.1, "another platform's");

    let reset: Sidebar = admin.post(&format!("{path}/reset"), json!({})).await.is(200).json();
    assert_eq!((reset.arranged, reset.version), (false, 3));
    assert_eq!(shown(&owner).await, declared.0);
    let noted = "SELECT string_agg(action, ' ' ORDER BY id) FROM audit_log WHERE action LIKE 'sidebar.%'";
    assert_eq!(app.text(noted), "sidebar.updated sidebar.reset");
}

#[tokio::test]
async fn an_entry_that_is_left_out_is_hidden_and_its_page_answers() {
    let app = TestApp::start().await;
    let (admin, path) = sidebar_of(&app, "main").await;
    let (owner, viewer) = (app.owner("acme").await, app.staff("acme", "viewer@acme.test").await);
    arrange(&admin, &path, 1, json!({ "order": [], "hidden": ["products", "team"] }))
        .await
        .is(200);
    assert!(!shown(&owner).await.contains(&StorePage::Team));
    owner.get("/products").await.is(200);
    owner.get("/team").await.is(200);
    viewer.get("/products").await.is(200);
    // Who lacks the right has neither the entry nor the page, wherever it stands.
    viewer.get("/settings").await.refused(403, "framework.forbidden");
    assert!(!shown(&viewer).await.contains(&StorePage::Settings));
}

#[tokio::test]
async fn nobody_is_left_without_dashboard_and_settings() {
    let app = TestApp::start().await;
    let (admin, path) = sidebar_of(&app, "main").await;
    let hides = |name: &str| json!({ "order": [], "hidden": [name] });
    for name in ["dashboard", "settings"] {
        let refused = arrange(&admin, &path, 1, hides(name))
            .await
            .refused(422, "framework.invalid")
            .at("/hidden/0");
        assert_eq!(refused.problem().errors[0].code, "mandatory");
    }
    let refused = arrange(&admin, &path, 1, hides("nothing")).await.refused(422, "framework.invalid");
    assert_eq!(refused.problem().errors[0].code, "unknown_entry");
    let twice = json!({ "order": ["orders", "orders"], "hidden": [] });
    arrange(&admin, &path, 1, twice)
        .await
        .refused(422, "framework.invalid")
        .at("/order/1");
    assert_eq!(app.count("SELECT count(*) FROM platform_sidebars"), 0);
}

#[tokio::test]
async fn who_comes_late_is_told_so_and_changes_nothing() {
    let app = TestApp::start().await;
    let (admin, path) = sidebar_of(&app, "main").await;
    let body = json!({ "order": ["orders"], "hidden": [] });
    admin.put(&path, body.clone()).await.refused(428, "framework.precondition_required");
    arrange(&admin, &path, 1, body.clone()).await.is(200);
    arrange(&admin, &path, 1, json!({ "order": [], "hidden": ["orders"] }))
        .await
        .refused(412, "framework.stale");
    // What is there already is no change.
    let same: Sidebar = arrange(&admin, &path, 2, body).await.is(200).json();
    assert_eq!(same.version, 2);
    // An arrangement that was taken back is another one than none, for whoever has read that there was none.
    admin.post(&format!("{path}/reset"), json!({})).await.is(200);
    arrange(&admin, &path, 1, json!({ "order": [], "hidden": [] }))
        .await
        .refused(412, "framework.stale");
}

#[tokio::test]
async fn entries_of_modules_that_are_off_or_gone_keep_their_places() {
    let app = TestApp::start().await;
    let (admin, path) = sidebar_of(&app, "main").await;
    let owner = app.owner("acme").await;
    arrange(
        &admin,
        &path,
        1,
        json!({ "order": ["customers", "orders"], "hidden": ["inventory"] }),
    )
    .await
    .is(200);
    let kept = "UPDATE platform_sidebars SET entry_order = '{subscriptions,customers,orders}', hidden = '{inventory,subscriptions}'";
    app.owner_of_database().batch_execute(kept).expect("a module of another version");
    let module = path.replace("/sidebar", "/modules/orders");
    admin.post(&format!("{module}/disable"), json!({})).await.is(200);
    assert!(!shown(&owner).await.contains(&StorePage::Orders));
    let off: Sidebar = admin.get(&path).await.is(200).json();
    let orders = off.entries.iter().find(|entry| entry.page == StorePage::Orders);
    let orders = orders.expect("the entry");
    assert!(!orders.enabled && !orders.hidden);
    arrange(&admin, &path, 2, json!({ "order": ["customers", "orders"], "hidden": [] }))
        .await
        .is(200);
    let stored = app.text("SELECT entry_order::text || hidden::text FROM platform_sidebars");
    assert_eq!(stored, "{subscriptions,customers,orders}{subscriptions}");
    admin.post(&format!("{module}/enable"), json!({})).await.is(200);
    let pages = shown(&owner).await;
    assert!(place(&pages, StorePage::Customers) < place(&pages, StorePage::Orders));
    app.run_jobs().await;
}

#[tokio::test]
async fn administrators_arrange_the_sidebars_of_their_platforms_alone() {
    let app = TestApp::start().await;
    let (_, main) = sidebar_of(&app, "main").await;
    let (_, lite) = sidebar_of(&app, "lite").await;
    let admin = app.administration().signed_in("lite-admin@orion.test").await;
    let body = json!({ "order": [], "hidden": ["products"] });
    arrange(&admin, &lite, 1, body.clone()).await.is(200);
    admin.get(&main).await.refused(404, "framework.not_found");
    arrange(&admin, &main, 1, body).await.refused(404, "framework.not_found");
    admin
        .post(&format!("{main}/reset"), json!({}))
        .await
        .refused(404, "framework.not_found");
    assert!(!shown(&app.owner("plain").await).await.contains(&StorePage::Products));
    assert!(shown(&app.owner("acme").await).await.contains(&StorePage::Products));
    let nowhere = "/platforms/01932d0c-7e0a-7c3f-9b1f-0a5e7d1c2b3a/sidebar";
    app.admin().await.get(nowhere).await.refused(404, "framework.not_found");
}
