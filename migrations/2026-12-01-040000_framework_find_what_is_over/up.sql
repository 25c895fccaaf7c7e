-- Housekeeping looks every hour, across stores, for what has served, and read all of these tables for it. Jobs and events are finished about in the order in
-- which they lie, so a summary of their pages does; an entry for each would be written with every order.
CREATE INDEX jobs_finished ON jobs USING brin (finished_at);
CREATE INDEX outbox_events_dispatched ON outbox_events USING brin (dispatched_at);
CREATE INDEX impersonations_over ON impersonations (ends_at);
