-- unaccent() is only STABLE because a dictionary could change; ours does not, and an index needs IMMUTABLE.
CREATE FUNCTION search_text(input text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, input)) $$;

CREATE TABLE product_categories (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    parent_id uuid,
    slug text NOT NULL CHECK (length(slug) BETWEEN 1 AND 120),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    description text NOT NULL DEFAULT '',
    position integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    deleted_at timestamptz,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, parent_id) REFERENCES product_categories (store_id, id),
    CHECK (parent_id IS DISTINCT FROM id)
);
CREATE UNIQUE INDEX product_categories_slug ON product_categories (store_id, slug) WHERE deleted_at IS NULL;
CALL orion_tenant_table('product_categories');

CREATE TABLE products (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    slug text NOT NULL CHECK (length(slug) BETWEEN 1 AND 200),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    description_html text NOT NULL DEFAULT '',
    vendor text NOT NULL DEFAULT '',
    product_type text NOT NULL DEFAULT '',
    tags text[] NOT NULL DEFAULT '{}',
    status text NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'active', 'archived')),
    featured boolean NOT NULL DEFAULT false,
    -- [{"name": "Size", "values": ["S", "M"]}], at most three
    options jsonb NOT NULL DEFAULT '[]',
    -- kept by the service from the live variants, so that lists sort and filter by price without a join
    min_price_minor bigint NOT NULL DEFAULT 0 CHECK (min_price_minor >= 0),
    max_price_minor bigint NOT NULL DEFAULT 0 CHECK (max_price_minor >= min_price_minor),
    seo_title text NOT NULL DEFAULT '',
    seo_description text NOT NULL DEFAULT '',
    metadata jsonb NOT NULL DEFAULT '{}',
    published_at timestamptz,
    search_vector tsvector GENERATED ALWAYS AS (
        setweight(to_tsvector('simple', search_text(title)), 'A')
        || setweight(to_tsvector('simple', search_text(vendor || ' ' || product_type)), 'B')
        || setweight(to_tsvector('simple', search_text(regexp_replace(description_html, '<[^>]*>', ' ', 'g'))), 'C')
    ) STORED,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    deleted_at timestamptz,
    PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX products_slug ON products (store_id, slug) WHERE deleted_at IS NULL;
CREATE INDEX products_newest ON products (store_id, status, created_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX products_price ON products (store_id, status, min_price_minor, id) WHERE deleted_at IS NULL;
CREATE INDEX products_title ON products (store_id, title, id) WHERE deleted_at IS NULL;
CREATE INDEX products_search ON products USING gin (search_vector);
CREATE INDEX products_title_trgm ON products USING gin (search_text(title) gin_trgm_ops);
CALL orion_tenant_table('products');

CREATE TABLE product_category_links (
    store_id uuid NOT NULL,
    category_id uuid NOT NULL,
    product_id uuid NOT NULL,
    position integer NOT NULL DEFAULT 0,
    PRIMARY KEY (store_id, category_id, product_id),
    FOREIGN KEY (store_id, category_id) REFERENCES product_categories (store_id, id),
    FOREIGN KEY (store_id, product_id) REFERENCES products (store_id, id)
);
CREATE INDEX product_category_links_product ON product_category_links (store_id, product_id);
CALL orion_tenant_table('product_category_links');

CREATE TABLE product_variants (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    product_id uuid NOT NULL,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 255),
    -- one value per option of the product, in its order; empty for the single default variant
    option_values text[] NOT NULL DEFAULT '{}',
    sku text CHECK (length(sku) BETWEEN 1 AND 64),
    barcode text NOT NULL DEFAULT '',
    price_minor bigint NOT NULL CHECK (price_minor >= 0),
    compare_at_minor bigint CHECK (compare_at_minor >= 0),
    weight_grams integer NOT NULL DEFAULT 0 CHECK (weight_grams >= 0),
    taxable boolean NOT NULL DEFAULT true,
    requires_shipping boolean NOT NULL DEFAULT true,
    -- false: always available, no stock is kept
    track_inventory boolean NOT NULL DEFAULT true,
    position integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    deleted_at timestamptz,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, product_id) REFERENCES products (store_id, id)
);
CREATE UNIQUE INDEX product_variants_sku ON product_variants (store_id, sku) WHERE deleted_at IS NULL AND sku IS NOT NULL;
CREATE UNIQUE INDEX product_variants_options ON product_variants (store_id, product_id, option_values) WHERE deleted_at IS NULL;
CREATE INDEX product_variants_product ON product_variants (store_id, product_id, position);
CALL orion_tenant_table('product_variants');

CREATE TABLE product_images (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    product_id uuid NOT NULL,
    variant_id uuid,
    position integer NOT NULL DEFAULT 0,
    alt text NOT NULL DEFAULT '',
    -- pending: to be fetched from source_url by a job; failed: fetch_error says why, and it can be retried
    status text NOT NULL CHECK (status IN ('ready', 'pending', 'failed')),
    width integer CHECK (width > 0),
    height integer CHECK (height > 0),
    -- the average colour as #rrggbb, shown until the picture is there
    placeholder text,
    source_url text,
    fetch_error text,
    import_id uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, product_id) REFERENCES products (store_id, id),
    FOREIGN KEY (store_id, variant_id) REFERENCES product_variants (store_id, id),
    CHECK (status <> 'ready' OR (width IS NOT NULL AND height IS NOT NULL))
);
CREATE INDEX product_images_product ON product_images (store_id, product_id, position);
CREATE UNIQUE INDEX product_images_source ON product_images (store_id, product_id, source_url) WHERE source_url IS NOT NULL;
CALL orion_tenant_table('product_images');

-- Old slugs answer 301 to the product's present one.
CREATE TABLE product_slug_redirects (
    store_id uuid NOT NULL,
    slug text NOT NULL,
    product_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, slug),
    FOREIGN KEY (store_id, product_id) REFERENCES products (store_id, id)
);
CALL orion_tenant_table('product_slug_redirects');

CREATE TABLE imports (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('products')),
    status text NOT NULL DEFAULT 'queued' CHECK (status IN ('queued', 'running', 'completed', 'failed', 'cancelled')),
    dry_run boolean NOT NULL,
    file_name text NOT NULL,
    storage_key text NOT NULL,
    total_rows integer NOT NULL DEFAULT 0,
    processed_rows integer NOT NULL DEFAULT 0 CHECK (processed_rows <= total_rows),
    created_count integer NOT NULL DEFAULT 0,
    updated_count integer NOT NULL DEFAULT 0,
    unchanged_count integer NOT NULL DEFAULT 0,
    failed_count integer NOT NULL DEFAULT 0,
    failure text,
    actor_label text NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    finished_at timestamptz,
    PRIMARY KEY (store_id, id)
);
CREATE INDEX imports_newest ON imports (store_id, created_at DESC);
CALL orion_tenant_table('imports');

CREATE TABLE import_errors (
    store_id uuid NOT NULL,
    id uuid NOT NULL,
    import_id uuid NOT NULL,
    line integer NOT NULL CHECK (line > 0),
    column_name text NOT NULL,
    code text NOT NULL,
    detail text NOT NULL,
    PRIMARY KEY (store_id, id),
    FOREIGN KEY (store_id, import_id) REFERENCES imports (store_id, id)
);
CREATE INDEX import_errors_import ON import_errors (store_id, import_id, line);
CALL orion_tenant_table('import_errors');
