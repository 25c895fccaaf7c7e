//! Customers and orders of a load store, as a shop has them that has sold for two years.
//!
//! Written row by row of the tables and not through the checkout, which would take an hour: what lists, searches and figures read is there.

use diesel::connection::SimpleConnection;
use orion_framework::db::{DbError, StoreTx};

/// Orders that one statement writes; the rows of one lie in memory at the same time.
const AT_ONCE: u32 = 50_000;

/// An id of version 7 for a time: ids sort by the time they were made, as those of the program do.
fn id_of(at: &str) -> String {
    format!(
        "(lpad(to_hex((extract(epoch FROM {at}) * 1000)::bigint), 12, '0') || '7' || substr(md5(random()::text), 1, 3) \
         || '8' || substr(md5(random()::text), 1, 15))::uuid"
    )
}

/// A time within the last two years: row `n` of `all`, the last one now.
fn time_of(all: u32) -> String {
    format!("now() - ({all} - n) * (interval '730 days' / {all})")
}

/// Customers, of whom two in five have an account that nobody can sign in to.
pub fn customers(tx: &mut StoreTx, all: u32) -> Result<(), DbError> {
    if all == 0 {
        return Ok(());
    }
    let store = tx.store_id();
    let sql = format!(
        "INSERT INTO customers (store_id, id, email, name, password_hash, created_at, updated_at)
         SELECT '{store}', {id}, lower(first || '.' || last) || n || '@' || (ARRAY['example.com', 'example.net', 'mail.example', 'post.example'])[1 + n % 4],
                first || ' ' || last, CASE WHEN n % 5 < 2 THEN 'none' END, at, at
         FROM (SELECT n, {at} AS at,
                 (ARRAY['Ada', 'Ben', 'Chloe', 'David', 'Emma', 'Felix', 'Greta', 'Hugo', 'Ida', 'Jonas', 'Klara', 'Louis', 'Marie', 'Noah', 'Olga', 'Paul', 'Ruth'])[1 + n % 17] AS first,
                 (ARRAY['Arnold', 'Becker', 'Chevalier', 'Dubois', 'Evans', 'Fischer', 'Garnier', 'Hughes', 'Keller', 'Lambert', 'Meyer', 'Novak', 'Owens', 'Petit', 'Roth', 'Smith', 'Taylor', 'Vogel', 'Wagner', 'Young'])[1 + n / 17 % 20]
                     || (ARRAY['', 'son', 'mann', 'ova', 'ini', 'sen', 'ton', 'berg', 'stein', 'feld', 'wood'])[1 + n / 340 % 11] AS last
               FROM generate_series(1, {all}) AS n) AS made",
        id = id_of("at"),
        at = time_of(all),
    );
    Ok(tx.conn().batch_execute(&sql)?)
}

/// Orders of one or two lines. The newest are open; of the others nine in ten are done, and what is left was called off, given back or waits
/// for its money.
pub fn orders(tx: &mut StoreTx, all: u32) -> Result<(), DbError> {
    if all == 0 {
        return Ok(());
    }
    for begin in (1..=all).step_by(AT_ONCE as usize) {
        let end = begin.saturating_add(AT_ONCE - 1).min(all);
        let sql = batch(&tx.store_id().to_string(), all, (begin, end));
        tx.conn().batch_execute(&sql)?;
    }
    finish(tx, all)
}

