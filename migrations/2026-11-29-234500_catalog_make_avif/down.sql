DELETE FROM jobs WHERE kind = 'catalog.make_avif';
REVOKE SELECT (store_id, status, avif_at) ON product_images FROM orion_platform;
DROP POLICY platform_scope ON product_images;
ALTER TABLE product_images DROP COLUMN avif_at;
