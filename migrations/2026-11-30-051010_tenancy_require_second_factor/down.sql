ALTER TABLE stores DROP COLUMN second_factor_required;
