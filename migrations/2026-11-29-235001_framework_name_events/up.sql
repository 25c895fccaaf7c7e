-- Which shape the data of an event has. What was written before there were versions held hardly more than an id: version 0. A server of
-- the version before, which knows no versions, goes on to write such rows.
ALTER TABLE outbox_events ADD COLUMN version smallint NOT NULL DEFAULT 0 CHECK (version >= 0);

-- Events are named after what they are about, and not after the module that publishes them.
UPDATE outbox_events SET event = name.today
FROM (VALUES
    ('orders.placed', 'order.placed'),
    ('orders.paid', 'order.paid'),
    ('orders.fulfilled', 'order.fulfilled'),
    ('orders.cancelled', 'order.cancelled'),
    ('catalog.product_created', 'product.created'),
    ('catalog.product_updated', 'product.updated'),
    ('catalog.product_published', 'product.published'),
    ('catalog.product_archived', 'product.archived'),
    ('catalog.product_deleted', 'product.deleted'),
    ('catalog.import_undone', 'import.undone'),
    ('tenancy.job_cancelled', 'job.cancelled')
) AS name (yesterday, today)
WHERE event = name.yesterday;

-- That a job was called off is heard: what waits gets the job's id, or one of its own where the job is gone.
UPDATE outbox_events AS event SET version = 1, payload = event.payload || jsonb_build_object('job_id', coalesce((
    SELECT job.id FROM jobs AS job
    WHERE job.store_id = event.store_id AND job.kind = event.payload->>'kind' AND job.payload = event.payload->'payload' AND job.status = 'cancelled'
    ORDER BY job.finished_at DESC LIMIT 1), event.id))
WHERE event.event = 'job.cancelled';

-- What is on its way to a listener travels with its name and its time.
UPDATE jobs AS job SET payload = jsonb_build_object(
    'id', event.id, 'name', event.event, 'version', event.version, 'at', event.created_at, 'data', event.payload)
FROM outbox_events AS event
WHERE job.kind LIKE 'event:%' AND job.status <> 'done' AND event.store_id = job.store_id AND event.id::text = job.unique_key;
