-- Which listeners want to be told what happens in a store: a store in which none does writes its events for who looks back, and nothing more.
CREATE TABLE event_listeners (
    store_id uuid NOT NULL REFERENCES stores (id),
    -- The name of the listener in its module's declaration.
    listener text NOT NULL,
    PRIMARY KEY (store_id, listener)
);
CALL orion_tenant_table('event_listeners');
-- The platform's events are told as well, and the worker asks who is to hear what it has found.
CALL orion_platform_access('event_listeners', 'SELECT');

-- Who wants to be told of the events that this transaction is about to write. Who has begun to listen by the time it commits is among them:
-- whoever begins waits for the transactions that have asked before (`orion_change_listeners`), and this one waits for whoever is about to begin.
-- The lock comes first, since the statement after it sees what was committed meanwhile; so it must be VOLATILE.
CREATE FUNCTION orion_listeners(store uuid) RETURNS text[]
    LANGUAGE plpgsql VOLATILE
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('event_listeners ' || store, 0));
    RETURN ARRAY(SELECT l.listener FROM event_listeners l WHERE l.store_id = store);
END $$;

-- Before a listener begins or ends: until this transaction commits, nobody writes events of the store.
CREATE PROCEDURE orion_change_listeners(store uuid)
    LANGUAGE sql
    AS $$ SELECT pg_advisory_xact_lock(hashtextextended('event_listeners ' || store, 0)) $$;
