ALTER TABLE orders DROP CONSTRAINT orders_store_id_cart_id_fkey;
ALTER TABLE orders ADD CONSTRAINT orders_store_id_cart_id_fkey FOREIGN KEY (store_id, cart_id) REFERENCES carts (store_id, id);
REVOKE SELECT (store_id, status, expires_at) ON carts FROM orion_platform;
DROP POLICY platform_scope ON carts;
DROP INDEX carts_left;
