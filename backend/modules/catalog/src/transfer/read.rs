//! Products with everything that belongs to them, a batch at a time and in five statements.

use std::collections::HashMap;

use orion_framework::db::StoreTx;
use orion_framework::export::{Batch, ExportError, Record};
use orion_framework::http::Query;
use orion_framework::problem::ModuleError;
use orion_types::catalog::{ProductOption, ProductQuery};
use orion_types::{Currency, store};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{document, rows};
use crate::error::CatalogError;
use crate::model::{ImageRow, ProductRow, StockedVariant};
use crate::queries::listing::Place;
use crate::queries::product_list::{ProductFilter, ProductOrder};
use crate::queries::{images, products, variants};
use crate::service::product_list;

/// Products of one batch.
const BATCH: usize = 100;
/// The width of the pictures that addresses lead to.
const PICTURE_WIDTH: u32 = 1_280;

/// A product as it goes into a file.
pub(super) struct Whole {
    pub(super) product: ProductRow,
    pub(super) options: Vec<ProductOption>,
    pub(super) variants: Vec<StockedVariant>,
    pub(super) images: Vec<Picture>,
    /// Slugs of its categories.
    pub(super) categories: Vec<String>,
    pub(super) currency: Currency,
}

/// A picture with an address from which it can be fetched.
pub(super) struct Picture {
    pub(super) row: ImageRow,
    pub(super) address: String,
}

fn narrowed(tx: &mut StoreTx, text: &str) -> Result<Option<ProductFilter>, ExportError> {
    let query = Query::<ProductQuery>::parse(text)?;
    product_list::filter(tx, &query).map_err(refused)
}

/// An error of the database stays one, so that the run is tried again.
fn refused(error: CatalogError) -> ExportError {
    match error {
        CatalogError::Db(error) => ExportError::Db(error),
        other => ExportError::Invalid(other.problem()),
    }
}

pub(super) fn count(tx: &mut StoreTx, text: &str) -> Result<Option<i64>, ExportError> {
    match narrowed(tx, text)? {
        Some(filter) => Ok(Some(filter.count(tx)?)),
        None => Ok(Some(0)),
    }
}

pub(super) fn read_own(tx: &mut StoreTx, text: &str, place: Option<Value>) -> Result<Batch, ExportError> {
    read(tx, text, place, |whole| Record::new(rows::own(whole), document::document(whole)))
}

pub(super) fn read_shopify(tx: &mut StoreTx, text: &str, place: Option<Value>) -> Result<Batch, ExportError> {
    read(tx, text, place, |whole| Record::new(rows::shopify(whole), Value::Null))
}

/// In the order of their slugs, which are unique and come back as they were: the same products always make the same file.
fn read(tx: &mut StoreTx, text: &str, place: Option<Value>, record: impl Fn(&Whole) -> Record) -> Result<Batch, ExportError> {
    let Some(filter) = narrowed(tx, text)? else {
        return Ok(Batch {
            records: Vec::new(),
            next: None,
        });
    };
    let after: Option<Place> = place.map(serde_json::from_value).transpose()?;
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX - 1) + 1;
    let mut found = filter.list(tx, ProductOrder::Slug, after.as_ref(), limit)?;
    let more = found.len() > BATCH;
    found.truncate(BATCH);
    let next = found.last().filter(|_| more).map(|row| json!(ProductOrder::Slug.place(row)));
    let ids: Vec<Uuid> = found.iter().map(|row| row.id).collect();
    let records = wholes(tx, &ids)?.iter().map(record).collect();
    Ok(Batch { records, next })
}

fn wholes(tx: &mut StoreTx, ids: &[Uuid]) -> Result<Vec<Whole>, ExportError> {
    let mut rows: HashMap<Uuid, ProductRow> = products::list_products(tx, ids)?.into_iter().map(|row| (row.id, row)).collect();
    let mut by_product: HashMap<Uuid, Vec<StockedVariant>> = HashMap::new();
    for variant in variants::list_variants_of(tx, ids)? {
        by_product.entry(variant.variant.product_id).or_default().push(variant);
    }
    let shop = tx.store().storefront_url();
    let mut pictures: HashMap<Uuid, Vec<Picture>> = HashMap::new();
    for row in images::list_images_of(tx, ids)? {
        if let Some(picture) = picture(row, &shop) {
            pictures.entry(picture.row.product_id).or_default().push(picture);
        }
    }
    let mut categories: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (product, slug) in products::list_category_slugs(tx, ids)? {
        categories.entry(product).or_default().push(slug);
    }
    let currency = tx.store().currency;
    let mut wholes = Vec::with_capacity(ids.len());
    for id in ids {
        let Some(product) = rows.remove(id) else { continue };
        wholes.push(Whole {
            options: product.options()?,
            product,
            variants: by_product.remove(id).unwrap_or_default(),
            images: pictures.remove(id).unwrap_or_default(),
            categories: categories.remove(id).unwrap_or_default(),
            currency,
        });
    }
    Ok(wholes)
}

/// Where it came from, or where the shop shows it; nothing for one that has neither.
fn picture(row: ImageRow, shop: &str) -> Option<Picture> {
    let ready = row.status == "ready";
    let shown = || ready.then(|| format!("{shop}{}", store::media_path(row.id.into(), PICTURE_WIDTH)));
    let address = row.source_url.clone().or_else(shown)?;
    Some(Picture { row, address })
}
