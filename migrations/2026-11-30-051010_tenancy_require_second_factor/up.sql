-- Whether members of the team need a second factor to work in the store.
ALTER TABLE stores ADD COLUMN second_factor_required boolean NOT NULL DEFAULT false;
