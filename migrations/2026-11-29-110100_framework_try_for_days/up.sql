-- Until when a failing job is tried again, however often that is; without it the number of attempts counts.
ALTER TABLE jobs ADD COLUMN retry_until timestamptz;
-- What a person has to know of: those that fail, and those that nobody tries any more.
CREATE INDEX jobs_failing ON jobs (kind, created_at) WHERE status IN ('queued', 'running', 'dead') AND last_error IS NOT NULL;

-- Mails come from the platform's address, which its mail server may send for, in the shop's name; answers go to the shop. NULL is a row from
-- before, whose sender is name and address.
ALTER TABLE mail_messages ADD COLUMN reply_to text;
