//! `/api/v1/admin/users`: everybody with an account, and what super admins do about it.

use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use orion_tests::{Client, PASSWORD, TestApp};
use orion_types::Page;
use orion_types::people::{Person, PersonDetail};
use serde_json::{Value, json};

use crate::api::passwords::mails;

fn id_of(app: &TestApp, email: &str) -> String {
    app.text(&format!("SELECT id FROM users WHERE email = '{email}'"))
}

async fn emails(admin: &Client, query: &str) -> Vec<String> {
    let page: Page<Person> = admin.get(&format!("/users{query}")).await.is(200).json();
    page.data.into_iter().map(|person| person.email).collect()
}

async fn detail(admin: &Client, app: &TestApp, email: &str) -> PersonDetail {
    admin.get(&format!("/users/{}", id_of(app, email))).await.is(200).json()
}

fn changes(app: &TestApp, action: &str) -> Value {
    let text = app.text(&format!(
        "SELECT changes FROM audit_log WHERE action = '{action}' ORDER BY id DESC LIMIT 1"
    ));
    serde_json::from_str(&text).expect("JSON")
}

/// Lets an address count as confirmed.
fn prove(app: &TestApp, email: &str) {
    app.owner_of_database()
        .batch_execute(&format!("UPDATE users SET email_verified_at = now() WHERE email = '{email}'"))
        .expect("the account");
}

/// A second administrator of everything, signed in.
pub(super) async fn another_super_admin(app: &TestApp) -> Client {
    let id = id_of(app, "owner@tokyo.test");
    let roles = json!({ "super_admin": true });
    prove(app, "owner@tokyo.test");
    let any = app.admin().await.with("if-match", "*");
    any.put(&format!("/users/{id}/admin-roles"), roles).await.is(200);
    app.run_jobs().await;
    app.administration().signed_in("owner@tokyo.test").await
}

#[tokio::test]
async fn people_are_found_by_what_their_address_or_name_begins_with_and_narrowed() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    diesel::sql_query("UPDATE users SET name = 'Zoé van der Meer' WHERE email = 'viewer@acme.test'")
        .execute(&mut app.owner_of_database())
        .expect("a name");
    diesel::sql_query("INSERT INTO user_second_factors (user_id, secret, confirmed_at, created_at) SELECT id, '\\x00', now(), now() FROM users WHERE email = 'owner@acme.test'")
        .execute(&mut app.owner_of_database())
        .expect("a second factor");
    for words in ["viewer@a", "VIEWER", "zo%C3%A9%20van", "meer"] {
        assert_eq!(emails(&admin, &format!("?q={words}")).await, ["viewer@acme.test"], "{words}");
    }
    assert_eq!(
        emails(&admin, "?q=der").await,
        [""; 0],
        "the middle of a name is none of its begins"
    );
    assert_eq!(emails(&admin, "?q=%25").await, [""; 0]);
    assert_eq!(
        emails(&admin, "?kind=administrator").await,
        ["lite-admin@orion.test", "admin@orion.test"]
    );
    assert_eq!(emails(&admin, "?kind=staff&q=owner@g").await, ["owner@globex.test"]);
    assert_eq!(emails(&admin, "?second_factor=on").await, ["owner@acme.test"]);
    assert_eq!(emails(&admin, "?second_factor=off&q=owner").await.len(), 3);
    assert_eq!(emails(&admin, "?status=disabled").await, [""; 0]);
    let first: Page<Person> = admin.get("/users?limit=5").await.is(200).json();
    assert_eq!((first.total, first.has_more), (Some(8), true));
    let rest = emails(&admin, &format!("?limit=5&cursor={}", first.next_cursor.expect("a cursor"))).await;
    let mut all: Vec<String> = first.data.into_iter().map(|person| person.email).chain(rest).collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 8);
    for wrong in ["status=no", "kind=no", "second_factor=no", "limit=0", "cursor=x", "colour=red"] {
        admin.get(&format!("/users?{wrong}")).await.is(400);
    }
}

