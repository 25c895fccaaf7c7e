ALTER TABLE carts RESET (fillfactor);
ALTER TABLE carts ADD CONSTRAINT carts_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores (id);
ALTER TABLE orders ADD CONSTRAINT orders_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores (id);
DROP INDEX idempotency_keys_age;
CREATE INDEX idempotency_keys_age ON idempotency_keys (store_id, created_at);
CREATE INDEX audit_log_entity ON audit_log (store_id, entity, entity_id);
CREATE INDEX orders_email ON orders (store_id, email);
