-- What every order pays for and nobody reads.
--
-- Orders are looked for by a part of an address, which this index cannot find; the audit log by store, action and id.
DROP INDEX orders_email;
DROP INDEX audit_log_entity;
-- Keys of yesterday are looked for once an hour, over all stores, and lie where they were written: a range of pages is enough to find them.
DROP INDEX idempotency_keys_age;
CREATE INDEX idempotency_keys_age ON idempotency_keys USING brin (created_at);

-- A cart is written again with each line: in place, as long as its page has room for another version of the row.
ALTER TABLE carts SET (fillfactor = 80);
