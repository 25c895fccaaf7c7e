//! Which area a path belongs to: one function, tested as a table.

use orion_types::menu::StorePage;

/// The part of the server that a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area {
    /// The platform's administration.
    Admin,
    /// A store's dashboard.
    Store,
    /// A store's shop.
    Storefront,
    /// The platform's own pages.
    Platform,
    /// Probes, metrics, assets: no tenant, no database.
    Probe,
}

/// What kind of host asked, as far as paths are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HostKind {
    /// A store's host.
    Store,
    /// `admin.` below a platform.
    Admin,
    /// The platform's domain or, in development, the loopback name; paths name the store when `path_mode` is on.
    Platform {
        /// Whether `/storefront/{code}` and `/store/{code}` work.
        path_mode: bool,
    },
}

/// Where a path leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route<'a> {
    /// To an area.
    To {
        /// The area.
        area: Area,
        /// The store's code in path mode.
        code: Option<&'a str>,
        /// What is taken off the path before routing and put back onto links.
        base: &'a str,
    },
    /// On a store's own host: behind the prefix that names a store elsewhere, with what may be a store's code.
    Prefixed {
        /// The shop or the dashboard.
        area: Area,
        /// The first segment behind the prefix; empty when there is none.
        code: &'a str,
    },
    /// Nowhere.
    Nowhere,
}

/// Pages of a dashboard that no module declares.
const OWN: [&str; 3] = ["account", "authorize", "invitation"];

/// First segments below `/store` on the platform's host that are pages of the store chooser and no codes.
const CHOOSER: [&str; 8] = ["", "login", "password", "email", "stores", "sign-up", "dashboard", "api"];

/// Whether the path needs no tenant: probes arrive with an address as Host, assets are the same for all.
pub fn is_probe(path: &str) -> bool {
    path.starts_with("/assets/")
        || path == "/health"
        || path.starts_with("/health/")
        || matches!(path, "/metrics" | "/livez" | "/readyz" | "/favicon.ico")
        || path.starts_with("/internal/")
        // Whoever gives certificates asks at the plain address of a host that may lead here for the first time.
        || path.starts_with("/.well-known/acme-challenge/")
}

/// Decides by whole segments: `/storefront` is never taken for `/store`.
pub fn classify<'a>(host: HostKind, path: &'a str) -> Route<'a> {
    if is_probe(path) {
        return to(Area::Probe, None, "");
    }
    let (first, after_first) = segment(path);
    if first == "api" {
        return api(host, path);
    }
    match (host, first) {
        (HostKind::Store, "store") => dashboard(after_first),
        (HostKind::Store, "storefront") => Route::Prefixed {
            area: Area::Storefront,
            code: segment(after_first).0,
        },
        (HostKind::Store, "admin" | "dev" | "debug") => Route::Nowhere,
        (HostKind::Store, _) => to(Area::Storefront, None, ""),
        (HostKind::Admin, "store" | "storefront" | "dev") => Route::Nowhere,
        (HostKind::Admin, _) => to(Area::Admin, None, ""),
        (HostKind::Platform { .. }, "admin") => to(Area::Admin, None, ""),
        (HostKind::Platform { path_mode }, "store") => store_by_path(path, after_first, path_mode),
        (HostKind::Platform { path_mode: true }, "storefront") => storefront_by_path(path, after_first),
        (HostKind::Platform { .. }, "storefront") => Route::Nowhere,
        (HostKind::Platform { .. }, _) => to(Area::Platform, None, ""),
    }
}

fn to<'a>(area: Area, code: Option<&'a str>, base: &'a str) -> Route<'a> {
    Route::To { area, code, base }
}

fn api(host: HostKind, path: &str) -> Route<'_> {
    let area = path.strip_prefix("/api/v1/").map(|rest| segment_of(rest).0);
    match (host, area) {
        (HostKind::Store, Some("store")) => to(Area::Store, None, ""),
        (HostKind::Store, Some("admin")) => Route::Nowhere,
        (HostKind::Store, _) => to(Area::Storefront, None, ""),
        (HostKind::Admin, Some("store" | "storefront")) => Route::Nowhere,
        (HostKind::Admin, _) => to(Area::Admin, None, ""),
        (HostKind::Platform { .. }, Some("admin")) => to(Area::Admin, None, ""),
        (HostKind::Platform { .. }, Some("store")) => to(Area::Store, None, ""),
        (HostKind::Platform { .. }, Some("storefront")) => Route::Nowhere,
        (HostKind::Platform { .. }, _) => to(Area::Platform, None, ""),
    }
}

/// On a store's own host the dashboard's pages win over codes: a store that is called like a page takes nothing from the others.
fn dashboard(rest: &str) -> Route<'_> {
    let (page, _) = segment(rest);
    if CHOOSER.contains(&page) || OWN.contains(&page) || StorePage::leads_to(page) {
        to(Area::Store, None, "")
    } else {
        Route::Prefixed {
            area: Area::Store,
            code: page,
        }
    }
}

/// `/store` alone is the store chooser; `/store/acme/…` is a dashboard, in path mode.
fn store_by_path<'a>(path: &'a str, rest: &'a str, path_mode: bool) -> Route<'a> {
    let (code, after) = segment(rest);
    if CHOOSER.contains(&code) {
        let base = if code == "api" { "/store" } else { "" };
        return to(Area::Store, None, base);
    }
    if !path_mode {
        return Route::Nowhere;
    }
    // The dashboard's pages live below /store on every host, so only the code is taken off them; the API is at the root.
    to(Area::Store, Some(code), &path[..path.len() - after.len()])
}

