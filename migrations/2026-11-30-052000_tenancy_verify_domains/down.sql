ALTER TABLE stores DROP COLUMN label_redirects;
DROP INDEX store_domains_due;
ALTER TABLE store_domains
    DROP COLUMN next_check_at,
    DROP COLUMN missed,
    DROP COLUMN proven_at,
    DROP COLUMN lost_since,
    DROP COLUMN last_check;
