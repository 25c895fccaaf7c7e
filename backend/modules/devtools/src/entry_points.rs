//! Every address and login of the stores at hand: what `/dev` shows and `orion urls` prints.

use std::collections::HashMap;

use orion_framework::config::{Config, PublicOrigin};
use orion_framework::db::{DbError, PlatformTx};
use serde::Serialize;
use uuid::Uuid;

use crate::queries::{self, PlatformRow, StoreRow};
use crate::{DEMO_CUSTOMER, DEMO_PASSWORD, DEMO_PASSWORD_GLOBEX_CUSTOMER};

/// The most stores shown per platform.
const MAX_STORES: i64 = 50;

/// Accounts that the demo data makes; their password is no secret.
const DEMO_ACCOUNTS: [&str; 7] = [
    "admin@orion.test",
    "lite-admin@orion.test",
    "owner@acme.test",
    "manager@acme.test",
    "viewer@acme.test",
    "owner@globex.test",
    "owner@plain.test",
];

/// Everything a server answers to.
#[derive(Debug, Serialize)]
pub struct EntryPoints {
    /// Addresses of the server itself.
    pub server: Vec<Link>,
    /// Who may sign in to the admin area.
    pub admins: Vec<Login>,
    /// The platforms with their stores.
    pub platforms: Vec<PlatformEntry>,
}

/// An address.
#[derive(Debug, Serialize)]
pub struct Link {
    /// What it is.
    pub label: &'static str,
    /// The address.
    pub url: String,
    /// What one has to know about it; empty for nothing.
    pub note: String,
}

/// An account.
#[derive(Debug, Serialize)]
pub struct Login {
    /// What it may do.
    pub role: String,
    /// The e-mail address.
    pub email: String,
    /// The password, where it belongs to the demo data.
    pub password: Option<&'static str>,
}

/// A platform.
#[derive(Debug, Serialize)]
pub struct PlatformEntry {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Ways to its admin area.
    pub admin: Vec<Link>,
    /// Ways to the login of staff who choose their store afterwards.
    pub chooser: Vec<Link>,
    /// Optional modules that are on.
    pub modules: Vec<String>,
    /// Its stores, the oldest first.
    pub stores: Vec<StoreEntry>,
    /// How many more there are.
    pub more_stores: i64,
}

/// A store.
#[derive(Debug, Serialize)]
pub struct StoreEntry {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// `active`, `suspended` or `archived`.
    pub status: String,
    /// ISO 4217 code.
    pub currency: String,
    /// Ways to the shop.
    pub storefront: Vec<Link>,
    /// Ways to the dashboard's login.
    pub dashboard: Vec<Link>,
    /// The team.
    pub staff: Vec<Login>,
    /// Demo customers.
    pub customers: Vec<Login>,
}

/// Reads them; passwords are told in development and tests only.
pub fn entry_points(tx: &mut PlatformTx, config: &Config) -> Result<EntryPoints, DbError> {
    collect(tx, &Origins::of(config))
}

/// How addresses are written on this server.
#[derive(Debug, Clone)]
struct Origins {
    public: PublicOrigin,
    path_mode: bool,
    tell_passwords: bool,
}

impl Origins {
    fn of(config: &Config) -> Self {
        Self {
            public: config.origin(),
            path_mode: config.path_mode(),
            tell_passwords: config.env.is_development(),
        }
    }

    fn url(&self, host: &str, path: &str) -> String {
        format!("{}{path}", self.public.of(host))
    }

    fn link(&self, label: &'static str, host: &str, path: &str) -> Link {
        Link {
            label,
            url: self.url(host, path),
            note: String::new(),
        }
    }

    /// The address by path on this machine's own name, where that works.
    fn by_path(&self, label: &'static str, path: &str) -> Option<Link> {
        self.path_mode.then(|| self.link(label, "localhost", path))
    }

    /// A custom domain; names that no browser resolves by itself come with the way to try them.
    fn custom(&self, host: &str) -> Link {
        let reserved = host.ends_with(".test") || host.ends_with(".example");
        let port = if self.public.port.is_empty() { ":80" } else { &self.public.port };
        let note = if reserved {
            format!("curl --resolve {host}{port}:127.0.0.1, or a line in /etc/hosts")
        } else {
            String::new()
        };
        Link {
            label: "custom domain",
            url: self.url(host, "/"),
            note,
        }
    }

    fn login(&self, role: &str, email: &str) -> Login {
        let is_demo = self.tell_passwords && DEMO_ACCOUNTS.contains(&email);
        Login {
            role: role.replace('_', " "),
            email: email.to_owned(),
            password: is_demo.then_some(DEMO_PASSWORD),
        }
    }
}

fn collect(tx: &mut PlatformTx, origins: &Origins) -> Result<EntryPoints, DbError> {
    let admins = queries::list_admins(tx.conn())?.into_iter().map(|(email, role, platform)| {
        let login = origins.login(&role, &email);
        let of = platform.map(|platform| format!(" of {platform}")).unwrap_or_default();
        Login {
            role: format!("{}{of}", login.role),
            ..login
        }
    });
    let admins = admins.collect();
    let rows = queries::list_platforms(tx.conn())?;
    let host = if origins.path_mode {
        "localhost".to_owned()
    } else {
        rows.first().map(|row| row.domain.clone()).unwrap_or_default()
    };
    let platforms = rows.into_iter().map(|row| platform(tx, origins, row)).collect::<Result<_, _>>()?;
    Ok(EntryPoints {
        server: server(origins, &host),
        admins,
        platforms,
    })
}

