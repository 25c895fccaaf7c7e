ALTER TABLE stores DROP COLUMN guest_password_hash, DROP COLUMN guest_key, DROP COLUMN opened_at;
