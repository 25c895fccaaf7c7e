ALTER TABLE product_variants
    DROP CONSTRAINT product_variants_content_check,
    DROP COLUMN cost_minor,
    DROP COLUMN content_milli,
    DROP COLUMN content_unit;
