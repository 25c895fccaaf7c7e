//! `/api/v1/admin/platforms/{id}/modules`

use diesel::RunQueryDsl;
use orion_tests::{Client, ServerProcess, TestApp};
use orion_types::admin::Platform;
use orion_types::module::{ModuleDefinition, ModuleState};
use orion_types::permission::Permission;
use orion_types::status::ModuleTier;
use serde_json::json;

async fn modules_of(app: &TestApp, code: &str) -> (Client, String) {
    let admin = app.admin().await;
    let platforms: Vec<Platform> = admin.get("/platforms").await.is(200).rows();
    let platform = platforms.into_iter().find(|platform| platform.code == code).expect("the platform");
    let path = format!("/platforms/{}/modules", platform.id);
    (admin, path)
}

fn enabled(modules: &[ModuleState]) -> Vec<&str> {
    let optional = ["payments", "inventory", "orders"];
    modules
        .iter()
        .filter(|module| module.enabled && optional.contains(&module.id.as_str()))
        .map(|module| module.id.as_str())
        .collect()
}

#[tokio::test]
async fn a_module_that_others_need_is_not_switched_off_alone() {
    let app = TestApp::start().await;
    let (admin, path) = modules_of(&app, "main").await;
    let refused = admin
        .post(&format!("{path}/payments/disable"), json!({}))
        .await
        .refused(409, "tenancy.module_has_dependants");
    assert_eq!(refused.problem().modules, ["orders"]);
    let modules: Vec<ModuleState> = admin
        .post(&format!("{path}/payments/disable"), json!({ "cascade": true }))
        .await
        .is(200)
        .rows();
    assert_eq!(enabled(&modules), ["inventory"]);
    let refused = admin
        .post(&format!("{path}/orders/enable"), json!({}))
        .await
        .refused(409, "tenancy.module_requires");
    assert_eq!(refused.problem().modules, ["payments"]);
    let modules: Vec<ModuleState> = admin
        .post(&format!("{path}/orders/enable"), json!({ "cascade": true }))
        .await
        .is(200)
        .rows();
    assert_eq!(enabled(&modules).len(), 3);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_core_module_is_always_on() {
    let app = TestApp::start().await;
    let (admin, path) = modules_of(&app, "main").await;
    admin
        .post(&format!("{path}/catalog/disable"), json!({ "cascade": true }))
        .await
        .refused(409, "tenancy.module_fixed");
    admin
        .post(&format!("{path}/no-such-module/enable"), json!({}))
        .await
        .refused(404, "framework.not_found");
}

#[tokio::test]
async fn a_switch_counts_for_its_platform_only_and_keeps_the_data() {
    let app = TestApp::start().await;
    let variant = app.sell_one("acme", "Mug", 1200, 3).await;
    let buyer = app.buyer("acme", &[(variant, 1)]).await;
    let (admin, lite) = modules_of(&app, "lite").await;
    app.shop("plain").get("/cart").await.refused(404, "framework.module_disabled");
    admin
        .post(&format!("{lite}/orders/enable"), json!({ "cascade": true }))
        .await
        .is(200);
    app.shop("plain").get("/cart").await.is(200);
    let (admin, main) = modules_of(&app, "main").await;
    admin.post(&format!("{main}/orders/disable"), json!({})).await.is(200);
    buyer.client.get("/cart").await.refused(404, "framework.module_disabled");
    app.owner("acme")
        .await
        .get("/orders")
        .await
        .refused(404, "framework.module_disabled");
    app.shop("acme").get("/products").await.is(200);
    app.shop("plain").get("/cart").await.is(200);
    admin.post(&format!("{main}/orders/enable"), json!({})).await.is(200);
    assert_eq!(buyer.cart().await.item_count, 1);
    app.run_jobs().await;
}

#[tokio::test]
async fn another_server_hears_of_a_switch_without_being_started_again() {
    let app = TestApp::start().await;
    let other = app.second_server().await;
    let there = app.shop("acme").at(other.address, "acme.orion.localhost");
    there.get("/cart").await.is(200);
    let (admin, path) = modules_of(&app, "main").await;
    admin.post(&format!("{path}/orders/disable"), json!({})).await.is(200);
    let started = std::time::Instant::now();
    while there.get("/cart").await.status != 404 {
        assert!(started.elapsed().as_secs() < 10, "the other server still sells after ten seconds");
        tokio::task::yield_now().await;
    }
    there.get("/cart").await.refused(404, "framework.module_disabled");
    app.run_jobs().await;
}

#[tokio::test]
async fn a_module_says_what_it_is_made_of() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let orders: ModuleDefinition = admin.get("/modules/orders").await.is(200).json();
    assert_eq!(
        (orders.code.as_str(), orders.name.as_str(), orders.tier),
        ("orders", "Orders", ModuleTier::Optional)
    );
    assert_eq!(orders.version, env!("CARGO_PKG_VERSION"));
    assert_eq!(orders.requires, ["payments", "inventory", "customers", "catalog"]);
    assert_eq!(orders.permissions, [Permission::OrdersRead, Permission::OrdersWrite]);
    assert_eq!(
        orders
            .menu
            .iter()
            .map(|item| (item.label.as_str(), item.area.as_str()))
            .collect::<Vec<_>>(),
        [("Orders", "store")]
    );
    assert!(orders.jobs.iter().any(|kind| kind == "orders.send_mail"), "{:?}", orders.jobs);
    assert!(orders.events.iter().any(|name| name == "order.placed"), "{:?}", orders.events);
    assert_eq!(orders.health_checks, ["orders.given_up"]);
    let tenancy: ModuleDefinition = admin.get("/modules/tenancy").await.is(200).json();
    let tagline = tenancy
        .settings
        .iter()
        .find(|setting| setting.key == "store.tagline")
        .expect("the tagline");
    assert_eq!((tagline.kind.as_str(), tagline.max_length), ("string", Some(200)));
    admin.get("/modules/no-such-module").await.refused(404, "framework.not_found");
    app.administration()
        .get("/modules/orders")
        .await
        .refused(401, "framework.unauthenticated");
}

#[tokio::test]
async fn a_switch_of_a_module_that_is_gone_is_a_warning_and_no_more() {
    let app = TestApp::start().await;
    app.leave_jobs("the process does what it likes");
    diesel::sql_query(
        "INSERT INTO platform_modules (platform_id, module, enabled, changed_at) SELECT id, 'loyalty', true, now() FROM platforms WHERE code = 'main'",
    )
    .execute(&mut app.owner_of_database())
    .expect("a stale switch");
    let process = ServerProcess::start(app.services.db.url(), &[("ORION_LOG_LEVEL", "warn")]).await;
    let lines = process.log_lines("loyalty").await;
    assert_eq!(
        (lines.len(), &lines[0]["level"], &lines[0]["platform"]),
        (1, &json!("WARN"), &json!("main"))
    );
    let shop = Client::new(process.address(), "acme.orion.localhost", "/api/v1/storefront");
    shop.get("/cart").await.is(200);
    let admin = Client::new(process.address(), "admin.orion.localhost", "/api/v1/admin")
        .signed_in("admin@orion.test")
        .await;
    assert!(!admin.get("/platforms").await.is(200).text().contains("loyalty"));
}
