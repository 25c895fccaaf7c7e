DROP FUNCTION catalog_find(uuid, text, integer, bigint);
DROP TRIGGER products_words_insert ON products;
DROP FUNCTION catalog_write_new_words();
CREATE TRIGGER products_words_insert AFTER INSERT ON products
    FOR EACH ROW EXECUTE FUNCTION catalog_write_words();

ALTER TABLE product_words ADD CONSTRAINT product_words_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores (id);
