-- What real catalogues hold: SKUs that repeat within and over products, long titles and values, handles in any script.
ALTER TABLE products
    DROP CONSTRAINT products_title_check,
    ADD CONSTRAINT products_title_check CHECK (length(title) BETWEEN 1 AND 300),
    -- The handle under which a file knows the product, letter by letter: what becomes of it in an address may be the same for two.
    ADD COLUMN import_key text CHECK (length(import_key) BETWEEN 1 AND 512);
CREATE UNIQUE INDEX products_import_key ON products (store_id, import_key) WHERE deleted_at IS NULL AND import_key IS NOT NULL;

ALTER TABLE product_variants
    DROP CONSTRAINT product_variants_sku_check,
    ADD CONSTRAINT product_variants_sku_check CHECK (length(sku) BETWEEN 1 AND 255),
    DROP CONSTRAINT product_variants_title_check,
    -- three values of 255 and what stands between them
    ADD CONSTRAINT product_variants_title_check CHECK (length(title) BETWEEN 1 AND 800);
DROP INDEX product_variants_sku;
CREATE INDEX product_variants_sku ON product_variants (store_id, sku) WHERE deleted_at IS NULL AND sku IS NOT NULL;

-- A report tells two things: what was refused, and what was taken otherwise than the file says.
ALTER TABLE import_errors
    ADD COLUMN severity text NOT NULL DEFAULT 'error' CHECK (severity IN ('error', 'note')),
    ADD COLUMN product text NOT NULL DEFAULT '',
    ADD COLUMN value text NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN note_count integer NOT NULL DEFAULT 0 CHECK (note_count >= 0);
