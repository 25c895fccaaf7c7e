REVOKE INSERT, UPDATE ON idempotency_keys FROM orion_platform;
