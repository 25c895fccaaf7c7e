-- What the merchant is shown of an impersonation goes a year after its time was over. What the audit log says of it stays.
GRANT DELETE ON impersonations TO orion_platform;

-- It does not go before, whoever would like that. Five days less are for servers whose clocks differ from the database's.
CREATE FUNCTION impersonations_stay_a_year() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'an impersonation is shown for a year' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER impersonations_stay BEFORE DELETE ON impersonations
    FOR EACH ROW WHEN (OLD.ends_at > now() - interval '360 days')
    EXECUTE FUNCTION impersonations_stay_a_year();
