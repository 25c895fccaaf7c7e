-- The two roles the server works as. They exist once per cluster: another database, a parallel migration, or somebody with more rights may
-- have made them, so that making them is only tried where they are missing.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'orion_app') THEN
        CREATE ROLE orion_app NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'orion_platform') THEN
        CREATE ROLE orion_platform NOLOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
-- The pools SET ROLE when they connect, which needs membership when the owner is not a superuser.
DO $$
BEGIN
    IF NOT pg_has_role(current_user, 'orion_app', 'MEMBER') THEN EXECUTE format('GRANT orion_app TO %I', current_user); END IF;
    IF NOT pg_has_role(current_user, 'orion_platform', 'MEMBER') THEN EXECUTE format('GRANT orion_platform TO %I', current_user); END IF;
END $$;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO orion_app, orion_platform;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS unaccent;

-- The store this transaction works for. A setting made with set_config(…, true) reads as '' after the transaction, not as NULL.
-- STABLE, so that the planner may use it as an index condition.
CREATE FUNCTION current_store() RETURNS uuid
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('app.store_id', true), '')::uuid $$;

-- Closes a tenant table: nobody sees or writes rows of another store, the table's owner included.
CREATE PROCEDURE orion_tenant_table(target text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY store_scope ON %I TO orion_app USING (store_id = current_store()) WITH CHECK (store_id = current_store())', target);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO orion_app', target);
END $$;

-- Lets the platform role work on a tenant table across stores; only where an operator's task or the worker needs it.
CREATE PROCEDURE orion_platform_access(target text, rights text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('CREATE POLICY platform_scope ON %I TO orion_platform USING (true) WITH CHECK (true)', target);
    EXECUTE format('GRANT %s ON %I TO orion_platform', rights, target);
END $$;

CREATE FUNCTION orion_refuse_change() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- Ledgers: what is written stays, for every role.
CREATE PROCEDURE orion_append_only(target text)
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON %I FROM orion_app, orion_platform', target);
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION orion_refuse_change()', target || '_append_only', target);
END $$;
