//! The catalogue on its way out: products in our own table, in the one of Shopify and as documents, and what belongs to them.

mod around;
pub(crate) mod columns;
mod document;
mod pictures;
mod read;
mod rows;

use orion_framework::export::{ExportSource, Reader, no_filter};
use orion_framework::http::Query;
use orion_framework::problem::ProblemDraft;
use orion_types::catalog::ProductQuery;
use orion_types::permission::Permission;

use crate::service::product_list::check as check_query;

/// What this module can write out.
pub(crate) static SOURCES: &[ExportSource] = &[
    ExportSource {
        kind: "products",
        layout: None,
        right: Permission::ProductsRead,
        tables: &["products", "product_variants", "product_category_links"],
        columns: columns::OWN,
        check,
        count: read::count,
        read: Reader::Store(read::read_own),
    },
    ExportSource {
        kind: "products",
        layout: Some("shopify"),
        right: Permission::ProductsRead,
        tables: &[],
        columns: columns::SHOPIFY,
        check,
        count: read::count,
        read: Reader::Store(read::read_shopify),
    },
    ExportSource {
        kind: "pictures",
        layout: None,
        right: Permission::ProductsRead,
        tables: &["product_images"],
        columns: pictures::COLUMNS,
        check: no_filter,
        count: |_, _| Ok(None),
        read: Reader::Store(pictures::read),
    },
    ExportSource {
        kind: "categories",
        layout: None,
        right: Permission::ProductsRead,
        tables: &["product_categories"],
        columns: around::CATEGORY_COLUMNS,
        check: no_filter,
        count: |_, _| Ok(None),
        read: Reader::Store(|tx, _, _| around::read_categories(tx)),
    },
    ExportSource {
        kind: "redirects",
        layout: None,
        right: Permission::ProductsRead,
        tables: &["product_slug_redirects", "category_slug_redirects"],
        columns: around::REDIRECT_COLUMNS,
        check: no_filter,
        count: |_, _| Ok(None),
        read: Reader::Store(around::read_redirects),
    },
    ExportSource {
        kind: "import_mappings",
        layout: None,
        right: Permission::ProductsImport,
        tables: &["import_mappings"],
        columns: around::MAPPING_COLUMNS,
        check: no_filter,
        count: |_, _| Ok(None),
        read: Reader::Store(|tx, _, _| around::read_mappings(tx)),
    },
];

fn check(filter: &str) -> Result<(), ProblemDraft> {
    check_query(&Query::<ProductQuery>::parse(filter)?)
}
