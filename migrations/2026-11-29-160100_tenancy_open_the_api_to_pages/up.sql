-- Websites whose pages may call the shop's API. Every store is closed to all of them until its owner names one.
ALTER TABLE stores ADD COLUMN allowed_origins text[] NOT NULL DEFAULT '{}'
    CONSTRAINT stores_allowed_origins CHECK (cardinality(allowed_origins) <= 20 AND array_position(allowed_origins, NULL) IS NULL);
