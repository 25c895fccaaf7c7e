REVOKE SELECT (provider, status, created_at) ON payments FROM orion_platform;
DROP POLICY platform_scope ON payments;
DROP INDEX payments_unresolved;
DROP INDEX jobs_dead;
DROP INDEX order_items_image;
DROP INDEX product_images_import;
DROP INDEX audit_log_newest;
