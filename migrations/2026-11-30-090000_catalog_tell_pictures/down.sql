DROP TRIGGER product_images_note_insert ON product_images;
DROP TRIGGER product_images_note_update ON product_images;
DROP TRIGGER product_images_note_delete ON product_images;
DROP FUNCTION catalog_note_picture();
