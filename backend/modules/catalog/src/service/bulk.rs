//! Several products, or prices, in one request.

use std::collections::{BTreeMap, HashMap, HashSet};

use orion_framework::db::{DbError, StoreTx};
use orion_framework::problem::FieldErrors;
use orion_framework::several::{check_count, each, outcome};
use orion_types::Page;
use orion_types::several::Outcome;
use orion_types::validation;
use uuid::Uuid;

use super::change::{as_saved, wanted, write};
use super::draft::check;
use super::save::lock_present;
use super::status::set_status;
use crate::error::CatalogError;
use crate::queries;
use crate::wire::{SetPrice, SetPrices, SetStatuses};

/// Brings each of the products to the status, and tells what became of it.
///
/// # Errors
/// 422 when none or too many are named.
pub(crate) fn set_statuses(tx: &mut StoreTx, request: &SetStatuses) -> Result<Page<Outcome>, CatalogError> {
    check_count("/ids", request.ids.len())?;
    let things = request.ids.iter().map(|id| (id.0, *id));
    each(tx, things, |tx, id| Ok(Some(set_status(tx, id, request.status)?.version)))
}

/// Sets prices. Those of one product are written together, and each is judged by itself.
///
/// # Errors
/// 422 when none, too many or one twice are named.
pub(crate) fn set_prices(tx: &mut StoreTx, request: SetPrices) -> Result<Page<Outcome>, CatalogError> {
    check_count("/items", request.items.len())?;
    check_distinct(&request.items)?;
    let ids: Vec<Uuid> = request.items.iter().map(|item| item.variant_id.0).collect();
    let products: HashMap<Uuid, Uuid> = queries::variants::list_products_of(tx, &ids)?.into_iter().collect();
    let mut by_product: BTreeMap<Option<Uuid>, Vec<SetPrice>> = BTreeMap::new();
    for item in request.items {
        let product = products.get(&item.variant_id.0).copied();
        by_product.entry(product).or_default().push(item);
    }
    tx.no_audit("what changes is audited by itself, and all of it may have been refused");
    let mut outcomes: HashMap<Uuid, Outcome> = HashMap::new();
    for (product, items) in by_product {
        for told in set_prices_of(tx, product, &items)? {
            outcomes.insert(told.id, told);
        }
    }
    Ok(Page::complete(ids.iter().filter_map(|id| outcomes.remove(id)).collect()))
}

fn check_distinct(items: &[SetPrice]) -> Result<(), CatalogError> {
    let mut seen = HashSet::new();
    let mut fields = FieldErrors::default();
    for (place, item) in items.iter().enumerate() {
        if !seen.insert(item.variant_id) {
            fields.add(format!("/items/{place}/variant_id"), "duplicate", "is named twice");
        }
    }
    Ok(fields.into_result()?)
}

fn set_prices_of(tx: &mut StoreTx, product: Option<Uuid>, items: &[SetPrice]) -> Result<Vec<Outcome>, CatalogError> {
    let written = tx.savepoint(|tx| try_prices(tx, product.ok_or(DbError::NotFound)?, items));
    match written {
        Ok(outcomes) => Ok(outcomes),
        // The product as a whole refuses, so every price of it does.
        Err(error) => {
            let told = outcome(Uuid::nil(), Err::<Option<i32>, _>(error))?;
            let all = items.iter().map(|item| Outcome {
                id: item.variant_id.0,
                ..told.clone()
            });
            Ok(all.collect())
        }
    }
}

fn try_prices(tx: &mut StoreTx, product: Uuid, items: &[SetPrice]) -> Result<Vec<Outcome>, CatalogError> {
    let present = lock_present(tx, product)?;
    let mut save = as_saved(&present)?;
    let mut outcomes = Vec::new();
    for item in items {
        let rows = present.variants.iter().zip(&mut save.variants);
        let mut found = rows.filter(|(row, _)| row.variant.id == item.variant_id.0);
        let done = found.next().ok_or(CatalogError::Db(DbError::NotFound)).and_then(|(row, saved)| {
            check_price(item, row.variant.version)?;
            let compare_at = wanted(item.compare_at_minor, saved.compare_at_minor);
            let changes = (saved.price_minor, saved.compare_at_minor) != (item.price_minor, compare_at);
            (saved.price_minor, saved.compare_at_minor) = (item.price_minor, compare_at);
            Ok(Some(row.variant.version + i32::from(changes)))
        });
        outcomes.push(outcome(item.variant_id.0, done)?);
    }
    write(tx, present, &check(save)?)?;
    Ok(outcomes)
}

fn check_price(item: &SetPrice, version: i32) -> Result<(), CatalogError> {
    if item.version.is_some_and(|expected| expected != version) {
        return Err(CatalogError::Stale);
    }
    let mut fields = FieldErrors::default();
    fields.check("/price_minor", validation::price_minor(item.price_minor));
    if let Some(Some(compare_at)) = item.compare_at_minor.wanted() {
        fields.check("/compare_at_minor", validation::price_minor(compare_at));
    }
    Ok(fields.into_result()?)
}
