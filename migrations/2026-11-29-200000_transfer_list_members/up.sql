-- What is in an archive of the whole store, and how many of its files were no longer there.
ALTER TABLE exports
    ADD COLUMN members jsonb NOT NULL DEFAULT '[]' CHECK (jsonb_typeof(members) = 'array'),
    ADD COLUMN missing_count bigint NOT NULL DEFAULT 0 CHECK (missing_count >= 0);
