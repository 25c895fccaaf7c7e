//! Plans of lists in a large store, as PostgreSQL makes them for the server's own role behind its policies.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use orion_tests::TestDatabase;

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

const STORE: &str = "00000000-0000-0000-0000-0000000000a1";

/// A store of 40,000 orders, of which one in forty is open, 20,000 customers and as many products and levels; a tenth as much of another.
const ROWS: &str = "SET session_replication_role = replica;
    INSERT INTO orders (store_id, id, number, email, locale, status, payment_status, fulfilment_status, currency, prices_include_tax, subtotal_minor,
        shipping_minor, tax_minor, total_minor, shipping_address, billing_address, placed_at, created_at, updated_at)
    SELECT s.id, gen_random_uuid(), n, 'p' || n || '@example.com', 'en', CASE WHEN n % 40 = 0 THEN 'confirmed' ELSE 'completed' END,
        CASE WHEN n % 800 = 0 THEN 'pending' ELSE 'paid' END, CASE WHEN n % 40 = 0 THEN 'unfulfilled' ELSE 'fulfilled' END, 'EUR', true, n, 0, 0, n, '{}', '{}',
        now() - n * interval '1 minute', now(), now()
    FROM (VALUES ('00000000-0000-0000-0000-0000000000a1'::uuid, 1), ('00000000-0000-0000-0000-0000000000b2', 10)) AS s (id, part)
    CROSS JOIN generate_series(1, 40000) AS n WHERE n % s.part = 0;
    INSERT INTO customers (store_id, id, email, name, created_at, updated_at)
    SELECT s.id, gen_random_uuid(), 'p' || n || '@example.com', 'Ada N' || n, now(), now()
    FROM (VALUES ('00000000-0000-0000-0000-0000000000a1'::uuid, 1), ('00000000-0000-0000-0000-0000000000b2', 10)) AS s (id, part)
    CROSS JOIN generate_series(1, 20000) AS n WHERE n % s.part = 0;
    INSERT INTO products (store_id, id, slug, title, status, min_price_minor, max_price_minor, created_at, updated_at)
    SELECT '00000000-0000-0000-0000-0000000000a1', gen_random_uuid(), 'p' || n, 'P' || n, 'active', n, n, now() - n * interval '1 minute', now()
    FROM generate_series(1, 20000) AS n;
    INSERT INTO product_words (store_id, word, product_id)
    SELECT store_id, word, id FROM products CROSS JOIN LATERAL unnest(tsvector_to_array(search_vector)) AS word;
    INSERT INTO product_variants (store_id, id, product_id, title, sku, price_minor, created_at, updated_at)
    SELECT store_id, gen_random_uuid(), id, 'S', upper(slug) || '-S', 1, now(), now() FROM products;
    INSERT INTO inventory_levels (store_id, id, location_id, variant_id, on_hand, updated_at)
    SELECT '00000000-0000-0000-0000-0000000000a1', gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), n % 400, now() FROM generate_series(1, 20000) AS n;
    INSERT INTO jobs (store_id, id, kind, payload, status, run_at, created_at)
    SELECT '00000000-0000-0000-0000-0000000000a1', gen_random_uuid(), 'a.b', '{}', CASE WHEN n % 1000 = 0 THEN 'cancelled' ELSE 'done' END, now(), now()
    FROM generate_series(1, 20000) AS n;
    SET session_replication_role = origin;
    ANALYZE orders, customers, products, product_words, product_variants, inventory_levels, jobs";

fn plan(conn: &mut PgConnection, sql: &str) -> String {
    let lines: Vec<Line> = diesel::sql_query(format!("EXPLAIN {sql}")).load(conn).expect("a plan");
    lines.into_iter().map(|line| line.line + "\n").collect()
}

