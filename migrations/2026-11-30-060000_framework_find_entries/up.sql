-- Merchants look for what was done in their own store by kind, by who did it and by what it was done to. Checkouts of guests and customers, which write nearly all
-- entries of a shop that sells, write into none of these indexes.
CREATE INDEX audit_log_store_action ON audit_log (store_id, action COLLATE "C", id DESC) WHERE action <> 'order.placed';
CREATE INDEX audit_log_store_actor ON audit_log (store_id, actor_label, id DESC) WHERE actor_kind IN ('user', 'key', 'system', 'cli');
-- Administrators look for what somebody did in all stores.
CREATE INDEX audit_log_actor ON audit_log (actor_label, id DESC) WHERE actor_kind IN ('user', 'key', 'system', 'cli');
CREATE INDEX audit_log_store_entity ON audit_log (store_id, entity_id, id DESC) WHERE action <> 'order.placed';
