//! Where a host and a path lead: the one function behind every request, `orion debug resolve` and `/debug/resolve`.

use std::borrow::Cow;
use std::sync::Arc;

use super::classify::{HostKind, is_probe};
use super::{Area, Directory, HostOwner, PlatformContext, Route, StoreContext, classify, host};
use crate::db::DbError;
use crate::fault::{self, Fault};
use crate::http::stack::normalise_path;

/// Where a request leads.
#[derive(Debug)]
pub struct Resolved<'a> {
    /// The normalised host; empty where there is none, which a probe does not mind.
    pub host: String,
    /// The area.
    pub area: Area,
    /// The platform of the host, where it is one of a platform.
    pub platform: Option<Arc<PlatformContext>>,
    /// The store that the host or the path names.
    pub store: Option<StoreContext>,
    /// What is taken off the path and put back onto links.
    pub base: String,
    /// What becomes of it.
    pub outcome: Outcome<'a>,
}

/// What becomes of a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome<'a> {
    /// The area answers it under this path.
    Served(Cow<'a, str>),
    /// It belongs to another path of this host, or to another address; the query goes along.
    Redirect(String),
    /// Nobody lives at the host.
    UnknownHost,
    /// The host has no such path.
    Nowhere,
}

impl<'a> Resolved<'a> {
    fn new() -> Self {
        Self {
            host: String::new(),
            area: Area::Platform,
            platform: None,
            store: None,
            base: String::new(),
            outcome: Outcome::Nowhere,
        }
    }

    fn with(self, outcome: Outcome<'a>) -> Self {
        Self { outcome, ..self }
    }
}

/// Finds out whom a request is for: host and path as they arrived.
///
/// # Errors
/// When the database had to be asked and did not answer.
pub async fn resolve<'a>(directory: &Directory, path_mode: bool, raw_host: &str, raw_path: &'a str) -> Result<Resolved<'a>, DbError> {
    let mut found = Resolved::new();
    let Some(clean) = normalise_path(raw_path) else {
        return Ok(found);
    };
    if is_probe(&clean) {
        found.area = Area::Probe;
        // An address or nonsense as often as not, and answered all the same.
        found.host = host::normalise(raw_host).unwrap_or_default().into_owned();
        return Ok(found.with(Outcome::Served(clean)));
    }
    assert!(!fault::is_armed(Fault::Tenancy), "a fault on purpose");
    let Some(name) = host::normalise(raw_host) else {
        return Ok(found.with(Outcome::UnknownHost));
    };
    found.host = name.into_owned();
    let kind = match directory.owner(&found.host).await? {
        HostOwner::Platform(platform) => {
            found.platform = Some(platform);
            HostKind::Platform { path_mode }
        }
        HostOwner::Admin(platform) => {
            found.platform = Some(platform);
            HostKind::Admin
        }
        HostOwner::Store {
            store,
            redirect_to: Some(primary),
        } if leaves(&store, &found.host, &clean) => {
            let location = format!("{}{raw_path}", store.origin_of(&primary));
            return Ok(found.with(Outcome::Redirect(location)));
        }
        HostOwner::Store { store, .. } => {
            found.platform = Some(store.platform.clone());
            found.store = Some(store);
            HostKind::Store
        }
        HostOwner::Loopback => HostKind::Platform { path_mode },
        HostOwner::Unknown => return Ok(found.with(Outcome::UnknownHost)),
    };
    into_area(directory, found, kind, clean).await
}

/// Whether a path of a host beside the store's primary one belongs there. Programs are answered where they ask: many follow no redirect, and
/// none takes its credentials along. Pictures are, too: pages that are kept somewhere name them there, and a dashboard shows none of another
/// host. Of the label it is the shop alone that moves, since the dashboard lives there.
fn leaves(store: &StoreContext, host: &str, clean: &str) -> bool {
    let area = match classify(HostKind::Store, clean) {
        Route::To { area, .. } | Route::Prefixed { area, .. } => Some(area),
        Route::Nowhere => None,
    };
    let stays = ["/api/", "/media/", "/oauth/", "/.well-known/oauth-"]
        .iter()
        .any(|start| clean.starts_with(start));
    !stays && (host != store.subdomain_host() || area == Some(Area::Storefront))
}

async fn into_area<'a>(
    directory: &Directory,
    mut found: Resolved<'a>,
    kind: HostKind,
    clean: Cow<'a, str>,
) -> Result<Resolved<'a>, DbError> {
    let (code, base) = match classify(kind, &clean) {
        Route::To { area, code, base } => {
            found.area = area;
            (code, base.to_owned())
        }
        Route::Prefixed { area, code } => {
            found.area = area;
            let outcome = behind_prefix(directory, found.store.as_ref(), area, code, &clean).await?;
            return Ok(found.with(outcome.unwrap_or(Outcome::Served(clean))));
        }
        Route::Nowhere => return Ok(found),
    };
    if let Some(code) = code {
        let lower = code.to_ascii_lowercase();
        let Some(store) = directory.store_by_code(&lower).await? else {
            return Ok(found);
        };
        if lower != code {
            let prefix = &base[..base.len() - code.len()];
            let location = format!("{prefix}{lower}{}", &clean[base.len()..]);
            return Ok(found.with(Outcome::Redirect(location)));
        }
        // On a platform's host the path may only name that platform's stores.
        if found.platform.as_ref().is_some_and(|platform| platform.id != store.platform.id) {
            return Ok(found);
        }
        found.store = Some(store);
    }
    let path = routed(clean, &base);
    found.base = base;
    Ok(found.with(Outcome::Served(path)))
}

/// A store's own host needs no prefix. Its own code there leads to the same page without it; another store's is no way to switch. `None`:
/// what follows is no store, but a page of the dashboard.
async fn behind_prefix(
    directory: &Directory,
    own: Option<&StoreContext>,
    area: Area,
    code: &str,
    clean: &str,
) -> Result<Option<Outcome<'static>>, DbError> {
    let (prefix, kept) = if area == Area::Store {
        ("/store", "/store")
    } else {
        ("/storefront", "")
    };
    let redirect = |rest: &str| match format!("{kept}{rest}") {
        root if root.is_empty() => Outcome::Redirect("/".to_owned()),
        path => Outcome::Redirect(path),
    };
    let after = &clean[prefix.len()..];
    let lower = code.to_ascii_lowercase();
    if own.is_some_and(|store| store.code == lower) {
        return Ok(Some(redirect(&after[1 + code.len()..])));
    }
    if !lower.is_empty() && directory.store_by_code(&lower).await?.is_some() {
        return Ok(Some(Outcome::Nowhere));
    }
    Ok((area == Area::Storefront).then(|| redirect(after)))
}

/// The path as the routes know it. Dashboards keep `/store` in their paths on every host, so in path mode only the code is taken out:
/// `/store/acme/dashboard` is `/store/dashboard` to the pages.
fn routed<'a>(clean: Cow<'a, str>, base: &str) -> Cow<'a, str> {
    let rest = &clean[base.len()..];
    if base.is_empty() {
        clean
    } else if base.starts_with("/store/") && !rest.starts_with("/api/") {
        Cow::Owned(format!("/store{rest}"))
    } else if rest.is_empty() {
        Cow::Owned("/".to_owned())
    } else {
        Cow::Owned(rest.to_owned())
    }
}
