DROP FUNCTION catalog_find(uuid, text, integer, bigint);
-- What a search finds in a store's catalogue: up to `most` products, or nothing where there are more; and whether SKUs begin with it.
--
-- It goes by the word that the fewest products have, and reads those rows only; where all words are frequent it walks until there are enough.
CREATE FUNCTION catalog_find(store uuid, typed text, most integer, OUT products uuid[], OUT by_sku boolean)
    LANGUAGE plpgsql STABLE
    AS $$
DECLARE
    -- Behind every text that begins with another one.
    last CONSTANT text := chr(1114111);
    begun CONSTANT text := lower(typed);
    query CONSTANT tsquery := catalog_query(typed);
    one text;
    rarest text;
    fewest integer;
    many integer;
    begun_so uuid[];
BEGIN
    by_sku := EXISTS (SELECT FROM product_variants v WHERE v.store_id = store AND v.deleted_at IS NULL
        AND v.sku_folded >= begun AND v.sku_folded < begun || last);
    FOREACH one IN ARRAY tsvector_to_array(to_tsvector('simple', search_text(typed))) LOOP
        SELECT count(*) INTO many FROM (
            SELECT FROM product_words w WHERE w.store_id = store AND w.word >= one AND w.word < one || last LIMIT most + 1) AS begun_rows;
        IF fewest IS NULL OR many < fewest THEN
            fewest := many;
            rarest := one;
        END IF;
    END LOOP;
    IF fewest <= most THEN
        products := ARRAY(SELECT p.id FROM products p WHERE p.store_id = store AND p.deleted_at IS NULL AND p.search_vector @@ query AND p.id = ANY(
            ARRAY(SELECT w.product_id FROM product_words w WHERE w.store_id = store AND w.word >= rarest AND w.word < rarest || last)));
    ELSE
        products := ARRAY(SELECT p.id FROM products p WHERE p.store_id = store AND p.deleted_at IS NULL
            AND (p.search_vector @@ query OR query IS NULL AND strpos(search_text(p.title), search_text(typed)) > 0) LIMIT most + 1);
    END IF;
    IF by_sku AND cardinality(products) <= most THEN
        -- A product has many variants: whether these are of more than a few is only known of so many.
        begun_so := ARRAY(SELECT v.product_id FROM product_variants v WHERE v.store_id = store AND v.deleted_at IS NULL
            AND v.sku_folded >= begun AND v.sku_folded < begun || last LIMIT 10 * most + 1);
        products := CASE WHEN cardinality(begun_so) <= 10 * most THEN ARRAY(SELECT unnest(products) UNION SELECT unnest(begun_so)) END;
    END IF;
    IF cardinality(products) > most THEN
        products := NULL;
    END IF;
END $$;

DROP TRIGGER products_words_insert ON products;
DROP FUNCTION catalog_write_new_words();
CREATE TRIGGER products_words_insert AFTER INSERT ON products
    FOR EACH ROW EXECUTE FUNCTION catalog_write_words();

ALTER TABLE product_words ADD CONSTRAINT product_words_store_id_fkey FOREIGN KEY (store_id) REFERENCES stores (id);
