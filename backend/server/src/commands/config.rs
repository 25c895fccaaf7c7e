//! `orion config show`.

use orion_framework::config::Config;

/// Prints the effective configuration.
pub fn show() -> anyhow::Result<()> {
    print!("{}", Config::load()?.describe());
    Ok(())
}
