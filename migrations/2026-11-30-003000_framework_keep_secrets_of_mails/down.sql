ALTER TABLE mail_messages DROP COLUMN secret;
