ALTER TABLE carts RESET (fillfactor);
DROP INDEX idempotency_keys_age;
CREATE INDEX idempotency_keys_age ON idempotency_keys (store_id, created_at);
CREATE INDEX audit_log_entity ON audit_log (store_id, entity, entity_id);
CREATE INDEX orders_email ON orders (store_id, email);
