-- What a variant costs the merchant, and how much is in it: the price per kilogram, litre or metre follows from that.
ALTER TABLE product_variants
    ADD COLUMN cost_minor bigint CHECK (cost_minor >= 0),
    -- thousandths of the unit
    ADD COLUMN content_milli bigint CHECK (content_milli BETWEEN 1 AND 1000000000000),
    ADD COLUMN content_unit text CHECK (content_unit IN ('mg', 'g', 'kg', 'ml', 'cl', 'dl', 'l', 'mm', 'cm', 'm', 'm2', 'm3')),
    ADD CONSTRAINT product_variants_content_check CHECK ((content_milli IS NULL) = (content_unit IS NULL));
