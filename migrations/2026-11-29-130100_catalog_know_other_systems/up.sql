-- What other systems call things, and what they note of them. Several things may have one id: systems differ in what they count as one.
ALTER TABLE products
    ADD COLUMN external_id text CHECK (length(external_id) BETWEEN 1 AND 255);
ALTER TABLE product_variants
    ADD COLUMN external_id text CHECK (length(external_id) BETWEEN 1 AND 255),
    ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}';
ALTER TABLE customers
    ADD COLUMN external_id text CHECK (length(external_id) BETWEEN 1 AND 255);
ALTER TABLE orders
    ADD COLUMN external_id text CHECK (length(external_id) BETWEEN 1 AND 255);
CREATE INDEX products_external_id ON products (store_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX customers_external_id ON customers (store_id, external_id) WHERE external_id IS NOT NULL;
CREATE INDEX orders_external_id ON orders (store_id, external_id) WHERE external_id IS NOT NULL;
-- Who asks for what has changed since the last time asks often.
CREATE INDEX products_updated ON products (store_id, updated_at);
CREATE INDEX customers_updated ON customers (store_id, updated_at);
CREATE INDEX orders_updated ON orders (store_id, updated_at);
