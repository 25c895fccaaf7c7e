//! Roles that a store makes for its team: `/api/v1/store/roles`.

use std::time::Duration;

use orion_tests::{Client, PASSWORD, TestApp};
use orion_types::role::{MAX_ROLES, TeamRole};
use serde_json::{Value, json};

use crate::api::passwords::newest_link;

/// Makes a role.
async fn role(owner: &Client, name: &str, rights: &[&str]) -> TeamRole {
    let body = json!({ "name": name, "rights": rights });
    owner.post("/roles", body).await.is(201).json()
}

fn path(role: &TeamRole) -> String {
    format!("/roles/{}", role.id)
}

/// The address of a member.
async fn member(owner: &Client, email: &str) -> String {
    let team = owner.get("/team").await.is(200).json;
    let members = team["data"].as_array().expect("members");
    let found = members.iter().find(|member| member["email"] == email);
    let found = found.unwrap_or_else(|| panic!("{email} is not in {team}"));
    format!("/team/{}", found["id"].as_str().expect("an id"))
}

/// What gives a role.
fn given(role: &TeamRole) -> Value {
    json!({ "role": "custom", "role_id": role.id })
}

/// Gives a role to a member.
async fn give(owner: &Client, email: &str, role: &TeamRole) {
    let any = owner.with("if-match", "*");
    any.patch(&member(owner, email).await, given(role)).await.is(200);
}

#[tokio::test]
async fn an_edit_of_a_role_counts_with_the_next_request_on_every_server() {
    let app = TestApp::start().await;
    let second = app.second_server().await;
    let owner = app.owner("acme").await;
    let warehouse = role(&owner, "Warehouse", &["orders.write"]).await;
    let keys: Vec<&str> = warehouse.permissions.iter().map(|right| right.key()).collect();
    assert_eq!(
        (warehouse.rights.as_slice(), keys.as_slice()),
        (["orders.write".to_owned()].as_slice(), ["orders.read", "orders.write"].as_slice())
    );
    let viewer = app.staff("acme", "viewer@acme.test").await;
    let elsewhere = viewer.at(second.address, "acme.orion.localhost");
    elsewhere.get("/products").await.is(200);
    give(&owner, "viewer@acme.test", &warehouse).await;
    for server in [&viewer, &elsewhere] {
        server.get("/orders").await.is(200);
        let told = server.get("/products").await.refused(403, "framework.forbidden");
        assert_eq!(told.json["detail"], "Your role lacks the right products.read.");
    }
    let change = json!({ "rights": ["products.read"], "description": "Counts" });
    let changed = owner.with("if-match", "\"1\"").patch(&path(&warehouse), &change).await.is(200);
    assert_eq!((changed.header("etag"), &changed.json["members"]), (Some("\"2\""), &json!(1)));
    for server in [&elsewhere, &viewer] {
        server.get("/products").await.is(200);
        server.get("/orders").await.refused(403, "framework.forbidden");
    }
    let menu = viewer.get("/menu").await.is(200).text();
    assert!(menu.contains("Products") && !menu.contains("Orders"), "{menu}");
    let shown = owner.get(&member(&owner, "viewer@acme.test").await).await.is(200).json;
    assert_eq!((&shown["role"], &shown["role_name"]), (&json!("custom"), &json!("Warehouse")));
    let stale = owner.with("if-match", "\"1\"").patch(&path(&warehouse), &change).await;
    stale.refused(412, "framework.stale");
    owner
        .patch(&path(&warehouse), &change)
        .await
        .refused(428, "framework.precondition_required");
    let audit = app.text("SELECT changes::text FROM audit_log WHERE action = 'role.updated'");
    assert!(audit.contains("orders.write") && audit.contains("products.read"), "{audit}");
    let audit = app.text("SELECT changes::text FROM audit_log WHERE action = 'membership.updated'");
    assert!(
        audit.contains(r#""before": "viewer""#) && audit.contains(r#""after": "Warehouse""#),
        "{audit}"
    );
}

#[tokio::test]
async fn nobody_makes_changes_or_gives_a_role_with_what_they_lack() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let lead = role(&owner, "Lead", &["team.write", "orders.read", "products.*"]).await;
    let settings = role(&owner, "Settings", &["settings.write"]).await;
    let all_orders = role(&owner, "All orders", &["orders.*"]).await;
    give(&owner, "manager@acme.test", &lead).await;
    let lead = app.staff("acme", "manager@acme.test").await;
    for (place, rights) in [
        (0, json!(["settings.write"])),
        (1, json!(["orders.read", "orders.write"])),
        // Not even who has all rights of an area today gives those of tomorrow.
        (0, json!(["team.*"])),
        (0, json!(["orders.*"])),
    ] {
        lead.post("/roles", json!({ "name": "Mine", "rights": rights }))
            .await
            .refused(403, "people.right_not_held")
            .at(&format!("/rights/{place}"));
    }
    let mine = role(&lead, "Mine", &["orders.read", "products.*", "team.write"]).await;
    let any = lead.with("if-match", "*");
    let more = json!({ "rights": ["orders.read", "settings.read"] });
    any.patch(&path(&mine), more)
        .await
        .refused(403, "people.right_not_held")
        .at("/rights/1");
    // A role that has more than they have is not theirs to change, not even to less, and not to take away.
    let viewer = member(&owner, "viewer@acme.test").await;
    for beyond in [&settings, &all_orders] {
        let less = json!({ "rights": ["orders.read"] });
        any.patch(&path(beyond), less).await.refused(403, "framework.forbidden");
        lead.delete(&path(beyond)).await.refused(403, "framework.forbidden");
        any.patch(&viewer, given(beyond)).await.refused(403, "framework.forbidden");
        let invitation = json!({ "email": "new@example.test", "role": "custom", "role_id": beyond.id });
        lead.post("/invitations", invitation).await.refused(403, "framework.forbidden");
        let instead = format!("{}?replacement={}", path(&mine), beyond.id);
        lead.delete(&instead).await.refused(403, "framework.forbidden");
    }
    // What every store has is held to the same.
    any.patch(&viewer, json!({ "role": "manager" }))
        .await
        .refused(403, "framework.forbidden");
    // A viewer has rights that the lead lacks, so nothing of theirs is the lead's to change.
    any.patch(&viewer, given(&mine)).await.refused(403, "framework.forbidden");
    give(&owner, "viewer@acme.test", &mine).await;
    any.patch(&viewer, json!({ "active": false })).await.is(200);
    lead.get(&path(&settings)).await.is(200);
}

