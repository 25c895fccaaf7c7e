//! Commands that only look.

use orion_framework::tenancy::classify::{HostKind, classify};
use orion_framework::tenancy::host::normalise;
use orion_framework::tenancy::{HostOwner, Route};

use super::database::with_services;
use crate::{app, modules};

/// Prints the OpenAPI document; needs no database.
pub fn openapi() -> anyhow::Result<()> {
    let document = app::document(&modules::registry()?);
    println!("{}", serde_json::to_string_pretty(&document)?);
    Ok(())
}

/// Prints every entry point and login.
pub async fn urls() -> anyhow::Result<()> {
    with_services(|services| async move {
        println!("{}", orion_devtools::entry_points(&services).await?);
        Ok(())
    })
    .await
}

/// Says which area and store a path on a host leads to.
pub async fn resolve(host: &str, path: &str) -> anyhow::Result<()> {
    let (host, path) = (host.to_owned(), path.to_owned());
    with_services(|services| async move {
        let Some(name) = normalise(&host) else {
            anyhow::bail!("{host:?} is no host name")
        };
        let path_mode = services.config.path_mode();
        let kind = match services.directory.owner(&name).await? {
            HostOwner::Unknown => anyhow::bail!("nobody lives at {name}: 404"),
            HostOwner::Admin(_) => HostKind::Admin,
            HostOwner::Store { store, redirect_to } => {
                println!(
                    "store {} (redirects to {})",
                    store.code,
                    redirect_to.as_deref().unwrap_or("nowhere")
                );
                HostKind::Store
            }
            HostOwner::Platform(_) | HostOwner::Loopback => HostKind::Platform { path_mode },
        };
        match classify(kind, &path) {
            Route::To { area, code, base } => println!("area {area:?}, store code {}, base {base:?}", code.unwrap_or("none")),
            Route::Redirect(to) => println!("redirects to {to}"),
            Route::Nowhere => println!("404"),
        }
        Ok(())
    })
    .await
}
