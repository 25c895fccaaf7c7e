ALTER TABLE mail_messages DROP COLUMN reply_to;
DROP INDEX jobs_failing;
ALTER TABLE jobs DROP COLUMN retry_until;
