-- How the dashboard finds products and their stock in a catalogue that is too long to be walked over.
--
-- Behind row level security an index is only used with comparisons and starts_with(), and neither with @@ nor with LIKE. So the words of title,
-- vendor and kind lie beside the products, a row each. They are those of the column that short catalogues are searched by, without what is
-- written about a product: that would be ten times as many.
CREATE TABLE product_words (
    store_id uuid NOT NULL REFERENCES stores (id),
    word text COLLATE "C" NOT NULL,
    -- No foreign key: the triggers below keep the rows, and a second index for it would cost every import.
    product_id uuid NOT NULL,
    PRIMARY KEY (store_id, word, product_id)
);

CREATE FUNCTION catalog_write_words() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM product_words WHERE store_id = OLD.store_id AND product_id = OLD.id
            AND word = ANY(tsvector_to_array(ts_filter(OLD.search_vector, '{a,b}')));
    END IF;
    IF TG_OP <> 'DELETE' THEN
        IF NEW.deleted_at IS NULL THEN
            INSERT INTO product_words (store_id, word, product_id)
            SELECT NEW.store_id, word, NEW.id FROM unnest(tsvector_to_array(ts_filter(NEW.search_vector, '{a,b}'))) AS word
            ON CONFLICT DO NOTHING;
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER products_words_insert AFTER INSERT ON products
    FOR EACH ROW EXECUTE FUNCTION catalog_write_words();
CREATE TRIGGER products_words_update AFTER UPDATE ON products
    FOR EACH ROW WHEN ((OLD.title, OLD.vendor, OLD.product_type, OLD.deleted_at) IS DISTINCT FROM (NEW.title, NEW.vendor, NEW.product_type, NEW.deleted_at))
    EXECUTE FUNCTION catalog_write_words();
CREATE TRIGGER products_words_delete AFTER DELETE ON products
    FOR EACH ROW EXECUTE FUNCTION catalog_write_words();

-- Row level security is forced on the owner too, who has to see the products that are there.
ALTER TABLE products NO FORCE ROW LEVEL SECURITY;
INSERT INTO product_words (store_id, word, product_id)
SELECT p.store_id, word, p.id FROM products p CROSS JOIN LATERAL unnest(tsvector_to_array(ts_filter(p.search_vector, '{a,b}'))) AS word
WHERE p.deleted_at IS NULL;
ALTER TABLE products FORCE ROW LEVEL SECURITY;
CALL orion_tenant_table('product_words');

-- An SKU by how it begins, however its letters are written.
ALTER TABLE product_variants ADD COLUMN sku_folded text COLLATE "C" GENERATED ALWAYS AS (lower(sku)) STORED;
CREATE INDEX product_variants_sku_begins ON product_variants (store_id, sku_folded) WHERE deleted_at IS NULL AND sku_folded IS NOT NULL;

-- The words of a search as a query: each of them begins a word of the title, the vendor or the kind; nothing where it is made of signs only.
CREATE FUNCTION catalog_query(typed text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT string_agg('''' || replace(replace(word, '\', '\\'), '''', '''''') || ''':*AB', ' & ')::tsquery
          FROM unnest(tsvector_to_array(to_tsvector('simple', search_text(typed)))) AS word $$;

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

-- All that an import or load data write much of, and that lists are read from.
CREATE OR REPLACE FUNCTION orion_look_at_catalog() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    ANALYZE products, product_words, product_variants, product_images, product_category_links, inventory_levels, inventory_movements, catalog_changes,
        import_changes, import_errors;
END
$$;
