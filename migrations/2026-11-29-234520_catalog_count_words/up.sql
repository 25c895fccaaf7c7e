-- Words of products are written with less work, and searches for words that many products have are counted by them.

-- A row for each word had the store looked up that the product has just named; the triggers alone write here. And a new product is one of many
-- in an import or in load data: its words are written for all products of a statement at once.
-- squawk-ignore ban-drop-constraint
ALTER TABLE product_words DROP CONSTRAINT product_words_store_id_fkey;

CREATE FUNCTION catalog_write_new_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO product_words (store_id, word, product_id)
    SELECT c.store_id, word, c.id FROM changed c CROSS JOIN LATERAL unnest(tsvector_to_array(ts_filter(c.search_vector, '{a,b}'))) AS word
    WHERE c.deleted_at IS NULL;
    RETURN NULL;
END $$;

DROP TRIGGER products_words_insert ON products;
CREATE TRIGGER products_words_insert AFTER INSERT ON products REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION catalog_write_new_words();

-- What a search finds in a store's catalogue: up to `most` products, or nothing where there are more; whether SKUs begin with it; and how many
-- products there are, up to `counted`, where words alone tell.
--
-- It goes by the word that the fewest products have, and looks at those products only; where each word is in more than are counted it walks over
-- the catalogue until there are enough.
-- The one with three parameters stays for servers of the version before.
CREATE FUNCTION catalog_find(store uuid, typed text, most integer, counted bigint, OUT products uuid[], OUT by_sku boolean, OUT total integer)
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
            SELECT FROM product_words w WHERE w.store_id = store AND w.word >= one AND w.word < one || last LIMIT counted) AS begun_rows;
        IF fewest IS NULL OR many < fewest THEN
            fewest := many;
            rarest := one;
        END IF;
    END LOOP;
    IF fewest < counted THEN
        products := ARRAY(SELECT p.id FROM products p WHERE p.store_id = store AND p.deleted_at IS NULL AND p.search_vector @@ query AND p.id = ANY(
            ARRAY(SELECT w.product_id FROM product_words w WHERE w.store_id = store AND w.word >= rarest AND w.word < rarest || last)));
    ELSE
        products := ARRAY(SELECT p.id FROM products p WHERE p.store_id = store AND p.deleted_at IS NULL
            AND (p.search_vector @@ query OR query IS NULL AND strpos(search_text(p.title), search_text(typed)) > 0) LIMIT counted);
    END IF;
    IF by_sku AND cardinality(products) <= most THEN
        -- A product has many variants: whether these are of more than a few is only known of so many.
        begun_so := ARRAY(SELECT v.product_id FROM product_variants v WHERE v.store_id = store AND v.deleted_at IS NULL
            AND v.sku_folded >= begun AND v.sku_folded < begun || last LIMIT 10 * most + 1);
        products := CASE WHEN cardinality(begun_so) <= 10 * most THEN ARRAY(SELECT unnest(products) UNION SELECT unnest(begun_so)) END;
    ELSIF NOT by_sku THEN
        total := cardinality(products);
    END IF;
    IF cardinality(products) > most THEN
        products := NULL;
    END IF;
END $$;