fn server(origins: &Origins, host: &str) -> Vec<Link> {
    [
        ("entry points", "/dev"),
        ("mailbox", "/dev/mailbox"),
        ("admin", "/admin"),
        ("store login", "/store/login"),
        ("API", "/api/docs"),
        ("OpenAPI", "/api/openapi.json"),
        ("problems", "/api/v1/errors"),
        ("health", "/health"),
    ]
    .into_iter()
    .filter(|(_, path)| origins.tell_passwords || !path.starts_with("/dev"))
    .map(|(label, path)| origins.link(label, host, path))
    .collect()
}

fn platform(tx: &mut PlatformTx, origins: &Origins, row: PlatformRow) -> Result<PlatformEntry, DbError> {
    let PlatformRow { id, code, name, domain } = row;
    let rows = queries::list_stores(tx.conn(), id, MAX_STORES)?;
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut domains = grouped(queries::list_domains(tx.conn(), &ids)?);
    let staff = queries::list_staff(tx.conn(), &ids)?
        .into_iter()
        .map(|(store, email, role)| (store, origins.login(&role, &email)));
    let mut staff = grouped(staff);
    let shown = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let admin = [
        origins.link("subdomain", &format!("admin.{domain}"), "/"),
        origins.link("path", &domain, "/admin"),
    ];
    let stores = rows.into_iter().map(|row| {
        let (domains, staff) = (
            domains.remove(&row.id).unwrap_or_default(),
            staff.remove(&row.id).unwrap_or_default(),
        );
        store(origins, &domain, row, &domains, staff)
    });
    Ok(PlatformEntry {
        stores: stores.collect(),
        code,
        name,
        admin: admin.into(),
        chooser: vec![origins.link("platform", &domain, "/store/login")],
        modules: queries::list_modules(tx.conn(), id)?,
        more_stores: queries::count_stores(tx.conn(), id)? - shown,
    })
}

fn grouped<T>(pairs: impl IntoIterator<Item = (Uuid, T)>) -> HashMap<Uuid, Vec<T>> {
    let mut groups: HashMap<Uuid, Vec<T>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}

fn store(origins: &Origins, domain: &str, row: StoreRow, domains: &[String], staff: Vec<Login>) -> StoreEntry {
    let StoreRow {
        id: _,
        code,
        subdomain,
        name,
        status,
        currency,
    } = row;
    let host = format!("{subdomain}.{domain}");
    let mut storefront = vec![origins.link("subdomain", &host, "/")];
    storefront.extend(domains.iter().map(|domain| origins.custom(domain)));
    storefront.extend(origins.by_path("path", &format!("/storefront/{code}")));
    let mut dashboard = vec![origins.link("subdomain", &host, "/store/login")];
    dashboard.extend(origins.by_path("path", &format!("/store/{code}/login")));
    let customers = demo_customer(origins, &code);
    StoreEntry {
        code,
        name,
        status,
        currency,
        storefront,
        dashboard,
        staff,
        customers,
    }
}

fn demo_customer(origins: &Origins, code: &str) -> Vec<Login> {
    let password = match code {
        "acme" => DEMO_PASSWORD,
        "globex" => DEMO_PASSWORD_GLOBEX_CUSTOMER,
        _ => return Vec::new(),
    };
    let login = Login {
        role: "customer".to_owned(),
        email: DEMO_CUSTOMER.to_owned(),
        password: Some(password),
    };
    if origins.tell_passwords { vec![login] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origins() -> Origins {
        Origins {
            public: PublicOrigin {
                scheme: "http://".to_owned(),
                port: ":8080".to_owned(),
                domains_resolve: false,
            },
            path_mode: true,
            tell_passwords: true,
        }
    }

    fn acme() -> StoreRow {
        let text = |text: &str| text.to_owned();
        StoreRow {
            id: Uuid::nil(),
            code: text("acme"),
            subdomain: text("acme"),
            name: text("Acme"),
            status: text("active"),
            currency: text("EUR"),
        }
    }

    fn urls(links: &[Link]) -> Vec<&str> {
        links.iter().map(|link| link.url.as_str()).collect()
    }

    #[test]
    fn a_shop_has_an_address_per_mode() {
        let entry = store(&origins(), "orion.localhost", acme(), &["shop.acme.test".to_owned()], Vec::new());
        let expected = [
            "http://acme.orion.localhost:8080/",
            "http://shop.acme.test:8080/",
            "http://localhost:8080/storefront/acme",
        ];
        assert_eq!(urls(&entry.storefront), expected);
        assert!(entry.storefront[1].note.contains("--resolve shop.acme.test:8080:127.0.0.1"));
        assert_eq!(
            urls(&entry.dashboard),
            [
                "http://acme.orion.localhost:8080/store/login",
                "http://localhost:8080/store/acme/login"
            ]
        );
        assert_eq!(entry.customers[0].password, Some("Orion-demo-2026!"));
    }

    #[test]
    fn outside_of_development_no_password_is_told_and_no_path_works() {
        let live = Origins {
            path_mode: false,
            tell_passwords: false,
            ..origins()
        };
        let entry = store(&live, "orion.example", acme(), &[], vec![live.login("owner", "owner@acme.test")]);
        assert_eq!(entry.storefront.len(), 1);
        assert!(entry.customers.is_empty() && entry.staff[0].password.is_none());
        assert!(server(&live, "orion.example").iter().all(|link| !link.url.contains("/dev")));
    }

    #[test]
    fn only_demo_accounts_have_a_known_password() {
        assert!(origins().login("platform_admin", "lite-admin@orion.test").password.is_some());
        assert!(origins().login("owner", "somebody@acme.test").password.is_none());
    }
}
