-- A program with an API key is an actor of its own. What is there keeps the rule as it is, so nothing is read for it.
ALTER DOMAIN actor_kind DROP CONSTRAINT actor_kind_check;
ALTER DOMAIN actor_kind ADD CONSTRAINT actor_kind_check
    CHECK (VALUE IN ('user', 'customer', 'guest', 'key', 'system', 'cli')) NOT VALID;