#[tokio::test]
async fn an_area_with_a_star_is_kept_as_it_is_and_every_right_says_where_it_comes_from() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let buyer = role(&owner, "Buyer", &["products.*", "inventory.write", "products.*"]).await;
    assert_eq!(buyer.rights, ["products.*", "inventory.write"]);
    let kept = app.text("SELECT rights::text FROM team_roles");
    assert_eq!(kept, "{products.*,inventory.write}");
    give(&owner, "viewer@acme.test", &buyer).await;
    let viewer = app.staff("acme", "viewer@acme.test").await;
    viewer.get("/products").await.is(200);
    viewer.get("/imports").await.is(200);
    let told = viewer.get("/me/permissions").await.is(200).json;
    assert_eq!((&told["role"], &told["role_name"]), (&json!("custom"), &json!("Buyer")));
    let origins = |right: &str| {
        let rights = told["rights"].as_array().expect("rights");
        let found = rights.iter().find(|explained| explained["right"] == right);
        found.map(|explained| (explained["held"].clone(), explained["origins"].clone()))
    };
    let star = json!({ "kind": "wildcard", "via": "products.*" });
    assert_eq!(origins("products.import"), Some((json!(true), json!([star]))));
    let brought = json!({ "kind": "implied", "via": "products.write" });
    assert_eq!(origins("products.read"), Some((json!(true), json!([star, brought]))));
    let brought = json!([{ "kind": "implied", "via": "inventory.write" }]);
    assert_eq!(origins("inventory.read"), Some((json!(true), brought)));
    assert_eq!(origins("inventory.write"), Some((json!(true), json!([{ "kind": "role" }]))));
    assert_eq!(origins("orders.read"), None);
    let owners = owner.get("/me/permissions").await.is(200).json;
    assert_eq!(owners["rights"][0]["origins"][0], json!({ "kind": "role" }));
    let held = owners["permissions"].as_array().map(Vec::len);
    assert_eq!(held, Some(orion_types::permission::Permission::ALL.len()));
}

