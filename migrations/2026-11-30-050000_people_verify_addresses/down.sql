DROP TABLE customer_email_links;
DROP TABLE user_email_links;
ALTER TABLE users DROP COLUMN email_verified_at;
ALTER TABLE customers DROP COLUMN email_verified_at;
