DROP INDEX impersonations_over;
DROP INDEX outbox_events_dispatched;
DROP INDEX jobs_finished;
