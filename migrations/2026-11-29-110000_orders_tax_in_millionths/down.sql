ALTER TABLE order_items ALTER COLUMN tax_rate_ppm TYPE integer USING round(tax_rate_ppm / 100.0);
ALTER TABLE order_items RENAME COLUMN tax_rate_ppm TO tax_rate_bp;
ALTER TABLE orders ALTER COLUMN tax_rate_ppm TYPE integer USING round(tax_rate_ppm / 100.0);
ALTER TABLE orders RENAME COLUMN tax_rate_ppm TO tax_rate_bp;

ALTER TABLE tax_rates DROP CONSTRAINT tax_rates_rate_ppm_check;
ALTER TABLE tax_rates RENAME COLUMN rate_ppm TO rate_bp;
ALTER TABLE tax_rates
    ALTER COLUMN rate_bp TYPE integer USING round(rate_bp / 100.0),
    ADD CONSTRAINT tax_rates_rate_bp_check CHECK (rate_bp BETWEEN 0 AND 10000);
