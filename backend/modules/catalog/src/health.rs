//! How the module feels.

use std::time::Duration;

use futures_util::FutureExt;
use orion_framework::health::HealthCheck;

/// What the module looks at: without its storage there are no pictures, and no files to import.
pub(crate) static CHECKS: &[HealthCheck] = &[HealthCheck {
    name: "catalog.storage",
    timeout: Duration::from_secs(2),
    only_degrades: false,
    run: |services| async move { services.storage.probe().await.map_err(|error| error.to_string()) }.boxed(),
}];
