UPDATE jobs SET payload = payload->'data' WHERE kind LIKE 'event:%' AND status <> 'done' AND payload ? 'data';

UPDATE outbox_events SET event = name.yesterday
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
WHERE event = name.today;

ALTER TABLE outbox_events DROP COLUMN version;
