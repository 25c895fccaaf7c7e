//! Two servers, many administrators, and the switches of one platform: what is on needs nothing that is off, whoever was faster.

use futures_util::stream::{self, StreamExt};
use orion_tests::{Client, ServerProcess, TestApp};
use orion_types::admin::Platform;
use orion_types::module::ModuleState;
use serde_json::json;

const SWITCHES: usize = 120;
const AT_ONCE: usize = 24;

/// Which of the optional modules are on; fails when one is without what it needs.
#[track_caller]
fn consistent(modules: &[ModuleState]) -> Vec<&str> {
    let is_on = |id: &str| modules.iter().any(|module| module.id == id && module.enabled);
    for module in modules.iter().filter(|module| module.enabled) {
        let missing: Vec<&String> = module.requires.iter().filter(|needed| !is_on(needed)).collect();
        assert_eq!(missing, [] as [&String; 0], "{} is on without", module.id);
    }
    ["payments", "inventory", "orders"].into_iter().filter(|id| is_on(id)).collect()
}

async fn administrator(server: &ServerProcess) -> Client {
    Client::new(server.address(), "admin.orion.localhost", "/api/v1/admin")
        .signed_in("admin@orion.test")
        .await
}

#[tokio::test]
async fn switches_moved_by_many_on_two_servers_end_where_all_agree() {
    let app = TestApp::start().await;
    app.leave_jobs("the processes do what they like");
    let url = app.services.db.url();
    let servers = [ServerProcess::start(url, &[]).await, ServerProcess::start(url, &[]).await];
    let admins = [administrator(&servers[0]).await, administrator(&servers[1]).await];
    let platforms: Vec<Platform> = admins[0].get("/platforms").await.is(200).rows();
    let main = platforms
        .into_iter()
        .find(|platform| platform.code == "main")
        .expect("the platform");
    let path = format!("/platforms/{}/modules", main.id);
    let versions = || app.count("SELECT sum(version) FROM platform_modules");
    let moves = || app.count("SELECT count(*) FROM audit_log WHERE action IN ('module.enabled', 'module.disabled')");
    let (version, moved) = (versions(), moves());
    let steps = [
        "orders/enable",
        "payments/disable",
        "inventory/disable",
        "orders/disable",
        "payments/enable",
    ];
    let answers: Vec<_> = stream::iter(0..SWITCHES)
        .map(|number| {
            let (admin, step) = (&admins[number % 2], steps[number % steps.len()]);
            let path = format!("{path}/{step}");
            // Some take along what has to go along, some are refused when something has to.
            async move { admin.post(&path, json!({ "cascade": number % 3 != 0 })).await }
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    for answer in &answers {
        match answer.status {
            200 => drop(consistent(&answer.rows::<ModuleState>())),
            _ => drop(answer.clone().is(409).problem()),
        }
    }
    assert!(moves() > moved, "nothing was moved");
    assert_eq!(
        versions() - version,
        moves() - moved,
        "a switch was moved without a trace, or a move got lost"
    );
    let ends: Vec<Vec<ModuleState>> = vec![admins[0].get(&path).await.is(200).rows(), admins[1].get(&path).await.is(200).rows()];
    let on = consistent(&ends[0]);
    assert_eq!(on, consistent(&ends[1]));
    for module in ["payments", "inventory", "orders"] {
        // All were on at first. What is on cannot be switched on: one more move off than on where it ended off, else as many.
        assert_eq!(
            surplus(&app, module),
            i64::from(on.contains(&module)) - 1,
            "a move of {module} was overtaken"
        );
    }
    both_servers_act_on_it(&servers, on.contains(&"orders")).await;
}

/// How many moves of a switch of main went on more than off, since the platform is there.
fn surplus(app: &TestApp, module: &str) -> i64 {
    app.count(&format!(
        "SELECT coalesce(sum(CASE action WHEN 'module.enabled' THEN 1 ELSE -1 END), 0) FROM audit_log \
         WHERE action IN ('module.enabled', 'module.disabled') AND changes ->> 'module' = '{module}' \
         AND entity_id = (SELECT id FROM platforms WHERE code = 'main')"
    )) - 1
}

/// What a server remembers of switches follows the database, wherever they were moved.
async fn both_servers_act_on_it(servers: &[ServerProcess; 2], sells: bool) {
    let expected = if sells { 200 } else { 404 };
    for server in servers {
        let shop = Client::new(server.address(), "acme.orion.localhost", "/api/v1/storefront");
        let started = std::time::Instant::now();
        while shop.get("/cart").await.status != expected {
            assert!(
                started.elapsed().as_secs() < 10,
                "a server still remembers another state after ten seconds"
            );
            tokio::task::yield_now().await;
        }
    }
}
