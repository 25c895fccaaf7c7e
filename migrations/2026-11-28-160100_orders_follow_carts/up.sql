-- A guest who began another cart while a payment was open: should that be declined, the lines of the cart before find the one that follows.
ALTER TABLE carts ADD COLUMN follows uuid;
ALTER TABLE carts ADD FOREIGN KEY (store_id, follows) REFERENCES carts (store_id, id) ON DELETE SET NULL (follows);
CREATE INDEX carts_follows ON carts (store_id, follows) WHERE follows IS NOT NULL;
