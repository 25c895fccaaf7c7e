-- What the hourly look for left carts asks of every store, and what the store's own sweep reads. Carts are kept to the full hour, so that
-- a busy cart writes its row and not this index.
CREATE INDEX carts_left ON carts (store_id, expires_at) WHERE status <> 'ordered';

-- The platform asks which stores have carts to sweep, and may see nothing else of them.
CREATE POLICY platform_scope ON carts FOR SELECT TO orion_platform USING (true);
GRANT SELECT (store_id, status, expires_at) ON carts TO orion_platform;

-- A cart whose payment was declined lives on, and may be left in the end like any other: the cancelled attempt does not hold it.
ALTER TABLE orders DROP CONSTRAINT orders_store_id_cart_id_fkey;
ALTER TABLE orders ADD CONSTRAINT orders_store_id_cart_id_fkey
    FOREIGN KEY (store_id, cart_id) REFERENCES carts (store_id, id) ON DELETE SET NULL (cart_id);
