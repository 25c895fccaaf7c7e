-- Units of a variant that is no longer sold leave the books with a reason of their own.
ALTER DOMAIN movement_reason DROP CONSTRAINT movement_reason_check;
ALTER DOMAIN movement_reason ADD CONSTRAINT movement_reason_check
    CHECK (VALUE IN ('initial', 'received', 'correction', 'damaged', 'returned', 'reserved', 'released', 'sold', 'import', 'removed'));
