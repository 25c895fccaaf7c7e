//! Products on their way out: our own table, the one of Shopify, and documents.

pub(crate) mod columns;
mod document;
mod read;
mod rows;

use orion_framework::export::ExportSource;
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
        columns: columns::OWN,
        check,
        count: read::count,
        read: read::read_own,
    },
    ExportSource {
        kind: "products",
        layout: Some("shopify"),
        right: Permission::ProductsRead,
        columns: columns::SHOPIFY,
        check,
        count: read::count,
        read: read::read_shopify,
    },
];

fn check(filter: &str) -> Result<(), ProblemDraft> {
    check_query(&Query::<ProductQuery>::parse(filter)?)
}
