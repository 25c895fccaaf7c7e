CREATE TABLE shipping_methods (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    flat_minor bigint NOT NULL CHECK (flat_minor >= 0),
    free_from_minor bigint CHECK (free_from_minor >= 0),
    active boolean NOT NULL DEFAULT true,
    position integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, id)
);
CALL orion_tenant_table('shipping_methods');
CALL orion_platform_access('shipping_methods', 'SELECT, INSERT');

CREATE TABLE tax_rates (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    -- basis points: 1700 is 17 %
    rate_bp integer NOT NULL CHECK (rate_bp BETWEEN 0 AND 10000),
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX tax_rates_default ON tax_rates (store_id) WHERE is_default;
CALL orion_tenant_table('tax_rates');
CALL orion_platform_access('tax_rates', 'SELECT, INSERT');

CREATE TABLE carts (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    token_hash bytea NOT NULL,
    customer_id uuid,
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'ordered', 'merged')),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, customer_id) REFERENCES customers (store_id, id)
);
CREATE UNIQUE INDEX carts_token ON carts (store_id, token_hash);
CREATE UNIQUE INDEX carts_customer ON carts (store_id, customer_id) WHERE status = 'open' AND customer_id IS NOT NULL;
CALL orion_tenant_table('carts');

CREATE TABLE cart_items (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    cart_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 999),
    -- what the customer saw when adding; only for the "price changed" notice
    seen_price_minor bigint NOT NULL CHECK (seen_price_minor >= 0),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, cart_id) REFERENCES carts (store_id, id) ON DELETE CASCADE,
    FOREIGN KEY (store_id, variant_id) REFERENCES product_variants (store_id, id)
);
CREATE UNIQUE INDEX cart_items_variant ON cart_items (store_id, cart_id, variant_id);
CALL orion_tenant_table('cart_items');

CREATE TABLE order_counters (
    store_id uuid NOT NULL REFERENCES stores (id),
    last_number bigint NOT NULL DEFAULT 1000,
    PRIMARY KEY (store_id)
);
CALL orion_tenant_table('order_counters');
CALL orion_platform_access('order_counters', 'SELECT, INSERT');

CREATE TABLE orders (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    -- taken when the order is confirmed, so that a declined card burns no number
    number bigint,
    cart_id uuid,
    customer_id uuid,
    email text NOT NULL,
    locale text NOT NULL,
    channel text NOT NULL DEFAULT 'storefront',
    status text NOT NULL CHECK (status IN ('pending', 'confirmed', 'completed', 'cancelled')),
    payment_status text NOT NULL CHECK (payment_status IN ('pending', 'authorized', 'paid', 'partially_refunded', 'refunded', 'failed', 'voided')),
    fulfilment_status text NOT NULL CHECK (fulfilment_status IN ('unfulfilled', 'partially_fulfilled', 'fulfilled')),
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    prices_include_tax boolean NOT NULL,
    subtotal_minor bigint NOT NULL CHECK (subtotal_minor >= 0),
    discount_minor bigint NOT NULL DEFAULT 0 CHECK (discount_minor >= 0),
    shipping_minor bigint NOT NULL CHECK (shipping_minor >= 0),
    tax_minor bigint NOT NULL CHECK (tax_minor >= 0),
    total_minor bigint NOT NULL CHECK (total_minor >= 0),
    shipping_method text NOT NULL DEFAULT '',
    tax_name text NOT NULL DEFAULT '',
    tax_rate_bp integer NOT NULL DEFAULT 0,
    shipping_address jsonb NOT NULL,
    billing_address jsonb NOT NULL,
    note text NOT NULL DEFAULT '',
    cancel_reason text,
    metadata jsonb NOT NULL DEFAULT '{}',
    placed_at timestamptz NOT NULL,
    cancelled_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, cart_id) REFERENCES carts (store_id, id),
    FOREIGN KEY (store_id, customer_id) REFERENCES customers (store_id, id),
    CONSTRAINT orders_totals_add_up CHECK (
        total_minor = subtotal_minor - discount_minor + shipping_minor + CASE WHEN prices_include_tax THEN 0 ELSE tax_minor END
    ),
    CONSTRAINT orders_numbered CHECK (number IS NOT NULL OR status IN ('pending', 'cancelled'))
);
CREATE UNIQUE INDEX orders_number ON orders (store_id, number);
-- A cart becomes one order; a declined attempt is cancelled and gives the cart back.
CREATE UNIQUE INDEX orders_cart ON orders (store_id, cart_id) WHERE status <> 'cancelled';
CREATE INDEX orders_newest ON orders (store_id, placed_at DESC, id DESC);
CREATE INDEX orders_customer ON orders (store_id, customer_id, placed_at DESC);
CREATE INDEX orders_email ON orders (store_id, email);
CALL orion_tenant_table('orders');

CREATE TABLE order_items (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    -- no foreign key to the catalogue: the order outlives the product
    product_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    title text NOT NULL,
    variant_title text NOT NULL,
    sku text NOT NULL DEFAULT '',
    image_id uuid,
    quantity integer NOT NULL CHECK (quantity > 0),
    unit_price_minor bigint NOT NULL CHECK (unit_price_minor >= 0),
    subtotal_minor bigint NOT NULL CHECK (subtotal_minor = unit_price_minor * quantity),
    tax_rate_bp integer NOT NULL,
    tax_minor bigint NOT NULL CHECK (tax_minor >= 0),
    -- stock was reserved for it when it was ordered, so cancelling must release it
    reserved boolean NOT NULL,
    requires_shipping boolean NOT NULL,
    fulfilled_quantity integer NOT NULL DEFAULT 0 CHECK (fulfilled_quantity BETWEEN 0 AND quantity),
    refunded_quantity integer NOT NULL DEFAULT 0 CHECK (refunded_quantity BETWEEN 0 AND quantity),
    position integer NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, order_id) REFERENCES orders (store_id, id)
);
CREATE INDEX order_items_order ON order_items (store_id, order_id, position);
CALL orion_tenant_table('order_items');

CREATE TABLE order_status_history (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    event text NOT NULL,
    from_status text,
    to_status text,
    actor_kind text NOT NULL,
    actor_label text NOT NULL,
    note text NOT NULL DEFAULT '',
    customer_visible boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, order_id) REFERENCES orders (store_id, id)
);
CREATE INDEX order_status_history_order ON order_status_history (store_id, order_id, id);
CALL orion_tenant_table('order_status_history');
CALL orion_append_only('order_status_history');

CREATE TABLE fulfilments (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    order_id uuid NOT NULL,
    carrier text NOT NULL DEFAULT '',
    tracking_number text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, order_id) REFERENCES orders (store_id, id)
);
CREATE INDEX fulfilments_order ON fulfilments (store_id, order_id);
CALL orion_tenant_table('fulfilments');

CREATE TABLE fulfilment_items (
    store_id uuid NOT NULL,
    fulfilment_id uuid NOT NULL,
    order_item_id uuid NOT NULL,
    quantity integer NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (store_id, fulfilment_id, order_item_id),
    FOREIGN KEY (store_id, fulfilment_id) REFERENCES fulfilments (store_id, id),
    FOREIGN KEY (store_id, order_item_id) REFERENCES order_items (store_id, id)
);
CALL orion_tenant_table('fulfilment_items');
