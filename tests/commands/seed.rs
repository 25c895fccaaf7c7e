//! `orion seed`.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use orion_tests::{TestDatabase, orion, orion_with};

/// Every table with the number of its rows.
fn rows(database: &TestDatabase) -> Vec<String> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        told: String,
    }
    let mut owner = database.owner();
    let mut ask = |sql: &str| diesel::sql_query(sql).load::<Row>(&mut owner).expect("an answer");
    let tables = ask("SELECT relname::text AS told FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1");
    let count = |table: &Row| {
        let name = &table.told;
        ask(&format!("SELECT '{name}: ' || count(*) AS told FROM {name}")).remove(0).told
    };
    tables.iter().map(count).collect()
}

#[test]
fn a_second_seed_finds_everything_and_writes_nothing() {
    let database = TestDatabase::create();
    // Drawing the pictures would take a minute.
    let seed = || orion(database.url(), &["seed", "--no-pictures"], "");
    let first = seed();
    assert!(first.ok, "{first:?}");
    assert!(first.out.contains("owner@acme.test"), "the logins are not told: {}", first.out);
    let written = rows(&database);
    for table in ["stores", "products", "users", "customers", "orders"] {
        let nothing = format!("{table}: 0");
        assert!(
            written
                .iter()
                .any(|line| line.starts_with(&format!("{table}: ")) && *line != nothing),
            "{written:?}"
        );
    }
    let second = seed();
    assert!(second.ok, "{second:?}");
    assert_eq!(rows(&database), written);
}

#[test]
fn demo_data_in_production_has_to_be_forced() {
    let database = TestDatabase::create();
    let production = [("ORION_ENV", "production"), ("ORION_AUTH_BCRYPT_COST", "10")];
    let before = rows(&database);
    for arguments in [&["seed"][..], &["seed", "--scale", "products=1,stores=1"]] {
        let refused = orion_with(database.url(), arguments, "", &production);
        assert!(!refused.ok && refused.err.contains("--force"), "{refused:?}");
    }
    assert_eq!(rows(&database), before);
    // Nor is a database changed that was not there for it.
    let empty = TestDatabase::create();
    let mut owner = empty.owner();
    owner
        .batch_execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        .expect("an empty database");
    assert!(!orion_with(empty.url(), &["seed"], "", &production).ok);
    assert_eq!(rows(&empty), [] as [&str; 0], "it was migrated first");
    let forced = orion_with(
        database.url(),
        &["seed", "--scale", "products=1,stores=1", "--force"],
        "",
        &production,
    );
    assert!(forced.ok, "{forced:?}");
    assert_ne!(rows(&database), before);
}
