-- Staff sort orders by their sum, and customers by name.
CREATE INDEX orders_by_total ON orders (store_id, total_minor DESC, id DESC);
CREATE INDEX customers_by_name ON customers (store_id, name, id) WHERE deleted_at IS NULL;

-- Operators sort stores by name.
CREATE INDEX stores_by_name ON stores (name, id) WHERE deleted_at IS NULL;
