//! `orion import products`: the same import as in the dashboard, with its report on the terminal.

use std::path::Path;

use anyhow::Context;
use orion_framework::db::{Actor, ActorKind};
use orion_types::import::Import;

use super::database::with_services;

/// Imports a product file and prints the report; fails when rows were refused.
pub async fn products(store: &str, dry_run: bool, file: &Path) -> anyhow::Result<()> {
    let content = tokio::fs::File::open(file)
        .await
        .with_context(|| format!("reading {}", file.display()))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let code = store.to_owned();
    let (report, errors) = with_services(|services| async move {
        let store = services
            .directory
            .store_by_code(&code)
            .await?
            .with_context(|| format!("there is no store {code:?}"))?;
        let actor = Actor {
            kind: ActorKind::Cli,
            id: None,
            label: "orion import".to_owned(),
        };
        let progress = |done: &Import| eprint!("\r{} of {} rows", done.processed_rows, done.total_rows);
        let report = orion_catalog::import_products(&services, &store, actor, &name, content, dry_run, progress).await?;
        eprintln!();
        let id = report.id;
        let errors = services
            .store_read(&store, Actor::system("orion import"), move |tx| {
                orion_catalog::list_import_errors(tx, id, None, None, Some(100))
            })
            .await?;
        Ok((report, errors))
    })
    .await?;
    print(&report);
    for error in &errors.data {
        println!("  line {}, column {}: {} ({})", error.line, error.column, error.detail, error.code);
    }
    anyhow::ensure!(
        report.failure.is_none() && report.failed_count == 0,
        "the file was not imported completely"
    );
    Ok(())
}

fn print(import: &Import) {
    let mode = if import.dry_run { " (dry run, nothing was written)" } else { "" };
    println!(
        "{}: {} rows{mode}\n  {} products created, {} updated, {} unchanged, {} refused\n  {} pictures to fetch, {} fetched, {} failed",
        import.file_name,
        import.total_rows,
        import.created_count,
        import.updated_count,
        import.unchanged_count,
        import.failed_count,
        import.images.pending,
        import.images.ready,
        import.images.failed,
    );
    if let Some(failure) = &import.failure {
        println!("  {failure}");
    }
}