#[tokio::test]
async fn rights_of_a_module_that_is_off_stay_in_the_role_and_are_nobodys() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let sales = role(&owner, "Sales", &["orders.*", "products.read"]).await;
    give(&owner, "viewer@acme.test", &sales).await;
    let viewer = app.staff("acme", "viewer@acme.test").await;
    viewer.get("/orders").await.is(200);
    let main = app.text("SELECT id FROM platforms WHERE code = 'main'");
    let admin = app.admin().await;
    let switch = |to: &str| format!("/platforms/{main}/modules/orders/{to}");
    admin.post(&switch("disable"), json!({})).await.is(200);
    viewer.get("/orders").await.refused(404, "framework.module_disabled");
    let told = viewer.get("/me/permissions").await.is(200).json;
    assert_eq!(told["permissions"], json!(["products.read"]));
    let rights = told["rights"].as_array().expect("rights").iter();
    let off: Vec<&Value> = rights.filter(|right| right["missing"] == "module_off").collect();
    assert_eq!(off.len(), 2, "{told}");
    assert!(off.iter().all(|right| right["held"] == false), "{told}");
    // The role is what it was, and can be changed without losing them.
    let any = owner.with("if-match", "*");
    let changed = any.patch(&path(&sales), json!({ "description": "Sells" })).await.is(200).json;
    assert_eq!(changed["rights"], json!(["orders.*", "products.read"]));
    admin.post(&switch("enable"), json!({})).await.is(200);
    viewer.get("/orders").await.is(200);
}

#[tokio::test]
async fn a_role_that_somebody_has_goes_only_with_another_in_its_place() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let (packer, sender) = (
        role(&owner, "Packer", &["orders.write"]).await,
        role(&owner, "Sender", &["orders.read"]).await,
    );
    give(&owner, "viewer@acme.test", &packer).await;
    give(&owner, "manager@acme.test", &packer).await;
    let invitation = json!({ "email": "new@example.test", "role": "custom", "role_id": packer.id });
    let invited = owner.post("/invitations", invitation).await.is(201).json;
    assert_eq!((&invited["role_id"], &invited["role_name"]), (&json!(packer.id), &json!("Packer")));
    let told = owner.delete(&path(&packer)).await.refused(409, "people.role_in_use");
    let detail = told.json["detail"].as_str().expect("words");
    assert!(detail.starts_with("2 members and 1 invitation have it."), "{detail}");
    for wrong in ["owner", "custom", "nobody", &packer.id.to_string()] {
        let path = format!("{}?replacement={wrong}", path(&packer));
        let told = owner.delete(&path).await.refused(422, "framework.invalid");
        assert_eq!(told.json["errors"][0]["parameter"], "replacement", "{wrong}");
    }
    assert_eq!(
        app.count("SELECT count(*) FROM memberships WHERE role = 'custom'"),
        2,
        "nothing was changed"
    );
    let instead = format!("{}?replacement={}", path(&packer), sender.id);
    owner.delete(&instead).await.is(204);
    owner.get(&path(&packer)).await.refused(404, "framework.not_found");
    let shown: TeamRole = owner.get(&path(&sender)).await.is(200).json();
    assert_eq!((shown.members, shown.invitations), (2, 1));
    app.staff("acme", "viewer@acme.test").await.get("/orders").await.is(200);
    let audit = app.text("SELECT changes::text FROM audit_log WHERE action = 'role.deleted'");
    for said in [
        r#""role_name": "Packer""#,
        r#""replacement": "Sender""#,
        r#""members": 2"#,
        r#""invitations": 1"#,
    ] {
        assert!(audit.contains(said), "{audit}");
    }
    let moved =
        "SELECT count(*) FROM audit_log WHERE action IN ('membership.updated', 'invitation.updated') AND changes::text LIKE '%Sender%'";
    assert_eq!(app.count(moved), 3);
    // A role of every store does as well, and who has left is in nobody's way.
    owner.delete(&member(&owner, "manager@acme.test").await).await.is(204);
    owner.delete(&format!("{}?replacement=viewer", path(&sender))).await.is(204);
    let shown = owner.get(&member(&owner, "viewer@acme.test").await).await.is(200).json;
    assert_eq!((&shown["role"], &shown["role_id"]), (&json!("viewer"), &Value::Null));
    let presets = owner.get("/preset-roles").await.is(200).json;
    let counts = |role: &str| {
        let presets = presets["data"].as_array().expect("roles");
        let found = presets.iter().find(|preset| preset["role"] == role).expect("the role");
        (found["members"].clone(), found["invitations"].clone())
    };
    assert_eq!((counts("viewer"), counts("owner")), ((json!(1), json!(1)), (json!(1), json!(0))));
    app.run_jobs().await;
}

