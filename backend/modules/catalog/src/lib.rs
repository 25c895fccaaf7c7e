//! Module `catalog`: products, variants, pictures and categories, how shoppers find them, and how they are imported.

mod error;
mod health;
mod import;
mod model;
mod picture;
mod queries;
mod routes;
mod schema;
mod service;
mod transfer;
mod undo;
mod wire;

use chrono::TimeDelta;
use orion_events::JobCancelled;
use orion_framework::conversion::PriceHooks;
use orion_framework::event::{Event, EventHandler, Handle, Hears};
use orion_framework::job::{Job, JobHandler, JobRun};
use orion_framework::module::{Module, Routes};
use orion_framework::periodic::Periodic;
use orion_framework::permission::ModuleMarker;
use orion_framework::retention::{Removed, Retention};
use orion_types::status::ModuleTier;

pub use error::CatalogError;
pub use picture::{StoredPicture, WIDTHS, store_picture};
pub use queries::long_catalogue::{Found, few_run_out, find_products, is_long_catalogue};
pub use queries::purchasable::{PurchasableVariant, purchasable};
pub use service::categories::{categories, create_category};
pub use service::finder::{Finder, finder};
pub use service::home::{SitemapEntry, home, sitemap, suggestions};
pub use service::images::attach_image;
pub use service::import_choices::Wanted as WantedImport;
pub use service::import_now::import_products;
pub use service::imports::list_import_errors;
pub use service::lifecycle::{archive_product, delete_product, publish_product, unarchive_product};
pub use service::listing::listing;
pub use service::page::{availability, product_page, redirect_target};
pub use service::product_list::list_products;
pub use service::read::read_product;
pub use service::save::create_product;

/// The module as a type, for gates.
pub struct Catalog;

impl ModuleMarker for Catalog {
    const ID: &'static str = "catalog";
}

/// A build without the feature has no such job.
const PERIODIC: &[Periodic] = &[
    #[cfg(feature = "avif")]
    Periodic {
        name: "catalog.look_for_avif",
        summary: "Looks for pictures that have no AVIF files, where they are wanted.",
        cron: "7 * * * *",
        run: |tx, config| {
            if picture::has_avif(config) {
                picture::avif::MakeAvif::queue(tx)?;
            }
            Ok(())
        },
    },
];

const RETENTION: &[Retention] = &[
    Retention {
        table: "catalog_changes",
        rows: "which products have changed, for the indexes beside the servers",
        kept: TimeDelta::days(service::index::KEPT_DAYS),
        removed: Removed::Rows {
            key: "store_id, changed_in, product_id",
            over: "changed_at < $1",
        },
    },
    Retention {
        table: "import_changes",
        rows: "the way back from an import, since it was made",
        kept: undo::told::KEPT,
        removed: Removed::Job(undo::job::ForgetChanges::KIND),
    },
];

/// The declaration.
pub static MODULE: Module = Module {
    id: Catalog::ID,
    name: "Catalogue",
    summary: "Products, variants, pictures and categories, how shoppers find them, and how they are imported.",
    features: &["products", "variants", "pictures", "categories", "search", "imports"],
    tier: ModuleTier::Core,
    requires: &["tenancy"],
    tables: &[
        "product_categories",
        "products",
        "product_category_links",
        "product_variants",
        "product_words",
        "product_images",
        "product_slug_redirects",
        "category_slug_redirects",
        "imports",
        "import_errors",
        "import_refused_rows",
        "import_mappings",
        "catalog_changes",
        "import_changes",
        "import_undos",
    ],
    problems: error::PROBLEMS,
    routes: Routes {
        admin: None,
        store: Some(routes::store::configure),
        storefront: Some(routes::storefront::configure),
        root: Some(routes::media::configure),
    },
    emits: orion_events::CATALOG,
    events: &[EventHandler {
        hears: Hears::Event(JobCancelled::NAME),
        name: "catalog.end_import",
        handle: Handle::Each(import::job::job_cancelled),
    }],
    jobs: &[
        JobHandler {
            kind: import::job::ImportProducts::KIND,
            run: JobRun::Bulk(|context, payload| Box::pin(import::job::import_products(context, payload))),
        },
        JobHandler {
            kind: import::job::DeleteImportFile::KIND,
            run: JobRun::Async(|context, payload| Box::pin(import::job::delete_import_file(context, payload))),
        },
        JobHandler {
            kind: undo::job::UndoImport::KIND,
            run: JobRun::Bulk(|context, payload| Box::pin(undo::job::undo_import(context, payload))),
        },
        JobHandler {
            kind: undo::job::ForgetChanges::KIND,
            run: JobRun::Store(undo::job::forget_changes),
        },
        JobHandler {
            kind: import::job::FetchImages::KIND,
            run: JobRun::Bulk(|context, payload| Box::pin(import::job::fetch_images(context, payload))),
        },
        #[cfg(feature = "avif")]
        JobHandler {
            kind: picture::avif::MakeAvif::KIND,
            run: JobRun::Idle(|context, _| Box::pin(picture::avif::make_avif(context))),
        },
        JobHandler {
            kind: picture::PurgePicture::KIND,
            run: JobRun::Async(|context, payload| Box::pin(picture::purge_picture(context, payload))),
        },
    ],
    periodic: PERIODIC,
    retention: RETENTION,
    health: health::CHECKS,
    exports: transfer::SOURCES,
    opening_checks: Some(service::opening::checks),
    shop_categories: Some(service::navigation::shop_categories),
    prices: Some(PriceHooks {
        count: queries::prices::count,
        convert: queries::prices::convert,
    }),
    ..Module::EMPTY
};
