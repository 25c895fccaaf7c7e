//! The walls at work: what the runtime role sees and may write.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use orion_tests::TestDatabase;

#[derive(QueryableByName)]
struct Table {
    #[diesel(sql_type = Text)]
    name: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Two stores on a platform, with a category each, written as the owner would restore them from a backup.
const TWO_STORES: &str = "
    INSERT INTO platforms VALUES ('00000000-0000-0000-0000-0000000000f1', 'main', 'Main', 'orion.test', true, now(), now(), 1);
    INSERT INTO users VALUES ('00000000-0000-0000-0000-0000000000e1', 'owner@one.test', 'Owner', 'x', true, now(), now(), 1, NULL);
    INSERT INTO stores (id, platform_id, code, subdomain, name, currency, owner_user_id, created_at, updated_at) VALUES
        ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000f1', 'one', 'one', 'One', 'EUR', '00000000-0000-0000-0000-0000000000e1', now(), now()),
        ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-0000000000f1', 'two', 'two', 'Two', 'EUR', '00000000-0000-0000-0000-0000000000e1', now(), now());
    INSERT INTO product_categories (store_id, id, slug, name, created_at, updated_at) VALUES
        ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000c1', 'mugs', 'Mugs', now(), now()),
        ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-0000000000c2', 'mugs', 'Mugs', now(), now());";

fn two_stores() -> TestDatabase {
    let database = TestDatabase::create();
    database.owner().batch_execute(TWO_STORES).expect("two stores");
    database
}

fn count(conn: &mut PgConnection, sql: &str) -> i64 {
    diesel::sql_query(sql).get_result::<Count>(conn).expect("the count").count
}

#[test]
fn without_a_store_the_app_role_sees_no_row_of_any_tenant_table() {
    let database = two_stores();
    let mut app = database.as_role("orion_app");
    let tables: Vec<Table> = diesel::sql_query(
        "SELECT c.relname::text AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'store_id' \
         WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND has_table_privilege(c.oid, 'SELECT') \
         UNION SELECT 'stores' ORDER BY 1",
    )
    .load(&mut app)
    .expect("the catalogue answers");
    assert!(tables.len() > 30, "the catalogue lists {} tenant tables", tables.len());
    for Table { name } in tables {
        assert_eq!(
            count(&mut app, &format!("SELECT count(*) FROM {name}")),
            0,
            "{name} shows rows without a store"
        );
    }
}

#[test]
fn with_a_store_the_app_role_sees_that_store_only() {
    let database = two_stores();
    let mut app = database.as_role("orion_app");
    app.batch_execute("BEGIN; SELECT set_config('app.store_id', '00000000-0000-0000-0000-0000000000a1', true)")
        .expect("a store");
    assert_eq!(count(&mut app, "SELECT count(*) FROM product_categories"), 1);
    assert_eq!(count(&mut app, "SELECT count(*) FROM stores"), 1);
    assert_eq!(
        count(
            &mut app,
            "SELECT count(*) FROM product_categories WHERE id = '00000000-0000-0000-0000-0000000000c2'"
        ),
        0
    );
    app.batch_execute("COMMIT").expect("the end");
    assert_eq!(
        count(&mut app, "SELECT count(*) FROM product_categories"),
        0,
        "the store outlived its transaction"
    );
}

#[test]
fn a_row_for_another_store_is_refused() {
    let database = two_stores();
    let mut app = database.as_role("orion_app");
    app.batch_execute("BEGIN; SELECT set_config('app.store_id', '00000000-0000-0000-0000-0000000000a1', true)")
        .expect("a store");
    let refused = app.batch_execute(
        "INSERT INTO product_categories (store_id, id, slug, name, created_at, updated_at) \
         VALUES ('00000000-0000-0000-0000-0000000000a2', '00000000-0000-0000-0000-0000000000c9', 'x', 'X', now(), now())",
    );
    assert!(refused.expect_err("the row went in").to_string().contains("row-level security"));
}

#[test]
fn a_row_cannot_point_into_another_store() {
    let database = two_stores();
    let refused = database.owner().batch_execute(
        "INSERT INTO product_categories (store_id, id, parent_id, slug, name, created_at, updated_at) VALUES \
         ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000c8', '00000000-0000-0000-0000-0000000000c2', 'x', 'X', now(), now())",
    );
    assert!(refused.expect_err("the row went in").to_string().contains("foreign key"));
}

#[test]
fn stock_cannot_be_promised_twice_even_by_a_wrong_statement() {
    let database = two_stores();
    let refused = database.owner().batch_execute(
        "INSERT INTO products (store_id, id, slug, title, created_at, updated_at) VALUES ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000b1', 'mug', 'Mug', now(), now());
         INSERT INTO product_variants (store_id, id, product_id, title, price_minor, created_at, updated_at) VALUES ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000b2', '00000000-0000-0000-0000-0000000000b1', 'Mug', 100, now(), now());
         INSERT INTO inventory_locations VALUES ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000d1', 'Here', true, now(), now());
         INSERT INTO inventory_levels VALUES ('00000000-0000-0000-0000-0000000000a1', '00000000-0000-0000-0000-0000000000d2', '00000000-0000-0000-0000-0000000000d1', '00000000-0000-0000-0000-0000000000b2', 1, 2, now())",
    );
    assert!(
        refused
            .expect_err("the row went in")
            .to_string()
            .contains("inventory_levels_not_oversold")
    );
}

/// Another platform with a store, and how each of the two shows its sidebar.
const TWO_PLATFORMS: &str = "
    INSERT INTO platforms VALUES ('00000000-0000-0000-0000-0000000000f2', 'other', 'Other', 'other.test', true, now(), now(), 1);
    INSERT INTO stores (id, platform_id, code, subdomain, name, currency, owner_user_id, created_at, updated_at) VALUES
        ('00000000-0000-0000-0000-0000000000a3', '00000000-0000-0000-0000-0000000000f2', 'three', 'three', 'Three', 'EUR', '00000000-0000-0000-0000-0000000000e1', now(), now());
    INSERT INTO platform_sidebars (platform_id, entry_order, hidden, created_at, updated_at) VALUES
        ('00000000-0000-0000-0000-0000000000f1', '{}', '{orders}', now(), now()),
        ('00000000-0000-0000-0000-0000000000f2', '{}', '{products}', now(), now());";

fn two_platforms() -> TestDatabase {
    let database = two_stores();
    database.owner().batch_execute(TWO_PLATFORMS).expect("two platforms");
    database
}

const OTHERS_SIDEBAR: &str = "SELECT count(*) FROM platform_sidebars WHERE platform_id = '00000000-0000-0000-0000-0000000000f2'";

#[test]
fn a_store_reads_the_rows_of_its_platform_and_of_no_other() {
    let database = two_platforms();
    let mut app = database.as_role("orion_app");
    assert_eq!(
        count(&mut app, "SELECT count(*) FROM platform_sidebars"),
        0,
        "without a store there is no platform"
    );
    // Naming a platform opens nothing: whose store it is says which one.
    app.batch_execute(
        "BEGIN; SELECT set_config('app.store_id', '00000000-0000-0000-0000-0000000000a1', true); \
         SELECT set_config('app.platform_id', '00000000-0000-0000-0000-0000000000f2', true)",
    )
    .expect("a store");
    assert_eq!(count(&mut app, "SELECT count(*) FROM platform_sidebars"), 1);
    assert_eq!(count(&mut app, OTHERS_SIDEBAR), 0);
    let refused = app.batch_execute("UPDATE platform_sidebars SET hidden = '{}'");
    assert!(refused.expect_err("a store wrote").to_string().contains("permission denied"));
}

#[test]
fn an_administrator_works_on_the_rows_of_one_platform_at_a_time() {
    let database = two_platforms();
    let mut platform = database.as_role("orion_platform");
    assert_eq!(
        count(&mut platform, "SELECT count(*) FROM platform_sidebars"),
        0,
        "without a platform there are rows"
    );
    platform
        .batch_execute("BEGIN; SELECT set_config('app.platform_id', '00000000-0000-0000-0000-0000000000f1', true); UPDATE platform_sidebars SET version = 7; COMMIT")
        .expect("a platform");
    assert_eq!(
        count(&mut platform, "SELECT count(*) FROM platform_sidebars"),
        0,
        "the platform outlived its transaction"
    );
    platform
        .batch_execute("BEGIN; SELECT set_config('app.platform_id', '00000000-0000-0000-0000-0000000000f2', true)")
        .expect("the other platform");
    assert_eq!(
        count(&mut platform, &format!("{OTHERS_SIDEBAR} AND version = 1")),
        1,
        "a change without a filter went into the other platform"
    );
    let refused = platform.batch_execute(
        "INSERT INTO platform_sidebars (platform_id, entry_order, hidden, created_at, updated_at) \
         VALUES ('00000000-0000-0000-0000-0000000000f1', '{}', '{}', now(), now())",
    );
    assert!(refused.expect_err("the row went in").to_string().contains("row-level security"));
}
