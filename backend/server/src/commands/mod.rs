//! The commands of `orion`.

mod accounts;
mod audit;
mod backup;
mod certificates;
mod config;
mod database;
mod import;
mod inspect;
mod new;
mod serve;
#[cfg(feature = "webhooks")]
mod webhooks;

use clap::{Parser, Subcommand};

use crate::openapi::{Area, Form};
use crate::seed::DemoOptions;

/// The multi-tenant commerce platform in one binary.
#[derive(Debug, Parser)]
#[command(version, about)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the shops, dashboards and the admin; jobs run in the same process unless switched off.
    Serve {
        /// Write the demo shops first, where they are not there yet (development only).
        #[arg(long)]
        demo: bool,
        /// How the log is written, in place of `ORION_LOG_FORMAT`.
        #[arg(long, value_enum)]
        log: Option<serve::LogFormat>,
        /// Leave the database as it is: for a login that does not own it, after `orion migrate` by one that does.
        #[arg(long, conflicts_with = "demo")]
        no_migrate: bool,
    },
    /// Only run jobs and deliver events.
    Worker,
    /// Bring the database up to date.
    Migrate {
        /// Only say what would run.
        #[arg(long)]
        plan: bool,
    },
    /// Keep everything, or one store, in a file that is read back before it counts.
    Backup(backup::BackupArgs),
    /// Bring back what `orion backup` has kept, or only check it.
    Restore(backup::RestoreArgs),
    /// Write the demo shops, or load data.
    Seed {
        /// Generate load data instead, such as `products=1000,stores=100`.
        #[arg(long)]
        scale: Option<String>,
        /// Outside of development too, with passwords that everybody knows.
        #[arg(long)]
        force: bool,
        /// The demo shops without their pictures, which take most of the time; a later run adds none.
        #[arg(long, conflicts_with = "scale")]
        no_pictures: bool,
    },
    /// Make administrators.
    Admin {
        #[command(subcommand)]
        what: AdminWhat,
    },
    /// Work with the audit log.
    Audit {
        #[command(subcommand)]
        what: AuditWhat,
    },
    /// Look after the certificates that the server asks for itself.
    Certificates {
        #[command(subcommand)]
        what: CertificatesWhat,
    },
    /// Make platforms.
    Platform {
        #[command(subcommand)]
        what: PlatformWhat,
    },
    /// Import a file into a store.
    Import {
        #[command(subcommand)]
        what: ImportWhat,
    },
    /// Work with webhooks.
    #[cfg(feature = "webhooks")]
    Webhooks {
        #[command(subcommand)]
        what: WebhooksWhat,
    },
    /// Print the OpenAPI document.
    Openapi {
        /// Of which area.
        #[arg(long, value_enum, default_value = "all")]
        area: Area,
        /// In which version of OpenAPI.
        #[arg(long, value_enum, default_value = "3.1")]
        form: Form,
    },
    /// Print every route of the APIs.
    Routes {
        /// Also who passes: `anybody`, `customer`, `staff` with the rights that are needed, or `admin`.
        #[arg(long)]
        auth: bool,
    },
    /// Print every entry point and login of the demo shops.
    Urls,
    /// Show the effective configuration, secrets masked.
    Config {
        #[command(subcommand)]
        what: ConfigWhat,
    },
    /// Write a module or a page from the templates of a clone, to begin with.
    New {
        #[command(subcommand)]
        what: new::NewWhat,
    },
    /// Look inside.
    Debug {
        #[command(subcommand)]
        what: DebugWhat,
    },
}

#[derive(Debug, Subcommand)]
enum AdminWhat {
    /// Make a super admin; the password comes from a file, from standard input or from the terminal.
    Create(accounts::NewAdmin),
    /// Take the second factor away from somebody who has lost it; their sessions end, and they get a mail.
    ResetSecondFactor(accounts::LostFactor),
}

#[derive(Debug, Subcommand)]
enum AuditWhat {
    /// Look whether entries were changed, removed or put in later; ends with 1 when some were.
    Verify(audit::VerifyArgs),
}

#[derive(Debug, Subcommand)]
enum CertificatesWhat {
    /// Print every host with how it stands.
    List,
    /// Ask for the certificate of a host now, whenever it would be due.
    Renew {
        /// The host.
        host: String,
    },
}

#[derive(Debug, Subcommand)]
enum PlatformWhat {
    /// Make a platform.
    Create(accounts::NewPlatformArgs),
}

#[derive(Debug, Subcommand)]
enum ImportWhat {
    /// Products, from a file of Shopify or of another system.
    Products(import::ProductsArgs),
}

#[cfg(feature = "webhooks")]
#[derive(Debug, Subcommand)]
enum WebhooksWhat {
    /// Print what a store tells, as it happens, beside a server that runs on this machine.
    Listen(webhooks::ListenArgs),
}

#[derive(Debug, Subcommand)]
enum ConfigWhat {
    /// Print every key with its value.
    Show,
}

#[derive(Debug, Subcommand)]
enum DebugWhat {
    /// Say which area and store a path leads to.
    Resolve {
        /// The path, such as `/storefront/acme/products`.
        path: String,
        /// The host; the platform's own unless told.
        #[arg(long, default_value = "localhost")]
        host: String,
    },
}

/// Runs a command.
pub async fn run(cli: Cli) -> anyhow::Result<()> {
    match cli.command {
        Command::Serve { demo, log, no_migrate } => serve::serve(serve::ServeOptions { demo, log, no_migrate }).await,
        Command::Worker => serve::worker().await,
        Command::Migrate { plan } => database::migrate(plan).await,
        Command::Backup(args) => backup::backup(args).await,
        Command::Restore(args) => backup::restore(args).await,
        Command::Seed { scale, force, no_pictures } => database::seed(scale, DemoOptions { force, no_pictures }).await,
        Command::Import {
            what: ImportWhat::Products(wanted),
        } => import::products(wanted).await,
        Command::Admin {
            what: AdminWhat::Create(new),
        } => accounts::create_admin(new).await,
        Command::Admin {
            what: AdminWhat::ResetSecondFactor(lost),
        } => accounts::reset_second_factor(lost).await,
        Command::Audit {
            what: AuditWhat::Verify(args),
        } => audit::verify(args).await,
        Command::Certificates {
            what: CertificatesWhat::List,
        } => certificates::list().await,
        Command::Certificates {
            what: CertificatesWhat::Renew { host },
        } => certificates::renew(&host).await,
        Command::Platform {
            what: PlatformWhat::Create(new),
        } => accounts::create_platform(new).await,
        #[cfg(feature = "webhooks")]
        Command::Webhooks {
            what: WebhooksWhat::Listen(args),
        } => webhooks::listen(args).await,
        Command::Routes { auth } => inspect::routes(auth),
        Command::Openapi { area, form } => inspect::openapi(area, form),
        Command::New { what } => new::run(what),
        Command::Urls => inspect::urls().await,
        Command::Config { what: ConfigWhat::Show } => config::show(),
        Command::Debug {
            what: DebugWhat::Resolve { path, host },
        } => inspect::resolve(&host, &path).await,
    }
}
