//! Owners and roles, on each PostgreSQL that is supported.

use std::path::PathBuf;

use diesel::prelude::*;
use orion_tests::{Client, DataDir, ServerProcess, orion};

use super::{address, as_superuser, cluster};

/// The newest PostgreSQL, which is found by itself, and the older ones that the tests brought.
pub(super) fn versions() -> Vec<Option<PathBuf>> {
    let older = std::env::var_os("ORION_TEST_POSTGRES_BINS").unwrap_or_default();
    let older = std::env::split_paths(&older).filter(|folder| folder.join("postgres").is_file());
    std::iter::once(None).chain(older.map(Some)).collect()
}

async fn serves(url: &str, options: &[&str]) {
    let server = ServerProcess::start_with(url, options, &[]).await;
    let probe = Client::new(server.address(), "localhost", "");
    probe.get("/health").await.is(200);
}

#[tokio::test]
async fn the_documented_owner_is_enough_on_every_version() {
    for version in versions() {
        let folder = DataDir::create();
        let postgres = cluster(&folder, version.as_deref());
        as_superuser(
            &postgres,
            &[
                "CREATE ROLE shops LOGIN PASSWORD 'x' CREATEROLE",
                "CREATE DATABASE shops OWNER shops",
            ],
        );
        serves(&address(&postgres, "shops", "shops"), &[]).await;
        postgres.stop().expect("PostgreSQL stops");
    }
}

#[tokio::test]
async fn roles_may_be_made_beforehand_for_an_owner_that_may_make_none() {
    for version in versions() {
        let folder = DataDir::create();
        let postgres = cluster(&folder, version.as_deref());
        as_superuser(
            &postgres,
            &[
                "CREATE ROLE orion_app NOLOGIN",
                "CREATE ROLE orion_platform NOLOGIN",
                "CREATE ROLE shops LOGIN",
                "GRANT orion_app, orion_platform TO shops",
                "CREATE DATABASE shops OWNER shops",
            ],
        );
        serves(&address(&postgres, "shops", "shops"), &[]).await;
        postgres.stop().expect("PostgreSQL stops");
    }
}

#[tokio::test]
async fn a_login_that_owns_nothing_serves_what_the_owner_has_migrated() {
    for version in versions() {
        let folder = DataDir::create();
        let postgres = cluster(&folder, version.as_deref());
        as_superuser(
            &postgres,
            &[
                "CREATE ROLE shops LOGIN CREATEROLE",
                "CREATE DATABASE shops OWNER shops",
                "CREATE ROLE runtime LOGIN",
            ],
        );
        let owner = address(&postgres, "shops", "shops");
        let plan = orion(&owner, &["migrate", "--plan"], "");
        assert!(plan.ok && plan.out.contains("framework_create_roles"), "{plan:?}");
        let written = "SELECT count(*) FROM pg_class WHERE relname = '__diesel_schema_migrations'";
        assert_eq!(number(&owner, written), 0, "a plan has written");
        let migrated = orion(&owner, &["migrate"], "");
        assert!(migrated.ok, "{migrated:?}");
        as_superuser(&postgres, &["GRANT orion_app, orion_platform TO runtime"]);
        serves(&address(&postgres, "shops", "runtime"), &["--no-migrate"]).await;
        postgres.stop().expect("PostgreSQL stops");
    }
}

#[tokio::test]
async fn a_login_that_may_not_work_as_the_roles_is_alive_and_never_ready() {
    let folder = DataDir::create();
    let postgres = cluster(&folder, None);
    as_superuser(
        &postgres,
        &[
            "CREATE ROLE shops LOGIN CREATEROLE",
            "CREATE DATABASE shops OWNER shops",
            "CREATE ROLE runtime LOGIN",
        ],
    );
    let migrated = orion(&address(&postgres, "shops", "shops"), &["migrate"], "");
    assert!(migrated.ok, "{migrated:?}");
    let mut server = ServerProcess::start_alive(&address(&postgres, "shops", "runtime"), &["--no-migrate"], &[]).await;
    let probe = Client::new(server.address(), "localhost", "");
    assert_eq!(probe.get("/health/ready").await.is(503).json["status"], "starting");
    let told = server.log_lines("is not usable yet").await;
    assert!(told[0].to_string().contains("permission denied"), "{told:?}");
    as_superuser(&postgres, &["GRANT orion_app, orion_platform TO runtime"]);
    server.until_ready().await;
}

fn number(url: &str, sql: &str) -> i64 {
    let mut conn = PgConnection::establish(url).expect("the database answers");
    diesel::select(diesel::dsl::sql::<diesel::sql_types::BigInt>(&format!("({sql})")))
        .get_result(&mut conn)
        .expect("a number")
}
