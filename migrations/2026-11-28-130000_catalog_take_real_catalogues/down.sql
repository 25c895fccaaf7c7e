ALTER TABLE imports DROP COLUMN note_count;
ALTER TABLE import_errors DROP COLUMN severity, DROP COLUMN product, DROP COLUMN value;
DROP INDEX product_variants_sku;
CREATE UNIQUE INDEX product_variants_sku ON product_variants (store_id, sku) WHERE deleted_at IS NULL AND sku IS NOT NULL;
ALTER TABLE product_variants
    DROP CONSTRAINT product_variants_sku_check,
    ADD CONSTRAINT product_variants_sku_check CHECK (length(sku) BETWEEN 1 AND 64),
    DROP CONSTRAINT product_variants_title_check,
    ADD CONSTRAINT product_variants_title_check CHECK (length(title) BETWEEN 1 AND 255);
DROP INDEX products_import_key;
ALTER TABLE products
    DROP COLUMN import_key,
    DROP CONSTRAINT products_title_check,
    ADD CONSTRAINT products_title_check CHECK (length(title) BETWEEN 1 AND 200);
