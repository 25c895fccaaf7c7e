-- Rows that belong to a platform: its administrators write them, the stores on it read them, and nobody else sees that they are there.

-- The platform that an administrator's transaction works on, as current_store() says it of stores.
CREATE FUNCTION current_platform() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.platform_id', true), '')::uuid $$;

-- The platform of the store that a transaction works for. It follows from the store's own row and from no setting, so that no transaction can name
-- a store and somebody else's platform.
CREATE FUNCTION platform_of_store() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT platform_id FROM stores WHERE id = current_store() $$;

-- Closes a table of platforms, its owner included.
CREATE PROCEDURE orion_platform_table(target text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY platform_scope ON %I TO orion_platform USING (platform_id = current_platform()) WITH CHECK (platform_id = current_platform())', target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO orion_platform', target);
    EXECUTE format('CREATE POLICY store_reads ON %I FOR SELECT TO orion_app USING (platform_id = platform_of_store())', target);
    EXECUTE format('GRANT SELECT ON %I TO orion_app', target);
END $$;
