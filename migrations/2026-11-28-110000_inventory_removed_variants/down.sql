ALTER DOMAIN movement_reason DROP CONSTRAINT movement_reason_check;
-- The ledger is not rewritten: lines with the new reason stay as they are.
ALTER DOMAIN movement_reason ADD CONSTRAINT movement_reason_check
    CHECK (VALUE IN ('initial', 'received', 'correction', 'damaged', 'returned', 'reserved', 'released', 'sold', 'import')) NOT VALID;
