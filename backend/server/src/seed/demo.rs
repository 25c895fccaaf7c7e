//! The demo shops: written where they are missing, left alone where they are. Outside of development by force only.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use orion_demo::StoreStatus;
use orion_framework::Backend;

use super::platforms::{People, platforms};
use super::{pictures, shop};

/// How the demo shops are written.
#[derive(Debug, Clone, Copy, Default)]
pub struct DemoOptions {
    /// Outside of development too.
    pub force: bool,
    /// Leave them out: most of the time goes into scaling them.
    pub no_pictures: bool,
}

/// Writes the demo platforms, people and shops. A second run finds everything and writes nothing.
pub async fn demo(services: &Arc<Backend>, options: DemoOptions) -> anyhow::Result<()> {
    super::allowed(services.config.env, options.force)?;
    let start = Instant::now();
    let people = People::ensure(services).await.context("people")?;
    let platforms = platforms(services).await.context("platforms")?;
    let mut written = 0;
    for demo in orion_demo::stores() {
        let (store, is_new) = shop::ensure(services, &platforms, &people, demo)
            .await
            .with_context(|| format!("store {}", demo.code))?;
        if shop::is_complete(services, &store).await? {
            continue;
        }
        if is_new {
            tracing::info!(store = demo.code, "writing a demo shop");
        }
        shop::fill(services, &store, demo)
            .await
            .with_context(|| format!("products of {}", demo.code))?;
        if !options.no_pictures {
            pictures::add(services, &store, demo)
                .await
                .with_context(|| format!("pictures of {}", demo.code))?;
        }
        #[cfg(feature = "orders")]
        super::orders::place(services, &store, demo)
            .await
            .with_context(|| format!("orders of {}", demo.code))?;
        shop::complete(services, &store).await?;
        if demo.status == StoreStatus::Suspended {
            shop::suspend(services, &store).await?;
        }
        written += 1;
    }
    if written > 0 {
        let worker = crate::server::worker(services.clone())?;
        worker.run_jobs_until_idle().await?;
        tracing::info!(shops = written, seconds = start.elapsed().as_secs(), "the demo shops are written");
    }
    Ok(())
}
