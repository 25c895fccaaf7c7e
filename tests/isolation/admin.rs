//! Every operation of the administration, as people who may not: somebody without a token, a store's owner, a customer, and the
//! administrator of another platform.

use diesel::RunQueryDsl;
use orion_tests::{Answer, Client, PASSWORD, TestApp};
use serde_json::{Value, json};

use super::operations::{Operation, operations};
use super::world::{passkey, sign_with_passkey};

/// What the administrator of another platform may see of an operation. Strangers to the administration see nothing of any but the open ones.
enum Case {
    /// The address or the body names something of a platform: not found, or refused at its field.
    Names { path: String, body: Option<Value> },
    /// It shows what is in scope; nothing of the other platform may be in it, asked for by name or not.
    Shows { query: String },
    /// It is the same for all administrators or about the caller's own account, for the reason given.
    Harmless { path: String, why: &'static str },
    /// It concerns every platform, so only a super admin may: everybody else is told so.
    Everyones { path: String, body: Option<Value> },
    /// Anybody may call it, for the reason given.
    Open { why: &'static str },
}

/// The platform `main` as its own administrators know it.
struct Main {
    platform: String,
    store: String,
    /// A session of the super admin.
    session: String,
    /// A passkey of the super admin.
    passkey: String,
    /// A background job of the store: the mail about an order.
    job: String,
    /// Somebody who works for the store.
    person: String,
    /// An invitation to the administration, sent long ago, and another one.
    invitations: [String; 2],
}

/// Whoever adds an operation says here what it is; the test fails on one that is not named.
fn case(operation: &Operation, main: &Main) -> Option<Case> {
    let Main {
        platform,
        store,
        session,
        passkey,
        job,
        person,
        invitations: [invitation, other_invitation],
    } = main;
    let names = |rest: String, body: Option<Value>| Case::Names {
        path: format!("/api/v1/admin{rest}"),
        body,
    };
    let everyones = |rest: String, body: Option<Value>| Case::Everyones {
        path: format!("/api/v1/admin{rest}"),
        body,
    };
    let shows = |query: String| Case::Shows { query };
    let harmless = |why: &'static str| Case::Harmless {
        path: operation.path.replace("{code}", "orders"),
        why,
    };
    let open = |why: &'static str| Case::Open { why };
    Some(match operation.id.as_str() {
        "login_admin" => open("it asks who one is; without credentials it answers 401"),
        "logout_admin" => open("it ends what the caller can prove; without a proof it ends nothing"),
        "refresh_admin" => open("it needs the cookie of a session; without it answers 401"),
        "create_admin_password_link" => open("it says nothing about whether there is an account, and mails to the address alone"),
        "reset_admin_password" => open("it needs the token of a link; without one it answers 410"),
        "confirm_admin_email" => harmless("the caller's own account, with the token of a link; without one it answers 410"),
        "create_admin_email_link" => harmless("the caller's own account"),
        "change_admin_email" => harmless("the caller's own account"),
        "login_admin_with_code" => open("it answers the challenge that a right password has brought; without one it answers 410"),
        "get_admin_second_factor"
        | "create_admin_second_factor"
        | "confirm_admin_second_factor"
        | "rotate_admin_recovery_codes"
        | "disable_admin_second_factor" => harmless("the caller's own account"),
        "create_admin_sign_in_challenge" => open("what it makes is signed by nobody yet"),
        "login_admin_with_passkey" => open("it needs the signature of a passkey; without one it answers 422"),
        "list_admin_passkeys" | "create_admin_passkey_challenge" | "create_admin_passkey" => harmless("the caller's own account"),
        "update_admin_passkey" => names(format!("/me/passkeys/{passkey}"), Some(json!({ "name": "Mine" }))),
        "delete_admin_passkey" => names(
            format!("/me/passkeys/{passkey}/delete"),
            Some(json!({ "current_password": PASSWORD })),
        ),
        "get_admin_profile" => harmless("the caller's own account"),
        "change_admin_password" => harmless("the caller's own account"),
        "list_admin_sessions" => harmless("the caller's own sessions"),
        "delete_admin_sessions" => harmless("the caller's own sessions"),
        "delete_admin_session" => names(format!("/me/sessions/{session}"), None),
        "get_admin_menu" => harmless("the pages of the administration"),
        "get_module" => harmless("what the build is made of"),
        "get_overview" | "list_platforms" => shows(String::new()),
        "list_stores" => shows(format!("?platform={platform}&q=acme")),
        "list_audit_entries" => shows(format!("?store={store}&limit=100")),
        "list_modules" => names(format!("/platforms/{platform}/modules"), None),
        "enable_module" => names(
            format!("/platforms/{platform}/modules/orders/enable"),
            Some(json!({ "cascade": true })),
        ),
        "disable_module" => names(
            format!("/platforms/{platform}/modules/orders/disable"),
            Some(json!({ "cascade": true })),
        ),
        "get_store" => names(format!("/stores/{store}"), None),
        "update_store" => names(format!("/stores/{store}"), Some(json!({ "name": "Mine" }))),
        "suspend_store" => names(format!("/stores/{store}/suspend"), Some(json!({ "reason": "Mine" }))),
        "reactivate_store" => names(format!("/stores/{store}/reactivate"), None),
        "list_impersonations" => names(format!("/stores/{store}/impersonations"), None),
        "create_impersonation" => names(
            format!("/stores/{store}/impersonations"),
            Some(json!({ "reason": "It is not theirs to enter" })),
        ),
        "list_jobs" => shows("?store=acme".to_owned()),
        "cancel_job" => names(format!("/jobs/{job}/cancel"), None),
        "retry_job" => names(format!("/jobs/{job}/retry"), None),
        "reset_second_factor" => everyones(
            "/second-factor/reset".to_owned(),
            Some(json!({ "email": "owner@tokyo.test", "reason": "Mine" })),
        ),
        "get_server_health" => everyones("/health".to_owned(), None),
        "list_tools" => harmless("the same links for all administrators"),
        "get_log_level" => everyones("/log-level".to_owned(), None),
        "update_log_level" => everyones("/log-level".to_owned(), Some(json!({ "filter": "off" }))),
        "list_users" => shows("?q=viewer@acme".to_owned()),
        "get_user" => names(format!("/users/{person}"), None),
        "disable_user" => everyones(format!("/users/{person}/disable"), Some(json!({ "reason": "Mine" }))),
        "enable_user" => everyones(format!("/users/{person}/enable"), None),
        "delete_user_sessions" => everyones(format!("/users/{person}/sessions"), None),
        "update_user_admin_roles" => everyones(format!("/users/{person}/admin-roles"), Some(json!({ "platform_ids": [platform] }))),
        "list_admin_invitations" => everyones("/invitations".to_owned(), None),
        "create_admin_invitation" => everyones(
            "/invitations".to_owned(),
            Some(json!({ "email": "mine@example.test", "super_admin": true })),
        ),
        "resend_admin_invitation" => everyones(format!("/invitations/{invitation}/resend"), None),
        "delete_admin_invitation" => everyones(format!("/invitations/{other_invitation}"), None),
        "look_up_admin_invitation" | "accept_admin_invitation" => open("it needs the token of an invitation; without one it answers 410"),
        "get_sidebar" => names(format!("/platforms/{platform}/sidebar"), None),
        "update_sidebar" => names(
            format!("/platforms/{platform}/sidebar"),
            Some(json!({ "order": ["orders"], "hidden": ["customers"] })),
        ),
        "reset_sidebar" => names(format!("/platforms/{platform}/sidebar/reset"), None),
        "get_platform" => names(format!("/platforms/{platform}"), None),
        "create_platform" => everyones(
            "/platforms".to_owned(),
            Some(json!({ "code": "mine", "name": "Mine", "domain": "mine.test" })),
        ),
        "update_platform" => everyones(format!("/platforms/{platform}"), Some(json!({ "name": "Mine" }))),
        "get_sign_up_policy" => names(format!("/platforms/{platform}/sign-up"), None),
        "update_sign_up_policy" => names(
            format!("/platforms/{platform}/sign-up"),
            Some(json!({ "allowed": true, "max_stores": 50, "terms_url": "", "terms_version": "" })),
        ),
        "enable_platform" => everyones(format!("/platforms/{platform}/enable"), None),
        // The one of the request stays on, which says that whoever asks got that far.
        "disable_platform" => everyones(format!("/platforms/{platform}/disable"), Some(json!({ "reason": "Mine" }))),
        "get_resolved_address" => Case::Names {
            path: "/debug/resolve?host=acme.orion.localhost".to_owned(),
            body: None,
        },
        "create_store" => names("/stores".to_owned(), Some(new_store(platform))),
        _ => return None,
    })
}

fn new_store(platform: &str) -> Value {
    json!({
        "platform_id": platform, "name": "Mine", "code": "initech", "currency": "EUR",
        "owner": { "email": "owner@initech.test", "name": "A Person", "password": PASSWORD },
    })
}

fn administration() -> Vec<Operation> {
    let all: Vec<Operation> = operations().into_iter().filter(|operation| operation.is_in("admin")).collect();
    assert!(all.len() > 20, "the administration has {} operations only", all.len());
    all
}

fn named(operation: &Operation, main: &Main) -> Case {
    case(operation, main).unwrap_or_else(|| panic!("{} has no case: say in case() what others may see of it", operation.id))
}

async fn call(client: &Client, operation: &Operation, case: &Case) -> Answer {
    let (path, body) = match case {
        Case::Names { path, body } | Case::Everyones { path, body } => (path.clone(), body.clone()),
        Case::Shows { query } => (format!("{}{query}", operation.path), None),
        Case::Harmless { path, .. } => (path.clone(), operation.json_body.then(|| json!({}))),
        Case::Open { .. } => (operation.path.clone(), operation.json_body.then(|| json!({}))),
    };
    let client = client.at_root().with("if-match", "\"1\"").with("idempotency-key", "isolation");
    client.send(operation.method.clone(), &path, body).await
}

async fn main_platform(app: &TestApp) -> Main {
    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    app.buyer("acme", &[(mug, 1)]).await.buy().await.is(201);
    // Somebody who may lose their second factor.
    diesel::sql_query(
        "INSERT INTO user_second_factors (user_id, secret, confirmed_at, created_at) \
         SELECT id, '\\x00', now(), now() FROM users WHERE email = 'owner@tokyo.test'",
    )
    .execute(&mut app.owner_of_database())
    .expect("a second factor");
    let admin = app.admin().await;
    let sessions = admin.get("/me/sessions").await.is(200);
    app.run_jobs().await;
    diesel::sql_query(
        "INSERT INTO admin_invitations (id, email, super_admin, platform_ids, invited_by, invited_by_id, token_hash, sent_at, expires_at, created_at, updated_at) \
         SELECT gen_random_uuid(), email, true, '{}', 'x', (SELECT id FROM users WHERE users.email = 'admin@orion.test'), sha256(email::bytea), now() - interval '1 hour', now() + interval '1 day', now(), now() \
         FROM unnest(ARRAY['one@example.test', 'two@example.test']) AS email",
    )
    .execute(&mut app.owner_of_database())
    .expect("invitations");
    let invitation = |email: &str| app.text(&format!("SELECT id FROM admin_invitations WHERE email = '{email}'"));
    diesel::sql_query("UPDATE users SET email_verified_at = now() WHERE email = 'viewer@acme.test'")
        .execute(&mut app.owner_of_database())
        .expect("an address that was confirmed");
    Main {
        person: app.text("SELECT id FROM users WHERE email = 'viewer@acme.test'"),
        invitations: [invitation("one@example.test"), invitation("two@example.test")],
        job: app.text("SELECT id FROM jobs WHERE kind = 'orders.send_mail'"),
        platform: app.text("SELECT id FROM platforms WHERE code = 'main'"),
        store: app.store_id("acme").await.to_string(),
        session: sessions.json["data"][0]["id"].as_str().expect("a session").to_owned(),
        passkey: passkey(app, "admin@orion.test"),
    }
}

/// A digest of every row of every table, by table; but for what devices are to sign, which everybody is given to sign in and is worth nothing by itself.
fn everything(app: &TestApp) -> Vec<String> {
    let tables = app.text(
        "SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class \
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname <> 'passkey_challenges'",
    );
    let digest = |table: &str| {
        let rows = app.text(&format!(
            "SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {table} AS t"
        ));
        format!("{table} {rows}")
    };
    tables.split(' ').map(digest).collect()
}

#[tokio::test]
async fn no_operation_of_the_administration_answers_a_stranger() {
    let app = TestApp::start().await;
    let main = main_platform(&app).await;
    let owner = app.owner("acme").await;
    let customer = app.customer("acme", "ada@example.test").await;
    let door = app.administration();
    let strangers = [
        ("nobody", door.clone()),
        ("a store's owner", door.bearer(owner.token().expect("a token"))),
        ("a customer", door.bearer(customer.token().expect("a token"))),
    ];
    let before = everything(&app);
    let mut found = Vec::new();
    for operation in administration() {
        let case = named(&operation, &main);
        for (who, stranger) in &strangers {
            let answer = call(stranger, &operation, &case).await;
            let kept_out = match (&case, answer.status) {
                (_, 401 | 403) => true,
                // Nothing was proved and nothing ended: the digest below says so.
                (Case::Open { .. }, 204 | 422) => true,
                (Case::Open { .. }, 200) => operation.id == "create_admin_sign_in_challenge",
                _ => false,
            };
            if !kept_out {
                found.push(format!("{} for {who}: {} {}", operation.id, answer.request, answer.text()));
            }
        }
    }
    assert_eq!(found, [] as [&str; 0]);
    assert_eq!(before, everything(&app), "something was written");
}

#[tokio::test]
async fn no_operation_reaches_into_another_platform() {
    let app = TestApp::start().await;
    let main = main_platform(&app).await;
    let lite = app.administration().signed_in("lite-admin@orion.test").await;
    let before = everything(&app);
    let mut found = Vec::new();
    for operation in administration() {
        let case = named(&operation, &main);
        let answer = match &case {
            Case::Names { .. } | Case::Shows { .. } | Case::Everyones { .. } => call(&lite, &operation, &case).await,
            Case::Harmless { why, .. } | Case::Open { why } => {
                assert!(
                    !why.is_empty() && !operation.path.contains("{id}"),
                    "{} names something",
                    operation.id
                );
                continue;
            }
        };
        let secrets = [main.platform.as_str(), &main.store, "acme", "globex"];
        let told = secrets.iter().any(|secret| answer.text().contains(secret));
        let kept_out = match case {
            Case::Shows { .. } => matches!(answer.status, 200 | 404) && !told,
            Case::Everyones { .. } => answer.status == 403,
            _ => matches!(answer.status, 404 | 422) && !answer.text().contains("acme"),
        };
        if !kept_out {
            found.push(format!("{}: {} {}", operation.id, answer.request, answer.text()));
        }
    }
    assert_eq!(found, [] as [&str; 0], "the administrator of lite reached into main");
    assert_eq!(before, everything(&app), "something was written");
}

/// The same requests find what they ask for when they may: otherwise a typing error in a path would look like a closed door.
#[tokio::test]
async fn whoever_may_is_not_kept_out_by_the_same_requests() {
    let app = TestApp::start().await;
    let main = main_platform(&app).await;
    let admin = app.admin().await;
    sign_with_passkey(&app, "admin@orion.test", "admin.orion.localhost");
    for operation in administration() {
        let case = named(&operation, &main);
        match case {
            Case::Names { .. } => {
                let answer = call(&admin, &operation, &case).await;
                // A store that is open is not opened again: that is an answer about the store, and no door.
                assert!(
                    answer.status < 300 || answer.status == 409,
                    "{}: {} {}",
                    operation.id,
                    answer.request,
                    answer.text()
                );
            }
            Case::Shows { .. } => {
                let answer = call(&admin, &operation, &case).await.is(200);
                assert!(
                    [main.platform.as_str(), &main.store, "acme"]
                        .iter()
                        .any(|word| answer.text().contains(word)),
                    "{} shows a super admin nothing of main: {}",
                    operation.id,
                    answer.text()
                );
            }
            // The test's server keeps no log, and says so to whoever may ask for its level.
            Case::Everyones { .. } => {
                let answer = call(&admin, &operation, &case).await;
                let stays = operation.id == "disable_platform" && answer.status == 409;
                assert!(
                    matches!(answer.status, 200 | 201 | 204 | 503) || stays,
                    "{}: {}",
                    operation.id,
                    answer.text()
                );
            }
            Case::Harmless { .. } | Case::Open { .. } => {}
        }
    }
    app.run_jobs().await;
}