#[tokio::test]
async fn one_is_shown_with_teams_roles_and_devices() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let before = detail(&admin, &app, "viewer@acme.test").await;
    assert_eq!((before.sessions.len(), before.person.last_seen_at.is_some()), (0, false));
    app.staff("acme", "viewer@acme.test").await;
    let viewer = detail(&admin, &app, "viewer@acme.test").await;
    assert_eq!(viewer.sessions.len(), 1);
    assert_eq!(viewer.sessions[0].ip, "127.0.0.1");
    assert!(viewer.person.last_seen_at.is_some() && viewer.person.active && !viewer.person.email_verified);
    let [place] = viewer.memberships.as_slice() else {
        panic!("{viewer:?}")
    };
    assert_eq!((place.store.as_str(), place.role.as_str(), place.active), ("acme", "viewer", true));
    let own = detail(&admin, &app, "admin@orion.test").await;
    assert!(own.sessions.iter().any(|session| session.current), "{own:?}");
    assert_eq!(own.person.roles.len(), 1);
    admin
        .get("/users/01932d0c-7e0a-7c3f-9b1f-0a5e7d1c2b3a")
        .await
        .refused(404, "framework.not_found");
}

#[tokio::test]
async fn an_administrator_of_one_platform_sees_its_people_and_changes_nobody() {
    let app = TestApp::start().await;
    // Somebody of acme who works for plain, too: acme is nobody's business there.
    diesel::sql_query(
        "INSERT INTO memberships (store_id, id, user_id, role, created_at, updated_at) \
         SELECT s.id, gen_random_uuid(), u.id, 'viewer', now(), now() FROM stores s, users u WHERE s.code = 'plain' AND u.email = 'manager@acme.test'",
    )
    .execute(&mut app.owner_of_database())
    .expect("a membership");
    another_super_admin(&app).await;
    app.staff("acme", "manager@acme.test").await;
    let lite = app.administration().signed_in("lite-admin@orion.test").await;
    let mut seen = emails(&lite, "").await;
    seen.sort();
    assert_eq!(seen, ["lite-admin@orion.test", "manager@acme.test", "owner@plain.test"]);
    assert_eq!(emails(&lite, "?kind=administrator").await, ["lite-admin@orion.test"]);
    // How somebody signs in is left out of their answers, and is not to be found out by asking for those who sign in like that.
    for asked in ["on", "off"] {
        let refused = lite.get(&format!("/users?second_factor={asked}")).await;
        let refused = refused.refused(400, "framework.bad_query");
        assert_eq!(refused.json["errors"][0]["code"], "not_allowed", "{}", refused.text());
    }
    assert_eq!(emails(&lite, "?second_factor=").await.len(), 3, "nothing is asked for");
    let manager = detail(&lite, &app, "manager@acme.test").await;
    assert_eq!((manager.person.store_count, manager.sessions.len()), (1, 0));
    // When somebody was last there is told over all platforms, and so to whoever runs all of them.
    assert!(manager.person.last_seen_at.is_none());
    let whole = detail(&app.admin().await, &app, "manager@acme.test").await;
    assert!(whole.person.last_seen_at.is_some());
    let stores: Vec<&str> = manager.memberships.iter().map(|place| place.store.as_str()).collect();
    assert_eq!(stores, ["plain"]);
    for email in ["owner@acme.test", "admin@orion.test", "owner@tokyo.test"] {
        lite.get(&format!("/users/{}", id_of(&app, email)))
            .await
            .refused(404, "framework.not_found");
    }
    let path = format!("/users/{}", id_of(&app, "owner@plain.test"));
    lite.post(&format!("{path}/disable"), json!({ "reason": "Mine" }))
        .await
        .refused(403, "framework.forbidden");
    lite.post(&format!("{path}/enable"), json!({}))
        .await
        .refused(403, "framework.forbidden");
    lite.delete(&format!("{path}/sessions")).await.refused(403, "framework.forbidden");
    lite.with("if-match", "*")
        .put(&format!("{path}/admin-roles"), json!({ "super_admin": true }))
        .await
        .refused(403, "framework.forbidden");
    app.owner("plain").await.get("/products").await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn who_is_switched_off_is_out_with_the_next_request_on_every_server() {
    let app = TestApp::start().await;
    let other = app.second_server().await;
    let (admin, here) = (app.admin().await, app.staff("acme", "manager@acme.test").await);
    let there = here.at(other.address, "acme.orion.localhost");
    let cookie = app
        .dashboard("acme")
        .post("/auth/login", json!({ "email": "manager@acme.test", "password": PASSWORD }))
        .await
        .is(200);
    let cookie = cookie.cookie("orion_store").expect("a cookie");
    there.get("/products").await.is(200);
    let path = format!("/users/{}", id_of(&app, "manager@acme.test"));
    for reason in ["", "  ", &"x".repeat(501)] {
        admin
            .post(&format!("{path}/disable"), json!({ "reason": reason }))
            .await
            .refused(422, "framework.invalid")
            .at("/reason");
    }
    let off: PersonDetail = admin
        .post(&format!("{path}/disable"), json!({ "reason": "A lost laptop" }))
        .await
        .is(200)
        .json();
    assert_eq!(
        (off.person.active, off.person.disabled_reason.as_deref(), off.sessions.len()),
        (false, Some("A lost laptop"), 0)
    );
    there.get("/products").await.refused(401, "framework.unauthenticated");
    here.get("/products").await.refused(401, "framework.unauthenticated");
    let door = app.dashboard("acme");
    door.cookie("orion_store", &cookie).post("/auth/refresh", json!({})).await.is(401);
    let login = json!({ "email": "manager@acme.test", "password": PASSWORD });
    door.post("/auth/login", &login).await.refused(401, "auth.invalid_credentials");
    assert_eq!(emails(&admin, "?status=disabled").await, ["manager@acme.test"]);
    assert_eq!(changes(&app, "user.disabled")["active"], json!({ "before": true, "after": false }));
    let (subject, text) = mails(&app, "manager@acme.test").await.remove(0);
    assert_eq!(subject, "Your account was switched off");
    assert!(!text.contains("laptop"), "the reason is for administrators: {text}");

    let on: PersonDetail = admin.post(&format!("{path}/enable"), json!({})).await.is(200).json();
    assert_eq!((on.person.active, on.person.disabled_reason), (true, None));
    there.get("/products").await.refused(401, "framework.unauthenticated");
    door.signed_in("manager@acme.test").await.get("/products").await.is(200);
    assert_eq!(changes(&app, "user.enabled")["disabled_reason"]["before"], "A lost laptop");
    app.run_jobs().await;
}

#[tokio::test]
async fn nobody_switches_themselves_off_or_changes_their_own_part() {
    let app = TestApp::start().await;
    let admin = app.admin().await;
    let path = format!("/users/{}", id_of(&app, "admin@orion.test"));
    admin
        .post(&format!("{path}/disable"), json!({ "reason": "Tired" }))
        .await
        .refused(409, "people.not_oneself");
    admin
        .with("if-match", "*")
        .put(&format!("{path}/admin-roles"), json!({}))
        .await
        .refused(409, "people.not_oneself");
    admin.get("/overview").await.is(200);
}

#[tokio::test]
async fn of_two_super_admins_who_take_each_others_place_away_one_stays() {
    let app = TestApp::start().await;
    let (one, two) = (app.admin().await.with("if-match", "*"), another_super_admin(&app).await);
    let path = |email: &str| format!("/users/{}", id_of(&app, email));
    let (first, second) = (path("owner@tokyo.test"), path("admin@orion.test"));
    let (step_down, off) = (json!({}), json!({ "reason": "Mine" }));
    let (first, second) = (format!("{first}/admin-roles"), format!("{second}/disable"));
    let (a, b) = tokio::join!(one.put(&first, step_down), two.post(&second, off));
    let mut answers = [a.status, b.status];
    answers.sort_unstable();
    assert!(
        answers[0] == 200 && matches!(answers[1], 401 | 403 | 409),
        "{} {}",
        a.text(),
        b.text()
    );
    let left = "SELECT count(*) FROM admin_roles r JOIN users u ON u.id = r.user_id WHERE r.role = 'super_admin' AND u.active";
    assert_eq!(app.count(left), 1);
    app.run_jobs().await;
}

/// Each makes the other an administrator of one platform, and both are past the gate when the first of them begins.
#[tokio::test]
async fn of_two_super_admins_who_move_each_other_to_a_platform_one_stays() {
    let app = TestApp::start().await;
    let (one, two) = (
        app.admin().await.with("if-match", "*"),
        another_super_admin(&app).await.with("if-match", "*"),
    );
    let lite = app.text("SELECT id FROM platforms WHERE code = 'lite'");
    let path = |email: &str| format!("/users/{}/admin-roles", id_of(&app, email));
    let (first, second) = (path("owner@tokyo.test"), path("admin@orion.test"));
    prove(&app, "admin@orion.test");
    // Accounts that somebody else holds.
    let held = app.held("SELECT id FROM users WHERE email IN ('owner@tokyo.test', 'admin@orion.test') FOR UPDATE");
    let waits = held.until_waiting(2);
    let some = json!({ "platform_ids": [lite] });
    let (a, b, ()) = tokio::join!(one.put(&first, &some), two.put(&second, &some), waits);
    let mut answers = [a.status, b.status];
    answers.sort_unstable();
    assert_eq!(answers, [200, 409], "{} {}", a.text(), b.text());
    assert_eq!(app.count("SELECT count(*) FROM admin_roles WHERE role = 'super_admin'"), 1);
    app.run_jobs().await;
}

/// Whoever asks may have been switched off since the gate let them in: then they are no other super admin.
#[tokio::test]
async fn the_last_super_admin_stays() {
    let app = TestApp::start().await;
    let two = another_super_admin(&app).await;
    let admin = id_of(&app, "admin@orion.test");
    // An account that is being switched off.
    let held = app.held("UPDATE users SET active = false WHERE email = 'owner@tokyo.test'");
    let path = format!("/users/{admin}/disable");
    let asks = two.post(&path, json!({ "reason": "Mine" }));
    let waits = held.until_waiting(1);
    let (answer, ()) = tokio::join!(asks, waits);
    answer.refused(409, "people.last_super_admin");
    app.admin().await.get("/overview").await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_part_in_the_administration_counts_with_the_next_request() {
    let app = TestApp::start().await;
    let admin = app.admin().await.with("if-match", "*");
    let (main, lite) = (
        app.text("SELECT id FROM platforms WHERE code = 'main'"),
        app.text("SELECT id FROM platforms WHERE code = 'lite'"),
    );
    let path = format!("/users/{}/admin-roles", id_of(&app, "viewer@acme.test"));
    for (body, field) in [
        (json!({ "super_admin": true, "platform_ids": [main] }), "/platform_ids"),
        (
            json!({ "platform_ids": [main, "01932d0c-7e0a-7c3f-9b1f-0a5e7d1c2b3a"] }),
            "/platform_ids/1",
        ),
    ] {
        admin.put(&path, body).await.refused(422, "framework.invalid").at(field);
    }
    let some = json!({ "platform_ids": [lite] });
    // Whoever has made an account for somebody else may know its password.
    admin.put(&path, &some).await.refused(409, "people.address_not_proved");
    prove(&app, "viewer@acme.test");
    let made: PersonDetail = admin.put(&path, &some).await.is(200).json();
    assert_eq!(made.person.roles.len(), 1);
    assert_eq!(
        changes(&app, "user.admin_roles_changed")["roles"],
        json!({ "before": "", "after": "lite" })
    );
    let viewer = app.administration().signed_in("viewer@acme.test").await;
    let stores = viewer.get("/stores").await.is(200).text();
    assert!(stores.contains("plain") && !stores.contains("acme"), "{stores}");
    viewer.get("/invitations").await.refused(403, "framework.forbidden");

    admin.put(&path, json!({ "super_admin": true })).await.is(200);
    viewer.get("/invitations").await.is(200);
    let again = app.count("SELECT count(*) FROM audit_log");
    admin.put(&path, json!({ "super_admin": true })).await.is(200);
    assert_eq!(app.count("SELECT count(*) FROM audit_log"), again, "nothing has changed");
    admin.put(&path, json!({})).await.is(200);
    viewer.get("/stores").await.refused(403, "framework.forbidden");
    let subjects: Vec<String> = mails(&app, "viewer@acme.test")
        .await
        .into_iter()
        .map(|(subject, _)| subject)
        .collect();
    assert_eq!(subjects, ["Your part in the administration has changed"; 3]);
    app.run_jobs().await;
}

/// Else who chooses anew what they have read would take back, without a word, what somebody else has given since.
#[tokio::test]
async fn a_part_in_the_administration_is_changed_as_it_was_read() {
    let app = TestApp::start().await;
    let (admin, other) = (app.admin().await, another_super_admin(&app).await);
    let lite = app.text("SELECT id FROM platforms WHERE code = 'lite'");
    prove(&app, "viewer@acme.test");
    let person = format!("/users/{}", id_of(&app, "viewer@acme.test"));
    let path = format!("{person}/admin-roles");
    let read = admin.get(&person).await.is(200);
    let version = read.header("etag").expect("a version").to_owned();
    admin.put(&path, json!({})).await.refused(428, "framework.precondition_required");
    let (some, all) = (json!({ "platform_ids": [lite] }), json!({ "super_admin": true }));
    let given = other.with("if-match", &version).put(&path, &some).await.is(200);
    let late = admin.with("if-match", &version);
    late.put(&path, &all).await.refused(412, "framework.stale");
    let kept = detail(&admin, &app, "viewer@acme.test").await;
    let platforms: Vec<String> = kept
        .person
        .roles
        .iter()
        .filter_map(|grant| grant.platform_id)
        .map(|id| id.to_string())
        .collect();
    assert_eq!(platforms, [lite], "nothing was changed by who came late");
    let present = admin.get(&person).await.is(200);
    assert_eq!(present.header("etag"), given.header("etag"));
    let now = admin.with("if-match", present.header("etag").expect("a version"));
    now.put(&path, &all).await.is(200);
    app.run_jobs().await;
}

#[tokio::test]
async fn somebody_is_signed_out_everywhere_in_both_areas() {
    let app = TestApp::start().await;
    let (admin, two) = (app.admin().await, another_super_admin(&app).await);
    let dashboard = app.owner("tokyo").await;
    let path = format!("/users/{}/sessions", id_of(&app, "owner@tokyo.test"));
    admin.delete(&path).await.is(204);
    two.get("/overview").await.refused(401, "framework.unauthenticated");
    dashboard.get("/products").await.refused(401, "framework.unauthenticated");
    assert_eq!(changes(&app, "user.sessions_ended")["sessions_ended"], 2);
    let told = || app.count("SELECT count(*) FROM mail_messages WHERE subject = 'You were signed out everywhere'");
    assert_eq!(told(), 1);
    admin.delete(&path).await.is(204);
    assert_eq!(told(), 1, "nothing ended, so there is nothing to tell");
    app.owner("tokyo").await.get("/products").await.is(200);
    app.run_jobs().await;
}
