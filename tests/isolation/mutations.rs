//! The matrix is tried by breaking what it guards, in a database of its own: it must fail when both walls are gone, and hold while one
//! of them stands.
//!
//! A query that has forgotten its filter by store is imitated in the database. Each table becomes a view of the same name whose rows all
//! say that they belong to whoever asks, so `WHERE store_id = …` lets every row through; row level security below the view goes by the
//! rows as they are.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use orion_tests::TestApp;

use super::matrix::{attack, peek};
use super::walls::open_policies;
use super::world::{Furnished, digest, furnish};
use crate::modules::CASES;

/// The tables whose filter is taken away, each with an operation that shows it; one that deletes leaves nothing to those after it. What
/// belongs to a customer or a cart is looked for by them as well, which is a wall of its own.
const TABLES: &[(&str, &str)] = &[
    ("products", "delete_product"),
    ("product_categories", "delete_category"),
    ("imports", "get_import"),
    ("import_mappings", "delete_import_mapping"),
    ("import_changes", "get_import_undo_plan"),
    ("orders", "get_order"),
    ("shipping_methods", "delete_shipping_method"),
    ("team_invitations", "delete_invitation"),
    ("team_roles", "delete_role"),
    ("impersonations", "cancel_impersonation"),
    ("store_domains", "delete_domain"),
];

/// Comes last: once it is blind, a key opens the other store as its own, and takes away what others are shown by.
const KEYS: &[(&str, &str)] = &[("api_keys", "delete_api_key")];

/// Behind them all: once it is blind nothing is written any more, since every change leaves an entry.
const LOG: &[(&str, &str)] = &[("audit_log", "get_store_audit_entry")];

/// All of them, with those that modules name themselves.
fn tables() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    TABLES.iter().chain(CASES.iter().flat_map(|case| case.blind)).chain(KEYS).chain(LOG)
}

/// Takes the filter by store away from a table, for every query there is.
fn blind_filter(app: &TestApp, table: &str) {
    let mutation = format!(
        "DO $$ DECLARE columns text; BEGIN
            SELECT string_agg(CASE attname WHEN 'store_id' THEN 'current_store() AS store_id' ELSE quote_ident(attname) END, ', ' ORDER BY attnum)
                INTO columns FROM pg_attribute WHERE attrelid = '{table}'::regclass AND attnum > 0 AND NOT attisdropped;
            ALTER TABLE {table} RENAME TO {table}_as_it_is;
            EXECUTE 'CREATE VIEW {table} WITH (security_invoker) AS SELECT ' || columns || ' FROM {table}_as_it_is';
            GRANT SELECT, INSERT, UPDATE, DELETE ON {table} TO orion_app, orion_platform;
        END $$"
    );
    app.owner_of_database().batch_execute(&mutation).expect("the filter is blind");
}

async fn two_stores(app: &TestApp) -> (Furnished, Furnished) {
    let stores = (furnish(app, "acme").await, furnish(app, "globex").await);
    app.leave_jobs("what follows breaks the database");
    stores
}

/// The operations by which the attacker got somewhere; one that failed in the broken database did not.
async fn leaks(app: &TestApp, attacker: &Furnished, victim: &Furnished) -> BTreeSet<String> {
    let mut found = attack(app, attacker, victim).await;
    found.extend(peek(attacker, victim).await);
    let got_somewhere = found.into_iter().filter(|line| !line.contains(" 500 "));
    got_somewhere.filter_map(|line| line.split(' ').next().map(str::to_owned)).collect()
}

#[tokio::test]
async fn the_matrix_fails_for_each_table_that_lost_both_walls() {
    let app = TestApp::start().await;
    let (acme, globex) = two_stores(&app).await;
    open_policies(&app);
    assert_eq!(
        leaks(&app, &globex, &acme).await,
        BTreeSet::new(),
        "the filters do not hold by themselves"
    );
    for (table, operation) in tables() {
        blind_filter(&app, table);
        let found = leaks(&app, &globex, &acme).await;
        assert!(
            found.contains(*operation),
            "{table} has neither filter nor policy, and {operation} shows nothing of it; found are {found:?}"
        );
    }
}

#[tokio::test]
async fn the_policies_hold_alone_when_filters_are_gone() {
    let app = TestApp::start().await;
    let (acme, globex) = two_stores(&app).await;
    for (table, _) in tables() {
        blind_filter(&app, table);
    }
    let before = digest(&app, "acme").await;
    assert_eq!(leaks(&app, &globex, &acme).await, BTreeSet::new());
    assert_eq!(digest(&app, "acme").await, before, "rows of the other store were changed");
}
