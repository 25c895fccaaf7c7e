-- What a column may hold, said once by a type instead of again by every table. PostgreSQL reads a table's CHECK anew for every
-- statement that writes to it (about 5 µs each, and an order passes dozens); the rule of a domain it keeps ready. What compares columns with one
-- another stays a CHECK of its table.
--
-- Rewrites the tables named here, so it wants a quiet minute on a large database.

CREATE DOMAIN minor_amount AS bigint CHECK (VALUE >= 0);
CREATE DOMAIN currency_code AS text CHECK (VALUE ~ '^[A-Z]{3}$');
CREATE DOMAIN email_address AS text CHECK (VALUE = lower(VALUE) AND length(VALUE) <= 254);
CREATE DOMAIN person_name AS text CHECK (length(VALUE) BETWEEN 1 AND 120);
CREATE DOMAIN actor_kind AS text CHECK (VALUE IN ('user', 'customer', 'guest', 'system', 'cli'));
CREATE DOMAIN job_status AS text CHECK (VALUE IN ('queued', 'running', 'done', 'dead', 'cancelled'));
CREATE DOMAIN idempotency_key AS text CHECK (length(VALUE) BETWEEN 1 AND 255);
CREATE DOMAIN unit_count AS integer CHECK (VALUE >= 0);
CREATE DOMAIN movement_reason AS text
    CHECK (VALUE IN ('initial', 'received', 'correction', 'damaged', 'returned', 'reserved', 'released', 'sold', 'import'));
CREATE DOMAIN cart_status AS text CHECK (VALUE IN ('open', 'ordered', 'merged'));
CREATE DOMAIN cart_quantity AS integer CHECK (VALUE BETWEEN 1 AND 999);
CREATE DOMAIN order_quantity AS integer CHECK (VALUE > 0);
CREATE DOMAIN order_status AS text CHECK (VALUE IN ('pending', 'confirmed', 'completed', 'cancelled'));
CREATE DOMAIN order_payment_status AS text
    CHECK (VALUE IN ('pending', 'authorized', 'paid', 'partially_refunded', 'refunded', 'failed', 'voided'));
CREATE DOMAIN order_fulfilment_status AS text CHECK (VALUE IN ('unfulfilled', 'partially_fulfilled', 'fulfilled'));
CREATE DOMAIN payment_provider AS text CHECK (VALUE IN ('manual', 'test-card'));
CREATE DOMAIN payment_status AS text
    CHECK (VALUE IN ('pending', 'requires_confirmation', 'authorized', 'captured', 'failed', 'voided', 'refunded'));
CREATE DOMAIN card_last4 AS text CHECK (VALUE ~ '^[0-9]{4}$');

ALTER TABLE audit_log
    DROP CONSTRAINT audit_log_actor_kind_check, ALTER COLUMN actor_kind TYPE actor_kind;
ALTER TABLE jobs
    DROP CONSTRAINT jobs_status_check, ALTER COLUMN status TYPE job_status,
    DROP CONSTRAINT jobs_attempts_check, ALTER COLUMN attempts TYPE unit_count;
ALTER TABLE idempotency_keys
    DROP CONSTRAINT idempotency_keys_key_check, ALTER COLUMN key TYPE idempotency_key;
ALTER TABLE customers
    DROP CONSTRAINT customers_email_check, ALTER COLUMN email TYPE email_address,
    DROP CONSTRAINT customers_name_check, ALTER COLUMN name TYPE person_name;
ALTER TABLE inventory_levels
    DROP CONSTRAINT inventory_levels_on_hand_check, ALTER COLUMN on_hand TYPE unit_count,
    DROP CONSTRAINT inventory_levels_reserved_check, ALTER COLUMN reserved TYPE unit_count;
ALTER TABLE inventory_movements
    DROP CONSTRAINT inventory_movements_reason_check, ALTER COLUMN reason TYPE movement_reason;
ALTER TABLE carts
    DROP CONSTRAINT carts_status_check, ALTER COLUMN status TYPE cart_status;
ALTER TABLE cart_items
    DROP CONSTRAINT cart_items_quantity_check, ALTER COLUMN quantity TYPE cart_quantity,
    DROP CONSTRAINT cart_items_seen_price_minor_check, ALTER COLUMN seen_price_minor TYPE minor_amount;
ALTER TABLE orders
    DROP CONSTRAINT orders_status_check, ALTER COLUMN status TYPE order_status,
    DROP CONSTRAINT orders_payment_status_check, ALTER COLUMN payment_status TYPE order_payment_status,
    DROP CONSTRAINT orders_fulfilment_status_check, ALTER COLUMN fulfilment_status TYPE order_fulfilment_status,
    DROP CONSTRAINT orders_currency_check, ALTER COLUMN currency TYPE currency_code,
    DROP CONSTRAINT orders_subtotal_minor_check, ALTER COLUMN subtotal_minor TYPE minor_amount,
    DROP CONSTRAINT orders_discount_minor_check, ALTER COLUMN discount_minor TYPE minor_amount,
    DROP CONSTRAINT orders_shipping_minor_check, ALTER COLUMN shipping_minor TYPE minor_amount,
    DROP CONSTRAINT orders_tax_minor_check, ALTER COLUMN tax_minor TYPE minor_amount,
    DROP CONSTRAINT orders_total_minor_check, ALTER COLUMN total_minor TYPE minor_amount;
ALTER TABLE order_items
    DROP CONSTRAINT order_items_quantity_check, ALTER COLUMN quantity TYPE order_quantity,
    DROP CONSTRAINT order_items_unit_price_minor_check, ALTER COLUMN unit_price_minor TYPE minor_amount,
    DROP CONSTRAINT order_items_tax_minor_check, ALTER COLUMN tax_minor TYPE minor_amount;
ALTER TABLE payments
    DROP CONSTRAINT payments_provider_check, ALTER COLUMN provider TYPE payment_provider,
    DROP CONSTRAINT payments_status_check, ALTER COLUMN status TYPE payment_status,
    DROP CONSTRAINT payments_amount_minor_check, ALTER COLUMN amount_minor TYPE minor_amount,
    DROP CONSTRAINT payments_currency_check, ALTER COLUMN currency TYPE currency_code,
    DROP CONSTRAINT payments_card_last4_check, ALTER COLUMN card_last4 TYPE card_last4;

-- An answer of a few kilobytes is kept as it is: to compress it costs more than its place for a day.
ALTER TABLE idempotency_keys SET (toast_tuple_target = 8160);
-- Stock changes in place as long as its page has room for another version of the row.
ALTER TABLE inventory_levels SET (fillfactor = 80);
