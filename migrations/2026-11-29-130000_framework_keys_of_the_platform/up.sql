-- What administrators do is done once for each key as well; those rows belong to no store.
GRANT INSERT, UPDATE ON idempotency_keys TO orion_platform;
