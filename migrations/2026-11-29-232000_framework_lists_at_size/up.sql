-- Lists of shops with a hundred thousand products, a million orders and two hundred thousand customers.
--
-- Behind row level security an index is only used with operators that tell nothing of rows that somebody may not see: comparisons and
-- starts_with(), and neither LIKE nor @@. So what is searched for in a long list begins as it is typed, and is compared byte by byte.

-- Products of every state in two of their orders; by title there is one.
CREATE INDEX products_all_newest ON products (store_id, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX products_all_price ON products (store_id, min_price_minor, id) WHERE deleted_at IS NULL;

-- What runs out. An update of a row's units is made in place as long as it does not cross the line, since no other index knows them.
ALTER TABLE inventory_levels ADD COLUMN low boolean GENERATED ALWAYS AS (on_hand - reserved <= 5) STORED;
CREATE INDEX inventory_levels_low ON inventory_levels (store_id, variant_id) WHERE low;

-- Customers by the beginning of their address, of their name and of their last name.
ALTER TABLE customers
    ADD COLUMN name_folded text COLLATE "C" GENERATED ALWAYS AS (search_text(name)) STORED,
    ADD COLUMN last_name_folded text COLLATE "C" GENERATED ALWAYS AS (search_text(regexp_replace(name, '^.*\s', ''))) STORED;
CREATE INDEX customers_email_begins ON customers (store_id, email COLLATE "C") WHERE deleted_at IS NULL;
CREATE INDEX customers_name_begins ON customers (store_id, name_folded) WHERE deleted_at IS NULL;
CREATE INDEX customers_last_name_begins ON customers (store_id, last_name_folded) WHERE deleted_at IS NULL;

-- The states lie in the index beside what orders are sorted by, so that a list of one state reads the rows that it shows and no others.
DROP INDEX orders_newest;
CREATE INDEX orders_newest ON orders (store_id, placed_at DESC, id DESC, status, payment_status, fulfilment_status);
DROP INDEX orders_by_total;
CREATE INDEX orders_by_total ON orders (store_id, total_minor DESC, id DESC, status, payment_status, fulfilment_status);
-- Orders that are not done with: few beside those that are.
CREATE INDEX orders_open ON orders (store_id, placed_at DESC, id DESC, status, payment_status, fulfilment_status)
    WHERE status <> 'completed' OR payment_status <> 'paid' OR fulfilment_status <> 'fulfilled';
CREATE INDEX orders_email_begins ON orders (store_id, email COLLATE "C");

-- Jobs that were called off lie among those that are done, of which there may be a million.
CREATE INDEX jobs_cancelled ON jobs (id DESC) WHERE status = 'cancelled';

-- Likewise after a store was filled with orders; see orion_look_at_catalog().
CREATE FUNCTION orion_look_at_sales() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    ANALYZE customers, orders, order_items, inventory_movements, audit_log, jobs;
END
$$;
REVOKE EXECUTE ON FUNCTION orion_look_at_sales() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION orion_look_at_sales() TO orion_app;
