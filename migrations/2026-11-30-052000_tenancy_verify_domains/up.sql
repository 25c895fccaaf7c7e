-- How the proof of a domain is looked for: when next, how often in a row without finding it, since when that of an active domain is gone, and
-- what the last look found. A domain that was given by an operator has no next look.
ALTER TABLE store_domains
    ADD COLUMN next_check_at timestamptz,
    ADD COLUMN missed integer NOT NULL DEFAULT 0,
    ADD COLUMN proven_at timestamptz,
    ADD COLUMN lost_since timestamptz,
    ADD COLUMN last_check jsonb;
CREATE INDEX store_domains_due ON store_domains (next_check_at) WHERE next_check_at IS NOT NULL;

-- Whether a shop's pages below the platform's domain redirect to its primary domain.
ALTER TABLE stores ADD COLUMN label_redirects boolean NOT NULL DEFAULT false;
