-- From PostgreSQL 16 on, who has CREATEROLE administers the roles it makes and may yet not work as them (createrole_self_grant is empty by
-- default): being a member and being allowed to SET ROLE are two things.
DO $$
DECLARE role text;
BEGIN
    IF current_setting('server_version_num')::int >= 160000 THEN
        FOREACH role IN ARRAY ARRAY['orion_app', 'orion_platform'] LOOP
            IF NOT pg_has_role(current_user, role, 'SET') THEN
                EXECUTE format('GRANT %I TO %I WITH SET TRUE', role, current_user);
            END IF;
        END LOOP;
    END IF;
END $$;

-- A server whose login does not own the database asks whether it is up to date; the list holds version numbers and nothing else.
GRANT SELECT ON __diesel_schema_migrations TO PUBLIC;
