DROP INDEX products_updated, customers_updated, orders_updated;
ALTER TABLE products DROP COLUMN external_id;
ALTER TABLE product_variants DROP COLUMN external_id, DROP COLUMN metadata;
ALTER TABLE customers DROP COLUMN external_id;
ALTER TABLE orders DROP COLUMN external_id;
