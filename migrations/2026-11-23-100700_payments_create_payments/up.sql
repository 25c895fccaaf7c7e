CREATE TABLE payments (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    -- the order; no foreign key, since payments does not know the orders module
    order_id uuid NOT NULL,
    provider text NOT NULL CHECK (provider IN ('manual', 'test-card')),
    status text NOT NULL CHECK (status IN ('pending', 'requires_confirmation', 'authorized', 'captured', 'failed', 'voided', 'refunded')),
    amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    -- what the provider gave for the card; never the number itself
    provider_token text,
    card_last4 text CHECK (card_last4 ~ '^[0-9]{4}$'),
    provider_reference text,
    failure_code text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX payments_reference ON payments (store_id, provider, provider_reference) WHERE provider_reference IS NOT NULL;
CREATE INDEX payments_order ON payments (store_id, order_id);
CALL orion_tenant_table('payments');

CREATE TABLE payment_ledger (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    payment_id uuid NOT NULL,
    entry text NOT NULL CHECK (entry IN ('authorized', 'captured', 'failed', 'voided', 'refunded')),
    amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
    currency text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, payment_id) REFERENCES payments (store_id, id)
);
-- A payment is captured once and authorised once, whatever is replayed.
CREATE UNIQUE INDEX payment_ledger_once ON payment_ledger (store_id, payment_id, entry) WHERE entry IN ('authorized', 'captured', 'voided');
CALL orion_tenant_table('payment_ledger');
CALL orion_append_only('payment_ledger');

-- The books of the test-card provider: what the other side remembers, keyed like a real gateway by the caller's idempotency key.
CREATE TABLE test_card_charges (
    store_id uuid NOT NULL REFERENCES stores (id),
    idempotency_key text NOT NULL,
    reference text NOT NULL,
    outcome text NOT NULL CHECK (outcome IN ('approved', 'declined', 'requires_confirmation')),
    amount_minor bigint NOT NULL CHECK (amount_minor >= 0),
    currency text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, idempotency_key)
);
CALL orion_tenant_table('test_card_charges');
