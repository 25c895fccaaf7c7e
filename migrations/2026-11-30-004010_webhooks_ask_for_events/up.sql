-- The listener of webhooks is told what happens in a store that has an endpoint, on or off, and nothing of another. By triggers, so that servers of
-- the version before, which tell it everything, keep it right as well.
CREATE FUNCTION webhooks_begin_to_listen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    CALL orion_change_listeners(NEW.store_id);
    INSERT INTO event_listeners (store_id, listener) VALUES (NEW.store_id, 'webhooks.note') ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE FUNCTION webhooks_end_listening() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    CALL orion_change_listeners(OLD.store_id);
    DELETE FROM event_listeners l WHERE l.store_id = OLD.store_id AND l.listener = 'webhooks.note'
        AND NOT EXISTS (SELECT FROM webhook_endpoints e WHERE e.store_id = OLD.store_id AND e.deleted_at IS NULL);
    RETURN NULL;
END $$;

CREATE TRIGGER webhook_endpoints_made AFTER INSERT ON webhook_endpoints
    FOR EACH ROW EXECUTE FUNCTION webhooks_begin_to_listen();
CREATE TRIGGER webhook_endpoints_deleted AFTER UPDATE OF deleted_at ON webhook_endpoints
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION webhooks_end_listening();

INSERT INTO event_listeners (store_id, listener)
SELECT DISTINCT store_id, 'webhooks.note' FROM webhook_endpoints WHERE deleted_at IS NULL;
