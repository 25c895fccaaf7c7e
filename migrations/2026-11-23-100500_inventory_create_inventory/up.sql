CREATE TABLE inventory_locations (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX inventory_locations_default ON inventory_locations (store_id) WHERE is_default;
CALL orion_tenant_table('inventory_locations');
CALL orion_platform_access('inventory_locations', 'SELECT, INSERT');

-- The CHECK is the last wall against overselling: no statement, however wrong, reserves what is not there.
CREATE TABLE inventory_levels (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    location_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    on_hand integer NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    reserved integer NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, location_id) REFERENCES inventory_locations (store_id, id),
    FOREIGN KEY (store_id, variant_id) REFERENCES product_variants (store_id, id),
    CONSTRAINT inventory_levels_not_oversold CHECK (reserved <= on_hand)
);
CREATE UNIQUE INDEX inventory_levels_variant ON inventory_levels (store_id, variant_id, location_id);
CALL orion_tenant_table('inventory_levels');

-- The sums of the deltas equal the level, always.
CREATE TABLE inventory_movements (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    level_id uuid NOT NULL,
    variant_id uuid NOT NULL,
    on_hand_delta integer NOT NULL,
    reserved_delta integer NOT NULL,
    reason text NOT NULL CHECK (reason IN ('initial', 'received', 'correction', 'damaged', 'returned', 'reserved', 'released', 'sold', 'import')),
    order_id uuid,
    note text NOT NULL DEFAULT '',
    actor_label text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, level_id) REFERENCES inventory_levels (store_id, id),
    CHECK (on_hand_delta <> 0 OR reserved_delta <> 0)
);
CREATE INDEX inventory_movements_level ON inventory_movements (store_id, level_id, id DESC);
CALL orion_tenant_table('inventory_movements');
CALL orion_append_only('inventory_movements');
