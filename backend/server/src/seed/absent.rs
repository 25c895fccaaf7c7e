//! A program without the demo: its commands say so.

use std::sync::Arc;

use anyhow::bail;
use orion_framework::Backend;
use orion_framework::config::Environment;

/// How the demo shops would be written.
#[derive(Debug, Clone, Copy, Default)]
pub struct DemoOptions {
    /// Outside of development too.
    pub force: bool,
    /// Without pictures.
    pub no_pictures: bool,
}

/// Whether demo shops and load data may be written.
///
/// # Errors
/// Always: they are not in this program.
pub fn allowed(_: Environment, _: bool) -> anyhow::Result<()> {
    bail!("demo shops and load data are not in this program; build it with the feature demo")
}

/// Writes the demo shops.
///
/// # Errors
/// As [`allowed`].
pub async fn demo(services: &Arc<Backend>, options: DemoOptions) -> anyhow::Result<()> {
    allowed(services.config.env, options.force)
}

/// Writes load data.
///
/// # Errors
/// As [`allowed`].
pub async fn load(services: &Arc<Backend>, _: &str, force: bool) -> anyhow::Result<()> {
    allowed(services.config.env, force)
}
