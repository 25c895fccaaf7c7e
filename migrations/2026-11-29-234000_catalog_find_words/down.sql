CREATE OR REPLACE FUNCTION orion_look_at_catalog() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    ANALYZE products, product_variants, product_images, product_category_links, inventory_levels;
END
$$;
DROP FUNCTION catalog_find(uuid, text, integer);
DROP FUNCTION catalog_query(text);
DROP INDEX product_variants_sku_begins;
ALTER TABLE product_variants DROP COLUMN sku_folded;
DROP TRIGGER products_words_delete ON products;
DROP TRIGGER products_words_update ON products;
DROP TRIGGER products_words_insert ON products;
DROP FUNCTION catalog_write_words();
DROP TABLE product_words;
