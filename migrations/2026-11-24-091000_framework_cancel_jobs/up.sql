-- An administrator may call a job off. That is not the same as one that has failed for good, which somebody has to look at.
ALTER TABLE jobs DROP CONSTRAINT jobs_status_check;
ALTER TABLE jobs ADD CONSTRAINT jobs_status_check CHECK (status IN ('queued', 'running', 'done', 'dead', 'cancelled'));

-- Administrators list the jobs of all stores, newest first; uuid v7 ids sort by time.
CREATE INDEX jobs_newest ON jobs (id DESC);
