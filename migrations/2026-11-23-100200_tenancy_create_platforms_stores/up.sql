CREATE TABLE platforms (
    id uuid PRIMARY KEY,
    code text NOT NULL CHECK (code ~ '^[a-z0-9](-?[a-z0-9]+)*$'),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    domain text NOT NULL CHECK (domain = lower(domain)),
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1
);
CREATE UNIQUE INDEX platforms_code ON platforms (code);
CREATE UNIQUE INDEX platforms_domain ON platforms (domain);
GRANT SELECT ON platforms TO orion_app;
GRANT SELECT, INSERT, UPDATE ON platforms TO orion_platform;

-- One row per platform and optional module; `version` is the optimistic lock of parallel toggles.
CREATE TABLE platform_modules (
    platform_id uuid NOT NULL REFERENCES platforms (id),
    module text NOT NULL,
    enabled boolean NOT NULL,
    changed_by uuid,
    changed_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (platform_id, module)
);
GRANT SELECT ON platform_modules TO orion_app;
GRANT SELECT, INSERT, UPDATE ON platform_modules TO orion_platform;

CREATE TABLE users (
    id uuid PRIMARY KEY,
    email text NOT NULL CHECK (email = lower(email) AND length(email) <= 254),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    password_hash text NOT NULL,
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    deleted_at timestamptz
);
CREATE UNIQUE INDEX users_email ON users (email) WHERE deleted_at IS NULL;
GRANT SELECT, INSERT, UPDATE ON users TO orion_platform;

-- Rights in the admin area; a scoped admin has a row per platform, a super admin one row without.
CREATE TABLE admin_roles (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    role text NOT NULL CHECK (role IN ('super_admin', 'platform_admin')),
    platform_id uuid REFERENCES platforms (id),
    created_at timestamptz NOT NULL,
    CHECK ((role = 'super_admin') = (platform_id IS NULL))
);
CREATE UNIQUE INDEX admin_roles_once ON admin_roles (user_id, role, platform_id) NULLS NOT DISTINCT;
GRANT SELECT, INSERT, DELETE ON admin_roles TO orion_platform;

-- Sessions of admins and staff. The refresh token is stored hashed; previous_hash is what reuse detection compares with.
CREATE TABLE user_sessions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    area text NOT NULL CHECK (area IN ('admin', 'store')),
    refresh_hash bytea NOT NULL,
    previous_hash bytea,
    rotated_at timestamptz NOT NULL,
    user_agent text NOT NULL DEFAULT '',
    ip text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    revoked_at timestamptz
);
CREATE INDEX user_sessions_user ON user_sessions (user_id) WHERE revoked_at IS NULL;
GRANT SELECT, INSERT, UPDATE, DELETE ON user_sessions TO orion_platform;

CREATE TABLE stores (
    id uuid PRIMARY KEY,
    platform_id uuid NOT NULL REFERENCES platforms (id),
    code text NOT NULL CHECK (code ~ '^[a-z0-9](-?[a-z0-9]+)*$' AND length(code) BETWEEN 3 AND 63),
    subdomain text NOT NULL CHECK (subdomain = lower(subdomain) AND length(subdomain) BETWEEN 3 AND 63),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'archived')),
    suspended_reason text,
    currency text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    prices_include_tax boolean NOT NULL DEFAULT true,
    locale text NOT NULL DEFAULT 'en' CHECK (locale IN ('en', 'fr', 'de')),
    timezone text NOT NULL DEFAULT 'UTC',
    contact_email text NOT NULL DEFAULT '',
    owner_user_id uuid NOT NULL REFERENCES users (id),
    catalog_version bigint NOT NULL DEFAULT 1,
    metadata jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    deleted_at timestamptz
);
CREATE UNIQUE INDEX stores_code ON stores (code) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX stores_subdomain ON stores (platform_id, subdomain) WHERE deleted_at IS NULL;
CREATE INDEX stores_name ON stores USING gin (name gin_trgm_ops);
ALTER TABLE stores ENABLE ROW LEVEL SECURITY;
ALTER TABLE stores FORCE ROW LEVEL SECURITY;
CREATE POLICY store_scope ON stores TO orion_app USING (id = current_store()) WITH CHECK (id = current_store());
GRANT SELECT, UPDATE ON stores TO orion_app;
CALL orion_platform_access('stores', 'SELECT, INSERT, UPDATE');

-- Labels a store has held: the current one and those that still redirect. A label is never another store's while it is here.
CREATE TABLE store_subdomains (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    platform_id uuid NOT NULL REFERENCES platforms (id),
    label text NOT NULL CHECK (label = lower(label)),
    redirect_until timestamptz,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, id)
);
-- Global on purpose: two stores of a platform can never share a label.
CREATE UNIQUE INDEX store_subdomains_label ON store_subdomains (platform_id, label);
CALL orion_tenant_table('store_subdomains');
CALL orion_platform_access('store_subdomains', 'SELECT, INSERT, UPDATE, DELETE');

CREATE TABLE store_domains (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    host text NOT NULL CHECK (host = lower(host) AND length(host) <= 253),
    status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'active', 'failed')),
    is_primary boolean NOT NULL DEFAULT false,
    token text NOT NULL,
    last_checked_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    deleted_at timestamptz,
    PRIMARY KEY (store_id, id),
    CHECK (NOT is_primary OR status = 'active')
);
-- Global on purpose: an active host belongs to one store; a pending claim does not block the true owner.
CREATE UNIQUE INDEX store_domains_active_host ON store_domains (host) WHERE status = 'active' AND deleted_at IS NULL;
CREATE UNIQUE INDEX store_domains_primary ON store_domains (store_id) WHERE is_primary AND deleted_at IS NULL;
CREATE UNIQUE INDEX store_domains_host ON store_domains (store_id, host) WHERE deleted_at IS NULL;
CALL orion_tenant_table('store_domains');
CALL orion_platform_access('store_domains', 'SELECT, INSERT, UPDATE');

CREATE TABLE memberships (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    user_id uuid NOT NULL REFERENCES users (id),
    role text NOT NULL CHECK (role IN ('owner', 'manager', 'editor', 'viewer')),
    active boolean NOT NULL DEFAULT true,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    deleted_at timestamptz,
    PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX memberships_user ON memberships (store_id, user_id) WHERE deleted_at IS NULL;
CREATE UNIQUE INDEX memberships_owner ON memberships (store_id) WHERE role = 'owner' AND deleted_at IS NULL;
CREATE INDEX memberships_by_user ON memberships (user_id) WHERE deleted_at IS NULL;
CALL orion_tenant_table('memberships');
CALL orion_platform_access('memberships', 'SELECT, INSERT, UPDATE');

CREATE TABLE store_themes (
    store_id uuid NOT NULL REFERENCES stores (id),
    id uuid NOT NULL,
    name text NOT NULL,
    active boolean NOT NULL DEFAULT false,
    tokens jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    version integer NOT NULL DEFAULT 1,
    PRIMARY KEY (store_id, id)
);
CREATE UNIQUE INDEX store_themes_active ON store_themes (store_id) WHERE active;
CALL orion_tenant_table('store_themes');
CALL orion_platform_access('store_themes', 'SELECT, INSERT');

CREATE TABLE store_settings (
    store_id uuid NOT NULL REFERENCES stores (id),
    key text NOT NULL CHECK (key ~ '^[a-z_]+\.[a-z_]+$'),
    value jsonb NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (store_id, key)
);
CALL orion_tenant_table('store_settings');
CALL orion_platform_access('store_settings', 'SELECT, INSERT');
