//! `orion backup` and `orion restore`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use orion_backup::{BackupError, Manifest, Restore, Save};
use orion_framework::config::Config;

use super::database::Database;
use super::serve::Stop;

/// What to keep.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// Only the store with this code.
    #[arg(long)]
    store: Option<String>,
    /// Leave pictures and other files out.
    #[arg(long)]
    no_files: bool,
    /// The file to make; one that is there is left alone.
    file: PathBuf,
}

/// What to bring back.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// Only read the file and say whether it is whole.
    #[arg(long, conflicts_with_all = ["store", "replace", "platform", "no_files"])]
    check: bool,
    /// Only the store with this code, beside the others that the database has.
    #[arg(long)]
    store: Option<String>,
    /// Put the store of the file in the place of the one that the database has.
    #[arg(long, requires = "store")]
    replace: bool,
    /// Bring the store to the platform with this code instead of the one that it was on.
    #[arg(long, requires = "store")]
    platform: Option<String>,
    /// Leave pictures and other files in the archive.
    #[arg(long)]
    no_files: bool,
    /// The file.
    file: PathBuf,
}

/// Makes a backup and says what is in it.
pub async fn backup(args: BackupArgs) -> anyhow::Result<()> {
    let storage = Config::load()?.storage_dir();
    let file = args.file.clone();
    let manifest = on_database(move |url| {
        orion_backup::save(&Save {
            url,
            storage: (!args.no_files).then_some(storage.as_path()),
            store: args.store.as_deref(),
            file: &args.file,
            program: env!("CARGO_PKG_VERSION"),
        })
    })
    .await?;
    println!("{}: {}", file.display(), summary(&manifest));
    for name in &manifest.vanished {
        eprintln!("gone before it could be read, and not in the backup: {name}");
    }
    Ok(())
}

/// Checks a backup, or brings it back.
pub async fn restore(args: RestoreArgs) -> anyhow::Result<()> {
    let file = args.file.clone();
    if args.check {
        let manifest = tokio::task::spawn_blocking(move || orion_backup::check(&args.file)).await??;
        println!("{} is whole: {}", file.display(), summary(&manifest));
        return Ok(());
    }
    let storage = Config::load()?.storage_dir();
    let store = args.store.clone();
    let manifest = on_database(move |url| {
        orion_backup::restore(&Restore {
            url,
            storage: (!args.no_files).then_some(storage.as_path()),
            file: &args.file,
            store: args.store.as_deref(),
            platform: args.platform.as_deref(),
            replace: args.replace,
        })
    })
    .await?;
    match store {
        Some(store) => println!("The store {store} is back, as it was at {}.", manifest.made_at),
        None => println!("Everything is back, as it was at {}: {}", manifest.made_at, summary(&manifest)),
    }
    Ok(())
}

/// Works on the database as its owner. What was begun ends, whoever asks for the end meanwhile: half an archive is none.
async fn on_database(work: impl FnOnce(&str) -> Result<Manifest, BackupError> + Send + 'static) -> anyhow::Result<Manifest> {
    let _stop = Stop::listen()?;
    let database = Database::open(&Config::load()?).await?;
    let url = database.direct_url().to_owned();
    let done = tokio::task::spawn_blocking(move || work(&url)).await;
    database.close().await?;
    done.context("the work was broken off")?.map_err(anyhow::Error::from)
}

fn summary(manifest: &Manifest) -> String {
    let of = match &manifest.store {
        Some(store) => format!("the store {}", store.code),
        None => "all stores".to_owned(),
    };
    format!(
        "{of}, {} rows of {} tables, {} files of {} bytes",
        manifest.rows(),
        manifest.tables.len(),
        manifest.files,
        manifest.file_bytes
    )
}