fn storefront_by_path<'a>(path: &'a str, rest: &'a str) -> Route<'a> {
    let (code, after) = segment(rest);
    if code.is_empty() {
        return Route::Nowhere;
    }
    to(Area::Storefront, Some(code), &path[..path.len() - after.len()])
}

/// The first segment and what follows it, slash included.
fn segment(path: &str) -> (&str, &str) {
    segment_of(path.strip_prefix('/').unwrap_or(path))
}

fn segment_of(path: &str) -> (&str, &str) {
    match path.find('/') {
        Some(end) => path.split_at(end),
        None => (path, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLATFORM: HostKind = HostKind::Platform { path_mode: true };
    const PRODUCTION: HostKind = HostKind::Platform { path_mode: false };

    fn prefixed(area: Area, code: &str) -> Route<'_> {
        Route::Prefixed { area, code }
    }

    #[test]
    fn every_path_has_its_area() {
        let table: &[(HostKind, &str, Route<'_>)] = &[
            (HostKind::Store, "/", to(Area::Storefront, None, "")),
            (HostKind::Store, "/products/mug", to(Area::Storefront, None, "")),
            (HostKind::Store, "/stores", to(Area::Storefront, None, "")),
            (HostKind::Store, "/storex", to(Area::Storefront, None, "")),
            (HostKind::Store, "/store", to(Area::Store, None, "")),
            (HostKind::Store, "/store/", to(Area::Store, None, "")),
            (HostKind::Store, "/store/dashboard", to(Area::Store, None, "")),
            (HostKind::Store, "/store/products/new", to(Area::Store, None, "")),
            (HostKind::Store, "/store/account", to(Area::Store, None, "")),
            (HostKind::Store, "/store/password/new", to(Area::Store, None, "")),
            (HostKind::Store, "/store/email", to(Area::Store, None, "")),
            (HostKind::Store, "/store/invitation", to(Area::Store, None, "")),
            (HostKind::Store, "/store/authorize", to(Area::Store, None, "")),
            (HostKind::Store, "/store/api/v1/store/me", to(Area::Store, None, "")),
            (HostKind::Store, "/store/globex/dashboard", prefixed(Area::Store, "globex")),
            (HostKind::Store, "/storefront", prefixed(Area::Storefront, "")),
            (HostKind::Store, "/storefront/globex/products", prefixed(Area::Storefront, "globex")),
            (HostKind::Store, "/debug/resolve", Route::Nowhere),
            (HostKind::Store, "/admin", Route::Nowhere),
            (HostKind::Store, "/admin/stores", Route::Nowhere),
            (HostKind::Store, "/administer", to(Area::Storefront, None, "")),
            (HostKind::Store, "/api/v1/store/products", to(Area::Store, None, "")),
            (HostKind::Store, "/api/v1/storefront/products", to(Area::Storefront, None, "")),
            (HostKind::Store, "/api/v1/admin/stores", Route::Nowhere),
            (HostKind::Admin, "/", to(Area::Admin, None, "")),
            (HostKind::Admin, "/api/v1/admin/stores", to(Area::Admin, None, "")),
            (HostKind::Admin, "/store/dashboard", Route::Nowhere),
            (HostKind::Admin, "/storefront/acme", Route::Nowhere),
            (HostKind::Admin, "/api/v1/storefront/products", Route::Nowhere),
            (PLATFORM, "/", to(Area::Platform, None, "")),
            (PLATFORM, "/admin/login", to(Area::Admin, None, "")),
            (PLATFORM, "/storefront/acme", to(Area::Storefront, Some("acme"), "/storefront/acme")),
            (
                PLATFORM,
                "/storefront/acme/products",
                to(Area::Storefront, Some("acme"), "/storefront/acme"),
            ),
            (PLATFORM, "/storefront", Route::Nowhere),
            (PLATFORM, "/store/acme/dashboard", to(Area::Store, Some("acme"), "/store/acme")),
            (
                PLATFORM,
                "/store/acme/api/v1/store/products",
                to(Area::Store, Some("acme"), "/store/acme"),
            ),
            (PLATFORM, "/store", to(Area::Store, None, "")),
            (PLATFORM, "/store/login", to(Area::Store, None, "")),
            (PLATFORM, "/store/acme/invitation", to(Area::Store, Some("acme"), "/store/acme")),
            (PRODUCTION, "/store/password/new", to(Area::Store, None, "")),
            (PRODUCTION, "/store/email", to(Area::Store, None, "")),
            (PRODUCTION, "/store/sign-up", to(Area::Store, None, "")),
            (PRODUCTION, "/store/sign-up/confirm", to(Area::Store, None, "")),
            (HostKind::Store, "/store/sign-up/enter", to(Area::Store, None, "")),
            (PLATFORM, "/store/api/v1/store/auth/login", to(Area::Store, None, "/store")),
            (PLATFORM, "/api/v1/store/me", to(Area::Store, None, "")),
            (PLATFORM, "/api/v1/storefront/products", Route::Nowhere),
            (PRODUCTION, "/storefront/acme", Route::Nowhere),
            (PRODUCTION, "/store/acme/dashboard", Route::Nowhere),
            (HostKind::Store, "/health/live", to(Area::Probe, None, "")),
            (HostKind::Store, "/.well-known/acme-challenge/abc", to(Area::Probe, None, "")),
            (HostKind::Store, "/.well-known/acme", to(Area::Storefront, None, "")),
            (HostKind::Store, "/healthy", to(Area::Storefront, None, "")),
            (HostKind::Store, "/assets/store/app.js", to(Area::Probe, None, "")),
        ];
        for (host, path, expected) in table {
            assert_eq!(&classify(*host, path), expected, "{host:?} {path}");
        }
    }
}
