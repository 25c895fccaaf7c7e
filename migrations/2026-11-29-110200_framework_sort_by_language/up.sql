-- Names are sorted as people sort them and not by code points: "und-x-icu" is CLDR's root order, which English, French and German use
-- unchanged. A language with an order of its own is sorted without an index.
DROP INDEX products_title;
CREATE INDEX products_title ON products (store_id, title COLLATE "und-x-icu", id) WHERE deleted_at IS NULL;
DROP INDEX customers_by_name;
CREATE INDEX customers_by_name ON customers (store_id, name COLLATE "und-x-icu", id) WHERE deleted_at IS NULL;
DROP INDEX stores_by_name;
CREATE INDEX stores_by_name ON stores (name COLLATE "und-x-icu", id) WHERE deleted_at IS NULL;
