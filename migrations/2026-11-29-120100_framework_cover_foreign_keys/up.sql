-- A row that others may point to cannot go, nor can its key be asked for, without looking for those that do: each foreign key has an index
-- that begins with its columns. Where most rows point nowhere, the index leaves them out.
CREATE INDEX admin_roles_platform ON admin_roles (platform_id);
CREATE INDEX cart_items_sold ON cart_items (store_id, variant_id);
CREATE INDEX carts_account ON carts (store_id, customer_id) WHERE customer_id IS NOT NULL;
CREATE INDEX customer_addresses_customer ON customer_addresses (store_id, customer_id);
CREATE INDEX customer_sessions_of ON customer_sessions (store_id, customer_id);
CREATE INDEX fulfilment_items_item ON fulfilment_items (store_id, order_item_id);
CREATE INDEX inventory_levels_location ON inventory_levels (store_id, location_id);
CREATE INDEX memberships_of ON memberships (user_id);
CREATE INDEX orders_of_cart ON orders (store_id, cart_id) WHERE cart_id IS NOT NULL;
CREATE INDEX payment_ledger_payment ON payment_ledger (store_id, payment_id);
CREATE INDEX product_categories_parent ON product_categories (store_id, parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX product_images_variant ON product_images (store_id, variant_id) WHERE variant_id IS NOT NULL;
CREATE INDEX product_slug_redirects_product ON product_slug_redirects (store_id, product_id);
CREATE INDEX stores_owner ON stores (owner_user_id);
CREATE INDEX stores_platform ON stores (platform_id);
CREATE INDEX user_sessions_of ON user_sessions (user_id);
