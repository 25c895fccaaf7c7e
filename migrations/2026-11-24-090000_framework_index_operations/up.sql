-- Super admins read the audit log of all stores, newest first.
CREATE INDEX audit_log_newest ON audit_log (id DESC);

-- The report of an import counts its pictures, and retries those that failed.
CREATE INDEX product_images_import ON product_images (store_id, import_id);

-- Before the files of a picture go, orders are asked whether one of them shows it.
CREATE INDEX order_items_image ON order_items (store_id, image_id) WHERE image_id IS NOT NULL;

-- Dead jobs are counted for the metrics and looked for by health checks; there are few, and finished jobs lie beside them.
CREATE INDEX jobs_dead ON jobs (kind) WHERE status = 'dead';

-- Payments whose fate only their provider knows. The health check asks for the oldest one over all stores, and may see nothing else.
CREATE INDEX payments_unresolved ON payments (created_at) WHERE status = 'pending' AND provider <> 'manual';
CREATE POLICY platform_scope ON payments FOR SELECT TO orion_platform USING (true);
GRANT SELECT (provider, status, created_at) ON payments TO orion_platform;
