-- Old slugs of categories answer 301 to the present one, as those of products do.
CREATE TABLE category_slug_redirects (
    store_id uuid NOT NULL,
    slug text NOT NULL,
    category_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, slug),
    FOREIGN KEY (store_id, category_id) REFERENCES product_categories (store_id, id)
);
CREATE INDEX category_slug_redirects_category ON category_slug_redirects (store_id, category_id);
CALL orion_tenant_table('category_slug_redirects');
