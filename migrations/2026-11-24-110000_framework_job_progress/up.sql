-- How far a job has come, in steps of its own choosing; empty for the many that are over in a moment.
ALTER TABLE jobs
    ADD COLUMN progress_done unit_count,
    ADD COLUMN progress_total unit_count;
