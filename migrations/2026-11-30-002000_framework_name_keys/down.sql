ALTER DOMAIN actor_kind DROP CONSTRAINT actor_kind_check;
-- The log is not rewritten: lines of keys stay as they are.
ALTER DOMAIN actor_kind ADD CONSTRAINT actor_kind_check
    CHECK (VALUE IN ('user', 'customer', 'guest', 'system', 'cli')) NOT VALID;
