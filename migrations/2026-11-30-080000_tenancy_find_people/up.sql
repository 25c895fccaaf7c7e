-- Why an account may not sign in, for administrators who look at it; nothing while it may, and where it was switched off before there were reasons.
ALTER TABLE users ADD COLUMN disabled_reason text CHECK (length(disabled_reason) BETWEEN 1 AND 500);

-- The administration's list of people, by what an address, a name or a last name begins with, byte by byte; what is newest first goes by the ids.
CREATE INDEX users_by_email ON users ((email COLLATE "C")) WHERE deleted_at IS NULL;
CREATE INDEX users_by_name ON users ((lower(name) COLLATE "C")) WHERE deleted_at IS NULL;
CREATE INDEX users_by_last_name ON users ((lower(split_part(name, ' ', -1)) COLLATE "C")) WHERE deleted_at IS NULL;
-- Few are switched off, and they may lie anywhere among the others.
CREATE INDEX users_disabled ON users (id) WHERE NOT active AND deleted_at IS NULL;