fn batch(store: &str, all: u32, (begin, end): (u32, u32)) -> String {
    let statuses = format!(
        "CASE WHEN n > {all} * 0.995 THEN 'open' WHEN n % 1000 < 40 THEN 'cancelled' WHEN n % 1000 < 55 THEN 'refunded' \
         WHEN n % 1000 < 60 THEN 'partly' WHEN n % 1000 = 60 THEN 'waiting' WHEN n % 10000 = 61 THEN 'failed' ELSE 'done' END"
    );
    format!(
        "WITH goods AS MATERIALIZED (
             SELECT v.id, v.product_id, p.title, v.title AS variant_title, coalesce(v.sku, '') AS sku, v.price_minor, row_number() OVER () - 1 AS place
             FROM product_variants v JOIN products p ON p.store_id = v.store_id AND p.id = v.product_id WHERE v.store_id = '{store}'),
         people AS MATERIALIZED (SELECT id, email, name, row_number() OVER () - 1 AS place FROM customers WHERE store_id = '{store}'),
         made AS MATERIALIZED (
             SELECT n, at, {id} AS id, how FROM (SELECT n, {at} AS at, {statuses} AS how FROM generate_series({begin}, {end}) AS n) AS one),
         lines AS MATERIALIZED (
             SELECT made.id AS order_id, made.n, made.at, made.how, line, goods.*, 1 + made.n % 3 AS quantity
             FROM made CROSS JOIN generate_series(1, 2) AS line
             JOIN goods ON goods.place = (made.n::bigint * 7919 + line * 104729) % (SELECT count(*) FROM goods) WHERE line <= 1 + made.n % 2),
         placed AS (
             INSERT INTO orders (store_id, id, number, customer_id, email, locale, status, payment_status, fulfilment_status, currency, prices_include_tax,
                 subtotal_minor, shipping_minor, tax_minor, total_minor, shipping_method, tax_name, shipping_address, billing_address, placed_at, created_at, updated_at)
             SELECT '{store}', made.id, CASE WHEN made.how <> 'failed' THEN 1000 + made.n END, people.id, coalesce(people.email, 'load' || made.n || '@example.com'), 'en',
                 CASE made.how WHEN 'open' THEN 'confirmed' WHEN 'waiting' THEN 'confirmed' WHEN 'cancelled' THEN 'cancelled' WHEN 'failed' THEN 'cancelled' ELSE 'completed' END,
                 CASE made.how WHEN 'cancelled' THEN 'voided' WHEN 'refunded' THEN 'refunded' WHEN 'partly' THEN 'partially_refunded' WHEN 'waiting' THEN 'pending'
                     WHEN 'failed' THEN 'failed' WHEN 'open' THEN (ARRAY['paid', 'paid', 'pending', 'authorized'])[1 + made.n % 4] ELSE 'paid' END,
                 CASE made.how WHEN 'open' THEN (ARRAY['unfulfilled', 'unfulfilled', 'partially_fulfilled'])[1 + made.n % 3] WHEN 'waiting' THEN 'unfulfilled'
                     WHEN 'cancelled' THEN 'unfulfilled' WHEN 'failed' THEN 'unfulfilled' ELSE 'fulfilled' END,
                 'EUR', true, goods.sum, 490, 0, goods.sum + 490, 'Parcel', 'VAT', address.it, address.it, made.at, made.at, made.at
             FROM made JOIN (SELECT order_id, sum(quantity * price_minor)::bigint AS sum FROM lines GROUP BY order_id) AS goods ON goods.order_id = made.id
             LEFT JOIN people ON people.place = (made.n::bigint * 15485863) % (SELECT count(*) FROM people)
             CROSS JOIN LATERAL (SELECT jsonb_build_object('name', coalesce(people.name, 'Load'), 'line1', '1 Load Road', 'line2', '', 'city', 'Berlin', 'region', '',
                 'postal_code', '10115', 'country', 'DE', 'phone', '') AS it) AS address),
         sold AS (
             INSERT INTO order_items (store_id, id, order_id, product_id, variant_id, title, variant_title, sku, quantity, unit_price_minor, subtotal_minor,
                 tax_rate_ppm, tax_minor, reserved, requires_shipping, fulfilled_quantity, position)
             SELECT '{store}', gen_random_uuid(), order_id, product_id, id, title, variant_title, sku, quantity, price_minor, quantity * price_minor, 0, 0, false, true,
                 CASE WHEN how IN ('done', 'refunded', 'partly') THEN quantity ELSE 0 END, line - 1 FROM lines),
         moved AS (
             INSERT INTO inventory_movements (store_id, id, level_id, variant_id, on_hand_delta, reserved_delta, reason, order_id, actor_label, created_at)
             SELECT '{store}', {move_id}, l.id, lines.id, -lines.quantity, 0, 'sold', lines.order_id, 'orion seed', lines.at
             FROM lines JOIN inventory_levels l ON l.store_id = '{store}' AND l.variant_id = lines.id WHERE lines.how IN ('done', 'refunded', 'partly')),
         told AS (
             INSERT INTO audit_log (store_id, id, actor_kind, actor_label, action, entity, entity_id, created_at)
             SELECT '{store}', {id}, 'guest', 'guest', 'order.placed', 'orders', id, at FROM made),
         packed AS (
             INSERT INTO audit_log (store_id, id, actor_kind, actor_label, action, entity, entity_id, created_at)
             SELECT '{store}', {id}, 'user', 'packer-' || n % 10 || '@load.test', 'order.fulfilled', 'orders', id, at
             FROM (SELECT n, id, how, at + interval '1 day' AS at FROM made) AS sent WHERE how IN ('done', 'refunded', 'partly'))
         INSERT INTO jobs (store_id, id, kind, payload, status, attempts, run_at, created_at, finished_at)
         SELECT '{store}', {job_id}, 'orders.send_mail', '{{}}', 'done', 1, at, at, at
         FROM (SELECT now() - ({all} - n) * (interval '6 days' / {all}) AS at FROM made) AS times",
        id = id_of("at"),
        move_id = id_of("lines.at"),
        job_id = id_of("at"),
        at = time_of(all),
    )
}

/// What follows from the orders: the next number, and the units that were sold.
fn finish(tx: &mut StoreTx, all: u32) -> Result<(), DbError> {
    let store = tx.store_id();
    let sql = format!(
        "UPDATE order_counters SET last_number = 1000 + {all} WHERE store_id = '{store}';
         UPDATE inventory_levels l SET on_hand = l.on_hand - s.units FROM (
             SELECT level_id, -sum(on_hand_delta)::integer AS units FROM inventory_movements WHERE store_id = '{store}' AND reason = 'sold' GROUP BY level_id
         ) AS s WHERE l.store_id = '{store}' AND l.id = s.level_id"
    );
    Ok(tx.conn().batch_execute(&sql)?)
}
