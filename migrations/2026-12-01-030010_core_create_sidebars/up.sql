-- How a platform shows the sidebar of its stores' dashboards. Without a row it is as the modules declare it.
CREATE TABLE platform_sidebars (
    platform_id uuid PRIMARY KEY REFERENCES platforms (id),
    -- Names of pages, as the API spells them. Those that this version does not know wait for the one that does.
    entry_order text[] NOT NULL CHECK (cardinality(entry_order) <= 400),
    hidden text[] NOT NULL CHECK (cardinality(hidden) <= 400),
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CALL orion_platform_table('platform_sidebars');
