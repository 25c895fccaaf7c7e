DROP INDEX stores_by_name;
CREATE INDEX stores_by_name ON stores (name, id) WHERE deleted_at IS NULL;
DROP INDEX customers_by_name;
CREATE INDEX customers_by_name ON customers (store_id, name, id) WHERE deleted_at IS NULL;
DROP INDEX products_title;
CREATE INDEX products_title ON products (store_id, title, id) WHERE deleted_at IS NULL;
