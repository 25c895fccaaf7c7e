//! `orion import products`: the same import as in the dashboard, with its report on the terminal.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use orion_catalog::WantedImport;
use orion_framework::db::{Actor, ActorKind};
use orion_framework::problem::ModuleError;
use orion_types::import::{Import, StartImport};

use super::database::with_services;

/// What is imported, and how: the words are those of the API.
#[derive(Debug, Args)]
pub struct ProductsArgs {
    /// The store's code.
    #[arg(long)]
    store: String,
    /// Write nothing; the report says what would happen.
    #[arg(long)]
    dry_run: bool,
    /// Which products of the file are taken: both, create (only new ones) or update (only those that are there).
    #[arg(long)]
    mode: Option<String>,
    /// What happens to fields that hold something: overwrite, or empty (only empty ones are filled).
    #[arg(long)]
    fill: Option<String>,
    /// Whether new products are put on sale: file (as it says) or draft.
    #[arg(long)]
    publish: Option<String>,
    /// What becomes of products that an earlier file named and this one does not: keep or archive.
    #[arg(long)]
    missing: Option<String>,
    /// Units of each new variant of a file without quantities; not counted unless told.
    #[arg(long)]
    stock: Option<i32>,
    /// What a column is where that is not what it would be taken for, such as `Material=metadata.material`; once for each.
    #[arg(long = "column", value_name = "HEADING=WORD")]
    columns: Vec<String>,
    /// The file.
    file: PathBuf,
}

impl ProductsArgs {
    fn wanted(&self) -> anyhow::Result<WantedImport> {
        let query = StartImport {
            dry_run: self.dry_run,
            mode: self.mode.clone(),
            fill: self.fill.clone(),
            publish: self.publish.clone(),
            missing: self.missing.clone(),
            stock: self.stock,
            file_name: None,
        };
        let mut columns = BTreeMap::new();
        for column in &self.columns {
            let (heading, word) = column
                .rsplit_once('=')
                .with_context(|| format!("--column {column}: expected HEADING=WORD"))?;
            columns.insert(heading.to_owned(), word.to_owned());
        }
        let wanted = WantedImport::read(&query).and_then(|wanted| wanted.with_columns(columns));
        wanted.map_err(|error| {
            let wrong: Vec<String> = error
                .problem()
                .errors
                .iter()
                .map(|field| format!("{}: {}", field.parameter.as_deref().unwrap_or(&field.pointer), field.detail))
                .collect();
            anyhow::anyhow!(wrong.join("; "))
        })
    }
}

/// Imports a product file and prints the report; fails when rows were refused.
pub async fn products(args: ProductsArgs) -> anyhow::Result<()> {
    let wanted = args.wanted()?;
    let ProductsArgs { store, file, .. } = args;
    let content = tokio::fs::File::open(&file)
        .await
        .with_context(|| format!("reading {}", file.display()))?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let code = store;
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
            impersonation: None,
        };
        let progress = |done: &Import| eprint!("\r{} of {} rows", done.processed_rows, done.total_rows);
        let access = services.access(&store, actor);
        let report = orion_catalog::import_products(&access, &name, content, wanted, progress).await?;
        eprintln!();
        let id = report.id;
        let errors = access
            .read(move |tx| orion_catalog::list_import_errors(tx, id, None, None, Some(100)))
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
    if import.left_count + import.missing_count > 0 {
        println!(
            "  {} left out by choice, {} not named and archived",
            import.left_count, import.missing_count
        );
    }
    if let Some(failure) = &import.failure {
        println!("  {failure}");
    }
}
