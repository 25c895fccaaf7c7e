//! Indexes that a statement was given: that it could use them, whatever the planner prefers on a small table.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use orion_framework::retention::{RETENTION, Removed};
use orion_tests::TestDatabase;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

/// Pictures of one store and many imports: in an empty table every index of the store is as good as the next.
const PICTURES: &str = "SET session_replication_role = replica; \
    INSERT INTO product_images (store_id, id, product_id, status, import_id, created_at, updated_at) \
    SELECT '00000000-0000-0000-0000-0000000000a1', gen_random_uuid(), gen_random_uuid(), 'pending', gen_random_uuid(), now(), now() \
    FROM generate_series(1, 3000); \
    ANALYZE product_images";

/// How the statement would be run by a role.
fn plan(role: &str, sql: &str) -> String {
    let database = TestDatabase::create();
    database.owner().batch_execute(PICTURES).expect("the pictures");
    let mut conn = database.as_role(role);
    conn.batch_execute("SET enable_seqscan = off; SET enable_sort = off; SET enable_bitmapscan = off")
        .expect("the settings");
    let lines: Vec<Line> = diesel::sql_query(format!("EXPLAIN {sql}")).load(&mut conn).expect("a plan");
    lines.into_iter().map(|line| line.line + "\n").collect()
}

#[test]
fn statements_find_the_index_that_was_made_for_them() {
    let store = "'00000000-0000-0000-0000-0000000000a1'";
    let images = format!(
        "SELECT count(*) FROM product_images WHERE store_id = {store} AND import_id = ANY('{{{}}}')",
        store.trim_matches('\'')
    );
    let items = format!("SELECT EXISTS (SELECT FROM order_items WHERE store_id = {store} AND image_id = {store})");
    let left = format!(
        "SELECT id FROM carts WHERE store_id = {store} AND status <> 'ordered' AND expires_at < now() ORDER BY expires_at LIMIT 1000"
    );
    let entries = |narrowed: &str| format!("SELECT * FROM audit_log WHERE store_id = {store} AND {narrowed} ORDER BY id DESC LIMIT 21");
    let by_action = entries("action <> 'order.placed' AND action COLLATE \"C\" = 'product.updated'");
    let by_entity = entries("action <> 'order.placed' AND entity_id = '00000000-0000-0000-0000-0000000000b1'");
    for (role, index, sql) in [
        (
            "orion_platform",
            "audit_log_newest",
            "SELECT id FROM audit_log ORDER BY id DESC LIMIT 50",
        ),
        (
            "orion_platform",
            "audit_log_action",
            "SELECT * FROM audit_log WHERE action <> 'order.placed' AND action COLLATE \"C\" = 'store.created' ORDER BY id DESC LIMIT 50",
        ),
        (
            "orion_platform",
            "audit_log_actor",
            "SELECT * FROM audit_log WHERE actor_kind IN ('user', 'key', 'system', 'cli') AND actor_label = 'owner@acme.test' ORDER BY id DESC LIMIT 21",
        ),
        ("orion_app", "audit_log_store_action", by_action.as_str()),
        ("orion_app", "audit_log_store_entity", by_entity.as_str()),
        (
            "orion_platform",
            "jobs_kind",
            "SELECT * FROM jobs WHERE kind <> 'orders.send_mail' AND kind COLLATE \"C\" = 'catalog.import_products' ORDER BY id DESC LIMIT 21",
        ),
        ("orion_app", "product_images_import", images.as_str()),
        (
            "orion_app",
            "product_images_without_avif",
            "SELECT id FROM product_images WHERE store_id = '00000000-0000-0000-0000-0000000000a1' AND avif_at IS NULL AND status = 'ready' ORDER BY id LIMIT 8",
        ),
        (
            "orion_platform",
            "product_images_without_avif",
            "SELECT id FROM stores WHERE EXISTS (SELECT FROM product_images WHERE store_id = stores.id AND avif_at IS NULL AND status = 'ready')",
        ),
        ("orion_app", "order_items_image", items.as_str()),
        ("orion_app", "carts_left", left.as_str()),
        (
            "orion_platform",
            "carts_left",
            "SELECT id FROM stores WHERE EXISTS (SELECT FROM carts WHERE store_id = stores.id AND status <> 'ordered' AND expires_at < now())",
        ),
        (
            "orion_platform",
            "jobs_dead",
            "SELECT count(*) FROM jobs WHERE status = 'dead' AND kind = 'orders.resolve_payment'",
        ),
        (
            "orion_platform",
            "payments_unresolved",
            "SELECT created_at FROM payments WHERE status = 'pending' AND provider <> 'manual' AND created_at < now() ORDER BY created_at LIMIT 1",
        ),
    ] {
        let plan = plan(role, sql);
        assert!(plan.contains(index), "{sql} runs as\n{plan}");
    }
}

/// Again and again, across all stores. Bitmaps are only made of an index that has the condition, so what is read whole lacks one.
#[test]
fn housekeeping_reads_no_table_whole_for_what_has_served() {
    let database = TestDatabase::create();
    let mut conn = database.as_role("orion_platform");
    conn.batch_execute("SET enable_seqscan = off; SET enable_indexscan = off; SET enable_indexonlyscan = off")
        .expect("the settings");
    let registry = orion::modules::registry().expect("the modules fit together");
    let of_modules = registry.all().iter().flat_map(|module| module.retention);
    let (mut looked, mut wrong) = (0, Vec::new());
    for retention in RETENTION.iter().chain(of_modules) {
        let Removed::Rows { key, over } = retention.removed else {
            continue;
        };
        looked += 1;
        let (table, over) = (retention.table, over.replace("$1", "now()"));
        let sql = format!("EXPLAIN SELECT {key} FROM {table} WHERE {over} LIMIT 1000");
        let lines: Vec<Line> = diesel::sql_query(&sql).load(&mut conn).expect("a plan");
        if lines.iter().any(|line| line.line.contains(&format!("Seq Scan on {table}"))) {
            wrong.push(sql);
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert!(looked > 10, "only {looked} statements were looked at");
}

#[test]
fn of_payments_the_platform_sees_how_they_stand_and_nothing_else() {
    let database = TestDatabase::create();
    let mut platform = database.as_role("orion_platform");
    platform
        .batch_execute("SELECT provider, status, created_at FROM payments")
        .expect("what the health check reads");
    for column in ["amount_minor", "card_last4", "order_id", "*"] {
        let refused = platform.batch_execute(&format!("SELECT {column} FROM payments"));
        assert!(
            refused.expect_err("it was shown").to_string().contains("permission denied"),
            "{column}"
        );
    }
    platform.batch_execute("DELETE FROM payments").expect_err("it may not delete");
}

#[test]
fn of_pictures_the_platform_sees_whether_avif_files_are_missing_and_nothing_else() {
    let database = TestDatabase::create();
    let mut platform = database.as_role("orion_platform");
    platform
        .batch_execute("SELECT store_id, status, avif_at FROM product_images")
        .expect("what the look for AVIF files reads");
    for column in ["id", "product_id", "alt", "source_url", "*"] {
        let refused = platform.batch_execute(&format!("SELECT {column} FROM product_images"));
        assert!(
            refused.expect_err("it was shown").to_string().contains("permission denied"),
            "{column}"
        );
    }
    platform
        .batch_execute("UPDATE product_images SET avif_at = now()")
        .expect_err("it may not write");
}
