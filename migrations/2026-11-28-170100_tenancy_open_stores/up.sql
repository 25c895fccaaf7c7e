-- A new store is closed to the world until its merchant opens it. The default fills the rows that are there, which row level security would
-- hide from an UPDATE, and goes away again.
ALTER TABLE stores
    ADD COLUMN opened_at timestamptz DEFAULT now(),
    -- Under every seal that lets somebody in before that; a new one ends them all.
    ADD COLUMN guest_key text NOT NULL DEFAULT gen_random_uuid()::text,
    -- For the merchant's friends.
    ADD COLUMN guest_password_hash text;
ALTER TABLE stores ALTER COLUMN opened_at DROP DEFAULT;
