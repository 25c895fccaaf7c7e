-- When the AVIF files of a picture were made, as far as they are smaller than its WebP files; NULL: not looked after yet. Where the server is
-- told to make them, it finds those pictures by itself, old ones too.
ALTER TABLE product_images ADD COLUMN avif_at timestamptz;

-- What the hourly look asks of every store, and what the store's own job reads.
CREATE INDEX product_images_without_avif ON product_images (store_id, id) WHERE avif_at IS NULL AND status = 'ready';

-- The platform asks which stores have such pictures, and may see nothing else of them.
CREATE POLICY platform_scope ON product_images FOR SELECT TO orion_platform USING (true);
GRANT SELECT (store_id, status, avif_at) ON product_images TO orion_platform;