#[test]
fn lists_of_a_large_store_go_by_an_index_that_begins_where_the_page_does() {
    let database = TestDatabase::create();
    database.owner().batch_execute(ROWS).expect("the rows");
    let mut app = database.as_role("orion_app");
    app.batch_execute(&format!("SET app.store_id = '{STORE}'")).expect("the store");
    let orders = format!("SELECT * FROM orders WHERE store_id = '{STORE}' AND number IS NOT NULL");
    let newest = "ORDER BY placed_at DESC, id DESC LIMIT 21";
    let ago = "now() - interval '20 days'";
    let customers = format!("SELECT * FROM customers WHERE store_id = '{STORE}' AND deleted_at IS NULL");
    let products = format!("SELECT * FROM products WHERE store_id = '{STORE}' AND deleted_at IS NULL");
    for (index, sql) in [
        ("orders_newest", format!("{orders} AND status = 'completed' {newest}")),
        (
            "Index Cond: ((store_id = '00000000-0000-0000-0000-0000000000a1'::uuid) AND (placed_at <=",
            format!("{orders} AND placed_at <= {ago} AND (placed_at < {ago} OR id < '{STORE}') {newest}"),
        ),
        (
            "orders_by_total",
            format!("{orders} AND status = 'completed' ORDER BY total_minor DESC, id DESC LIMIT 21"),
        ),
        ("orders_open", format!("{orders} AND status = 'confirmed' {newest}")),
        ("orders_open", format!("{orders} AND payment_status = 'pending' {newest}")),
        (
            "Index Only Scan using orders_open",
            format!("SELECT count(*) FROM orders WHERE store_id = '{STORE}' AND status = 'confirmed' AND fulfilment_status <> 'fulfilled'"),
        ),
        (
            "orders_email_begins",
            format!("{orders} AND starts_with(email COLLATE \"C\", 'p12345') {newest}"),
        ),
        (
            "customers_email_begins",
            format!(
                "{customers} AND (starts_with(email COLLATE \"C\", lower('p1234')) OR starts_with(name_folded, search_text('p1234')) \
                 OR starts_with(last_name_folded, search_text('p1234'))) ORDER BY id DESC LIMIT 21"
            ),
        ),
        (
            "customers_by_name",
            format!("{customers} ORDER BY name COLLATE \"und-x-icu\", id LIMIT 21"),
        ),
        (
            "products_all_newest",
            format!("{products} ORDER BY created_at DESC, id DESC LIMIT 21"),
        ),
        ("products_all_price", format!("{products} ORDER BY min_price_minor, id LIMIT 21")),
        (
            "Index Only Scan using product_words_pkey",
            format!("SELECT product_id FROM product_words WHERE store_id = '{STORE}' AND word >= 'p123' AND word < 'p123' || chr(1114111)"),
        ),
        (
            "product_variants_sku_begins",
            format!(
                "SELECT product_id FROM product_variants WHERE store_id = '{STORE}' AND deleted_at IS NULL \
                 AND sku_folded >= lower('P123-') AND sku_folded < lower('P123-') || chr(1114111)"
            ),
        ),
        (
            "inventory_levels_low",
            format!("SELECT count(*) FROM inventory_levels WHERE store_id = '{STORE}' AND low"),
        ),
    ] {
        let plan = plan(&mut app, &sql);
        assert!(
            plan.contains(index) && !plan.contains("Seq Scan"),
            "{sql} runs without {index} as\n{plan}"
        );
    }
    let mut platform = database.as_role("orion_platform");
    let plan = plan(
        &mut platform,
        "SELECT * FROM jobs WHERE status = 'cancelled' ORDER BY id DESC LIMIT 21",
    );
    assert!(plan.contains("jobs_cancelled"), "{plan}");
    let of_kind = "SELECT * FROM jobs WHERE kind <> 'orders.send_mail' AND kind COLLATE \"C\" = 'a.c' ORDER BY id DESC LIMIT 21";
    let plan = self::plan(&mut platform, of_kind);
    assert!(plan.contains("jobs_kind"), "{plan}");
}
