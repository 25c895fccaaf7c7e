-- Lists show the first pictures of a product from the index beside the program: it has to hear of every change of what is shown of one.
-- What the jobs note on the way to a ready picture, and which other formats there are of it, passes by.
CREATE FUNCTION catalog_note_picture() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    INSERT INTO catalog_changes (store_id, changed_in, product_id)
    VALUES (coalesce(NEW.store_id, OLD.store_id), pg_current_xact_id()::text::bigint, coalesce(NEW.product_id, OLD.product_id))
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;

CREATE TRIGGER product_images_note_insert AFTER INSERT ON product_images
    FOR EACH ROW WHEN (NEW.status = 'ready') EXECUTE FUNCTION catalog_note_picture();
CREATE TRIGGER product_images_note_update AFTER UPDATE ON product_images
    FOR EACH ROW WHEN ((OLD.status = 'ready' OR NEW.status = 'ready')
        AND (OLD.status, OLD.alt, OLD.position, OLD.width, OLD.height, OLD.placeholder, OLD.variant_id)
            IS DISTINCT FROM (NEW.status, NEW.alt, NEW.position, NEW.width, NEW.height, NEW.placeholder, NEW.variant_id))
    EXECUTE FUNCTION catalog_note_picture();
CREATE TRIGGER product_images_note_delete AFTER DELETE ON product_images
    FOR EACH ROW WHEN (OLD.status = 'ready') EXECUTE FUNCTION catalog_note_picture();
