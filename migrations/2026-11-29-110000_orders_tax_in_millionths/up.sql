-- Rates of four decimals (8.875 % in New York City): parts per million instead of basis points. Rows are rewritten by the type
-- and not by an UPDATE, which row level security would keep from seeing them.
ALTER TABLE tax_rates DROP CONSTRAINT tax_rates_rate_bp_check;
ALTER TABLE tax_rates RENAME COLUMN rate_bp TO rate_ppm;
ALTER TABLE tax_rates
    ALTER COLUMN rate_ppm TYPE integer USING rate_ppm * 100,
    ADD CONSTRAINT tax_rates_rate_ppm_check CHECK (rate_ppm BETWEEN 0 AND 1000000);

ALTER TABLE orders RENAME COLUMN tax_rate_bp TO tax_rate_ppm;
ALTER TABLE orders ALTER COLUMN tax_rate_ppm TYPE integer USING tax_rate_ppm * 100;
ALTER TABLE order_items RENAME COLUMN tax_rate_bp TO tax_rate_ppm;
ALTER TABLE order_items ALTER COLUMN tax_rate_ppm TYPE integer USING tax_rate_ppm * 100;
