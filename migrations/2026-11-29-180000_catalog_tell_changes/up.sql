-- Which products a transaction has changed in what the shop's lists show, for the indexes that servers keep beside the database.
--
-- Triggers write it, so that no way of changing a product can forget it. An index remembers the snapshot that it was read with: what a
-- transaction outside of that has changed is news, however late it commits. Rows only come, and go after some days; nobody waits for one.
CREATE TABLE catalog_changes (
    store_id uuid NOT NULL REFERENCES stores (id),
    -- pg_current_xact_id()
    changed_in bigint NOT NULL,
    -- the nil id: all of them
    product_id uuid NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (store_id, changed_in, product_id)
);
CREATE INDEX catalog_changes_age ON catalog_changes (changed_at);
CALL orion_tenant_table('catalog_changes');
CALL orion_platform_access('catalog_changes', 'SELECT, INSERT, DELETE');

CREATE FUNCTION catalog_note_products() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO catalog_changes (store_id, changed_in, product_id)
    SELECT DISTINCT c.store_id, pg_current_xact_id()::text::bigint, c.id FROM changed c ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION catalog_note_parts() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO catalog_changes (store_id, changed_in, product_id)
    SELECT DISTINCT c.store_id, pg_current_xact_id()::text::bigint, c.product_id FROM changed c ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION catalog_note_stock() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO catalog_changes (store_id, changed_in, product_id)
    SELECT v.store_id, pg_current_xact_id()::text::bigint, v.product_id FROM product_variants v
    WHERE v.store_id = NEW.store_id AND v.id = NEW.variant_id ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER products_note_insert AFTER INSERT ON products
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_products();
CREATE TRIGGER products_note_update AFTER UPDATE ON products
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_products();
CREATE TRIGGER products_note_delete AFTER DELETE ON products
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_products();

CREATE TRIGGER product_variants_note_insert AFTER INSERT ON product_variants
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_parts();
CREATE TRIGGER product_variants_note_update AFTER UPDATE ON product_variants
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_parts();
CREATE TRIGGER product_variants_note_delete AFTER DELETE ON product_variants
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_parts();

CREATE TRIGGER product_category_links_note_insert AFTER INSERT ON product_category_links
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_parts();
CREATE TRIGGER product_category_links_note_update AFTER UPDATE ON product_category_links
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_parts();
CREATE TRIGGER product_category_links_note_delete AFTER DELETE ON product_category_links
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION catalog_note_parts();

-- Of stock only "sold out" and "back" are shown: every other movement, as each order makes, passes by.
CREATE TRIGGER inventory_levels_note_insert AFTER INSERT ON inventory_levels
    FOR EACH ROW WHEN (NEW.on_hand - NEW.reserved > 0) EXECUTE FUNCTION catalog_note_stock();
CREATE TRIGGER inventory_levels_note_update AFTER UPDATE ON inventory_levels
    FOR EACH ROW WHEN ((NEW.on_hand - NEW.reserved > 0) <> (OLD.on_hand - OLD.reserved > 0)) EXECUTE FUNCTION catalog_note_stock();
