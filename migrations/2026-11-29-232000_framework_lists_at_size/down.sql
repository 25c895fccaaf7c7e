DROP FUNCTION orion_look_at_sales();
DROP INDEX jobs_cancelled, orders_email_begins, orders_open, orders_by_total, orders_newest;
CREATE INDEX orders_by_total ON orders (store_id, total_minor DESC, id DESC);
CREATE INDEX orders_newest ON orders (store_id, placed_at DESC, id DESC);
DROP INDEX customers_last_name_begins, customers_name_begins, customers_email_begins;
ALTER TABLE customers DROP COLUMN last_name_folded, DROP COLUMN name_folded;
DROP INDEX inventory_levels_low;
ALTER TABLE inventory_levels DROP COLUMN low;
DROP INDEX products_all_price, products_all_newest;
