-- Back to a CHECK of each column.

ALTER TABLE audit_log
    ALTER COLUMN actor_kind TYPE text, ADD CONSTRAINT audit_log_actor_kind_check CHECK (actor_kind IN ('user', 'customer', 'guest', 'system', 'cli'));
ALTER TABLE jobs
    ALTER COLUMN status TYPE text, ADD CONSTRAINT jobs_status_check CHECK (status IN ('queued', 'running', 'done', 'dead', 'cancelled')),
    ALTER COLUMN attempts TYPE integer, ADD CONSTRAINT jobs_attempts_check CHECK (attempts >= 0);
ALTER TABLE idempotency_keys
    ALTER COLUMN key TYPE text, ADD CONSTRAINT idempotency_keys_key_check CHECK (length(key) BETWEEN 1 AND 255);
ALTER TABLE customers
    ALTER COLUMN email TYPE text, ADD CONSTRAINT customers_email_check CHECK (email = lower(email) AND length(email) <= 254),
    ALTER COLUMN name TYPE text, ADD CONSTRAINT customers_name_check CHECK (length(name) BETWEEN 1 AND 120);
ALTER TABLE inventory_levels
    ALTER COLUMN on_hand TYPE integer, ADD CONSTRAINT inventory_levels_on_hand_check CHECK (on_hand >= 0),
    ALTER COLUMN reserved TYPE integer, ADD CONSTRAINT inventory_levels_reserved_check CHECK (reserved >= 0);
ALTER TABLE inventory_movements
    ALTER COLUMN reason TYPE text, ADD CONSTRAINT inventory_movements_reason_check CHECK (reason IN ('initial', 'received', 'correction', 'damaged', 'returned', 'reserved', 'released', 'sold', 'import'));
ALTER TABLE carts
    ALTER COLUMN status TYPE text, ADD CONSTRAINT carts_status_check CHECK (status IN ('open', 'ordered', 'merged'));
ALTER TABLE cart_items
    ALTER COLUMN quantity TYPE integer, ADD CONSTRAINT cart_items_quantity_check CHECK (quantity BETWEEN 1 AND 999),
    ALTER COLUMN seen_price_minor TYPE bigint, ADD CONSTRAINT cart_items_seen_price_minor_check CHECK (seen_price_minor >= 0);
ALTER TABLE orders
    ALTER COLUMN status TYPE text, ADD CONSTRAINT orders_status_check CHECK (status IN ('pending', 'confirmed', 'completed', 'cancelled')),
    ALTER COLUMN payment_status TYPE text, ADD CONSTRAINT orders_payment_status_check CHECK (payment_status IN ('pending', 'authorized', 'paid', 'partially_refunded', 'refunded', 'failed', 'voided')),
    ALTER COLUMN fulfilment_status TYPE text, ADD CONSTRAINT orders_fulfilment_status_check CHECK (fulfilment_status IN ('unfulfilled', 'partially_fulfilled', 'fulfilled')),
    ALTER COLUMN currency TYPE text, ADD CONSTRAINT orders_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    ALTER COLUMN subtotal_minor TYPE bigint, ADD CONSTRAINT orders_subtotal_minor_check CHECK (subtotal_minor >= 0),
    ALTER COLUMN discount_minor TYPE bigint, ADD CONSTRAINT orders_discount_minor_check CHECK (discount_minor >= 0),
    ALTER COLUMN shipping_minor TYPE bigint, ADD CONSTRAINT orders_shipping_minor_check CHECK (shipping_minor >= 0),
    ALTER COLUMN tax_minor TYPE bigint, ADD CONSTRAINT orders_tax_minor_check CHECK (tax_minor >= 0),
    ALTER COLUMN total_minor TYPE bigint, ADD CONSTRAINT orders_total_minor_check CHECK (total_minor >= 0);
ALTER TABLE order_items
    ALTER COLUMN quantity TYPE integer, ADD CONSTRAINT order_items_quantity_check CHECK (quantity > 0),
    ALTER COLUMN unit_price_minor TYPE bigint, ADD CONSTRAINT order_items_unit_price_minor_check CHECK (unit_price_minor >= 0),
    ALTER COLUMN tax_minor TYPE bigint, ADD CONSTRAINT order_items_tax_minor_check CHECK (tax_minor >= 0);
ALTER TABLE payments
    ALTER COLUMN provider TYPE text, ADD CONSTRAINT payments_provider_check CHECK (provider IN ('manual', 'test-card')),
    ALTER COLUMN status TYPE text, ADD CONSTRAINT payments_status_check CHECK (status IN ('pending', 'requires_confirmation', 'authorized', 'captured', 'failed', 'voided', 'refunded')),
    ALTER COLUMN amount_minor TYPE bigint, ADD CONSTRAINT payments_amount_minor_check CHECK (amount_minor >= 0),
    ALTER COLUMN currency TYPE text, ADD CONSTRAINT payments_currency_check CHECK (currency ~ '^[A-Z]{3}$'),
    ALTER COLUMN card_last4 TYPE text, ADD CONSTRAINT payments_card_last4_check CHECK (card_last4 ~ '^[0-9]{4}$');

ALTER TABLE idempotency_keys RESET (toast_tuple_target);
ALTER TABLE inventory_levels RESET (fillfactor);

DROP DOMAIN minor_amount;
DROP DOMAIN currency_code;
DROP DOMAIN email_address;
DROP DOMAIN person_name;
DROP DOMAIN actor_kind;
DROP DOMAIN job_status;
DROP DOMAIN idempotency_key;
DROP DOMAIN unit_count;
DROP DOMAIN movement_reason;
DROP DOMAIN cart_status;
DROP DOMAIN cart_quantity;
DROP DOMAIN order_quantity;
DROP DOMAIN order_status;
DROP DOMAIN order_payment_status;
DROP DOMAIN order_fulfilment_status;
DROP DOMAIN payment_provider;
DROP DOMAIN payment_status;
DROP DOMAIN card_last4;