#[tokio::test]
async fn a_role_that_is_given_while_it_goes_leaves_nobody_without() {
    let app = TestApp::start().await;
    let second = app.second_server().await;
    let owner = app.owner("acme").await.with("if-match", "*");
    let elsewhere = owner.at(second.address, "acme.orion.localhost");
    let viewer = member(&owner, "viewer@acme.test").await;
    for round in 0..6 {
        let made = role(&owner, &format!("Round {round}"), &["orders.read"]).await;
        let path = path(&made);
        let (gave, went) = tokio::join!(owner.patch(&viewer, given(&made)), elsewhere.delete(&path));
        match (gave.status, went.status) {
            (200, 409) => {
                went.refused(409, "people.role_in_use");
                owner.delete(&format!("{path}?replacement=viewer")).await.is(204);
            }
            (422, 204) => {
                gave.refused(422, "framework.invalid").at("/role_id");
            }
            other => panic!("{other:?}: {} {}", gave.text(), went.text()),
        }
        let shown = owner.get(&viewer).await.is(200).json;
        assert_eq!(shown["role"], "viewer", "{shown}");
    }
}

#[tokio::test]
async fn who_joins_while_their_role_goes_has_the_one_in_its_place() {
    let app = TestApp::start().await;
    let (owner, door) = (app.owner("acme").await, app.dashboard("acme"));
    for round in 0..3 {
        let email = format!("new-{round}@example.test");
        let made = role(&owner, &format!("Round {round}"), &["orders.read"]).await;
        let invitation = json!({ "email": email, "role": "custom", "role_id": made.id });
        owner.post("/invitations", invitation).await.is(201);
        let (_, token) = newest_link(&app, &email).await;
        let offer = door.post("/invitations/look-up", json!({ "token": token })).await.is(200).json;
        assert_eq!((&offer["role"], &offer["role_name"]), (&json!("custom"), &json!(made.name)));
        let joins = json!({ "token": token, "name": "Nora New", "password": "Tramway-quince-4417" });
        let gone = format!("{}?replacement=editor", path(&made));
        let (joined, went) = tokio::join!(door.post("/invitations/accept", joins), owner.delete(&gone));
        went.is(204);
        let nora = door.bearer(joined.is(200).json["access_token"].as_str().expect("a token"));
        let profile = nora.get("/me").await.is(200).json;
        assert_eq!(profile["current"]["role"], "editor", "{profile}");
    }
    app.run_jobs().await;
}

#[tokio::test]
async fn who_is_invited_with_a_role_of_the_store_has_it_and_may_become_the_owner() {
    let app = TestApp::start().await;
    let (owner, door) = (app.owner("acme").await, app.dashboard("acme"));
    let packer = role(&owner, "Packer & <Sender>", &["orders.write"]).await;
    let invitation = json!({ "email": "new@example.test", "role": "custom", "role_id": packer.id });
    owner.post("/invitations", invitation).await.is(201);
    let (_, token) = newest_link(&app, "new@example.test").await;
    let mail = app.text("SELECT text_body || html_body FROM mail_messages WHERE recipient = 'new@example.test'");
    assert!(
        mail.contains("as “Packer & <Sender>”") && mail.contains("Packer &amp; &lt;Sender&gt;"),
        "{mail}"
    );
    let joins = json!({ "token": token, "name": "Nora New", "password": PASSWORD });
    let entered = door.post("/invitations/accept", joins).await.is(200);
    let nora = door.bearer(entered.json["access_token"].as_str().expect("a token"));
    nora.get("/orders").await.is(200);
    nora.get("/products").await.refused(403, "framework.forbidden");
    let stores = nora.get("/me").await.is(200).json;
    assert_eq!(stores["stores"][0]["role_name"], json!(packer.name));
    // What the store wants of everybody it wants of her.
    let policy = |wanted: bool| {
        let sql = format!("UPDATE stores SET second_factor_required = {wanted} WHERE code = 'acme'");
        diesel::connection::SimpleConnection::batch_execute(&mut app.owner_of_database(), &sql).expect("the policy");
    };
    policy(true);
    nora.get("/orders").await.refused(403, "framework.second_factor_needed");
    policy(false);
    let place = member(&owner, "new@example.test").await;
    let offer = json!({ "member_id": place.strip_prefix("/team/"), "current_password": PASSWORD });
    owner.post("/ownership-offer", offer).await.is(201);
    nora.post("/ownership-offer/accept", json!({ "current_password": PASSWORD }))
        .await
        .is(204);
    nora.get("/settings").await.is(200);
    let shown: TeamRole = nora.get(&path(&packer)).await.is(200).json();
    assert_eq!(shown.members, 0);
    nora.delete(&path(&packer)).await.is(204);
    app.run_jobs().await;
}

