DROP INDEX carts_follows;
ALTER TABLE carts DROP COLUMN follows;