#[tokio::test]
async fn a_role_of_another_store_is_not_there_and_is_not_given() {
    let app = TestApp::start().await;
    let (acme, globex) = (app.owner("acme").await, app.owner("globex").await);
    let theirs = role(&globex, "Theirs", &["orders.read"]).await;
    let any = acme.with("if-match", "*");
    acme.get(&path(&theirs)).await.refused(404, "framework.not_found");
    any.patch(&path(&theirs), json!({ "name": "Ours" }))
        .await
        .refused(404, "framework.not_found");
    acme.delete(&path(&theirs)).await.refused(404, "framework.not_found");
    let viewer = member(&acme, "viewer@acme.test").await;
    any.patch(&viewer, given(&theirs))
        .await
        .refused(422, "framework.invalid")
        .at("/role_id");
    let invitation = json!({ "email": "new@example.test", "role": "custom", "role_id": theirs.id });
    acme.post("/invitations", invitation)
        .await
        .refused(422, "framework.invalid")
        .at("/role_id");
    let ours = role(&acme, "Theirs", &["orders.read"]).await;
    acme.delete(&format!("{}?replacement={}", path(&ours), theirs.id))
        .await
        .refused(422, "framework.invalid");
    // The word and the id belong together.
    for body in [json!({ "role": "custom" }), json!({ "role": "viewer", "role_id": ours.id })] {
        any.patch(&viewer, body).await.refused(422, "framework.invalid").at("/role_id");
    }
    let listed = globex.get("/roles").await.is(200).json;
    assert_eq!(listed["data"].as_array().map(Vec::len), Some(1));
}

/// The role is given to somebody meanwhile, say.
#[tokio::test]
async fn what_is_wrong_of_a_change_waits_for_nobody_who_holds_the_role() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let packer = role(&owner, "Packer", &["orders.read"]).await;
    let _held = app.held("SELECT id FROM team_roles FOR UPDATE");
    let any = owner.with("if-match", "*");
    for (body, pointer) in [
        (json!({ "name": "manager" }), "/name"),
        (json!({ "description": "x".repeat(301) }), "/description"),
        (json!({ "rights": ["orders.fly"] }), "/rights/0"),
    ] {
        let at = path(&packer);
        let answer = tokio::time::timeout(Duration::from_secs(8), any.patch(&at, body)).await;
        answer.expect("it waits for the role").refused(422, "framework.invalid").at(pointer);
    }
}

#[tokio::test]
async fn names_tell_roles_apart_and_there_are_so_many_and_no_more() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let packer = role(&owner, "Käufer", &["orders.read"]).await;
    let asked = |name: &str| json!({ "name": name, "rights": ["orders.read"] });
    owner
        .post("/roles", asked("KÄUFER"))
        .await
        .refused(409, "people.role_name_taken")
        .at("/name");
    for (body, pointer) in [
        (asked("  "), "/name"),
        (asked("manager"), "/name"),
        (json!({ "name": "A", "rights": [] }), "/rights"),
        (json!({ "name": "A", "rights": ["orders.read", "orders.fly"] }), "/rights/1"),
        (json!({ "name": "A", "rights": ["*"] }), "/rights/0"),
        (
            json!({ "name": "A", "rights": ["orders.read"], "description": "x".repeat(301) }),
            "/description",
        ),
    ] {
        owner.post("/roles", body).await.refused(422, "framework.invalid").at(pointer);
    }
    let other = role(&owner, "Other", &["orders.read"]).await;
    let any = owner.with("if-match", "*");
    any.patch(&path(&other), json!({ "name": "käufer" }))
        .await
        .refused(409, "people.role_name_taken");
    any.patch(&path(&packer), json!({ "name": "KÄUFER" })).await.is(200);
    let manager = app.staff("acme", "manager@acme.test").await;
    manager.get("/roles").await.is(200);
    manager.post("/roles", asked("Mine")).await.refused(403, "framework.forbidden");
    let viewer = app.staff("acme", "viewer@acme.test").await;
    viewer.get("/roles").await.refused(403, "framework.forbidden");
    for number in 2..MAX_ROLES - 1 {
        role(&owner, &format!("Role {number}"), &["orders.read"]).await;
    }
    // Of two who make the last one, one does.
    let (one, two) = tokio::join!(owner.post("/roles", asked("Last")), owner.post("/roles", asked("Latest")));
    let mut both = [one.status, two.status];
    both.sort_unstable();
    assert_eq!(both, [201, 409]);
    owner.post("/roles", asked("More")).await.refused(409, "people.too_many_roles");
    assert_eq!(app.count("SELECT count(*) FROM team_roles"), MAX_ROLES);
}
