//! Products are created and replaced.

use std::collections::HashSet;

use orion_events::{ProductCreated, ProductUpdated};
use orion_framework::db::{AuditEntry, DbError, StockMoved, StoreTx};
use orion_framework::http::Expected;
use orion_framework::problem::{INVALID, ProblemDraft};
use orion_types::ProductId;
use orion_types::catalog::{Product, SaveProduct};
use orion_types::status::ProductStatus;
use serde_json::json;
use uuid::Uuid;

use super::draft::{ProductDraft, VariantDraft, check};
use super::plan::{PlanContext, VariantPlan, plan};
use super::read::read_product;
use super::removal::check_removals;
use super::slugs::free_slug;
use super::told;
use crate::error::{CatalogError, SLUG_TAKEN};
use crate::model::{ProductRow, StockedVariant, VariantRow};
use crate::queries;

/// How often a free address is looked for when others take it first.
const SLUG_ATTEMPTS: usize = 50;

/// A product as it is before a change.
pub(crate) struct Present {
    pub row: ProductRow,
    pub variants: Vec<StockedVariant>,
    pub category_ids: Vec<Uuid>,
}

/// What a write has done.
pub(crate) struct Written {
    pub id: Uuid,
    /// The live variants, in the order of the draft.
    pub variant_ids: Vec<Uuid>,
    pub changed: bool,
    /// What it is left with.
    pub version: i32,
    /// How it was; a new product was nothing.
    pub replaced: Option<Replaced>,
    /// Units that moved.
    pub stock: Vec<StockMoved>,
    /// The product that the address of a new one led to, since it had that address once.
    pub led_to: Option<Uuid>,
}

/// A product before and after a change.
pub(crate) struct Replaced {
    pub before: ProductRow,
    pub after: ProductRow,
    pub present: Vec<VariantRow>,
    pub variants: VariantPlan,
    /// Its categories, where they have changed.
    pub categories: Option<Vec<Uuid>>,
}

/// Creates a product as a draft.
///
/// # Errors
/// 422 with every wrong field, 409 when the address is taken.
pub fn create_product(tx: &mut StoreTx, save: SaveProduct) -> Result<Product, CatalogError> {
    create_as(tx, &check(save)?, ProductStatus::Draft)
}

/// Creates a checked product in a status.
pub(crate) fn create_as(tx: &mut StoreTx, draft: &ProductDraft, status: ProductStatus) -> Result<Product, CatalogError> {
    check_removals(tx, &[], draft)?;
    let written = insert(tx, draft, status)?;
    read_product(tx, ProductId(written.id))
}

/// Replaces a product: variants with an id are changed, those without are new, and only those that are named for it are removed.
///
/// # Errors
/// As [`create_product`]; [`CatalogError::Stale`] when `version` is not the present one; 409 when a variant is not spoken of.
pub(crate) fn update_product(tx: &mut StoreTx, id: ProductId, version: Expected, draft: &ProductDraft) -> Result<Product, CatalogError> {
    let present = lock_present(tx, id.0)?;
    if present.row.version != version {
        return Err(CatalogError::Stale);
    }
    check_removals(tx, &present.variants, draft)?;
    replace(tx, present, draft, None, true)?;
    read_product(tx, id)
}

/// A product with everything that a change is compared with, locked.
pub(crate) fn lock_present(tx: &mut StoreTx, id: Uuid) -> Result<Present, DbError> {
    let row = queries::products::lock_product(tx, id)?;
    let variants = queries::variants::list_variants(tx, id)?;
    let category_ids = queries::products::list_category_ids(tx, id)?;
    Ok(Present {
        row,
        variants,
        category_ids,
    })
}

/// Inserts a checked product.
pub(crate) fn insert(tx: &mut StoreTx, draft: &ProductDraft, status: ProductStatus) -> Result<Written, CatalogError> {
    let id = tx.new_id();
    check_references(tx, draft)?;
    let variants = plan_for(tx, id, &[], &draft.variants);
    let row = insert_row(tx, id, draft, status, variants.prices)?;
    let led_to = queries::products::forget_redirect(tx, &row.slug)?;
    let stock = write_variants(tx, &variants)?;
    if !draft.category_ids.is_empty() {
        queries::products::set_categories(tx, id, &draft.category_ids)?;
    }
    let entry = AuditEntry::new("product.created", "products", id)
        .note("title", &row.title)
        .note("slug", &row.slug);
    tx.audit(entry.note("status", &row.status).note("variants", variants.ids.len()));
    let facts = told::product(tx, &row);
    tx.emit(&ProductCreated(facts));
    tx.touch_catalog();
    Ok(Written {
        id,
        variant_ids: variants.ids,
        changed: true,
        version: row.version,
        replaced: None,
        stock,
        led_to,
    })
}

/// Inserts the row. An address that nobody has chosen makes way for whoever was faster; one that was chosen is theirs or refused.
fn insert_row(
    tx: &mut StoreTx,
    id: Uuid,
    draft: &ProductDraft,
    status: ProductStatus,
    prices: (i64, i64),
) -> Result<ProductRow, CatalogError> {
    let chosen = draft.slug.clone();
    for _ in 0..SLUG_ATTEMPTS {
        let slug = match &chosen {
            Some(slug) => slug.clone(),
            None => free_slug(tx, draft.address_of.as_deref().unwrap_or(&draft.title))?,
        };
        let row = new_row(tx, id, slug, draft, status, prices);
        if queries::products::insert_product(tx, &row)? {
            return Ok(row);
        }
        if chosen.is_some() {
            break;
        }
    }
    Err(CatalogError::taken(&SLUG_TAKEN, "/slug"))
}

/// Brings a product to what the draft wants; with `always`, the version moves even when nothing else does.
pub(crate) fn replace(
    tx: &mut StoreTx,
    present: Present,
    draft: &ProductDraft,
    status: Option<ProductStatus>,
    always: bool,
) -> Result<Written, CatalogError> {
    let Present {
        row: before,
        variants: present_variants,
        category_ids,
    } = present;
    let present_variants: Vec<VariantRow> = present_variants.into_iter().map(|stocked| stocked.variant).collect();
    check_variant_ids(&present_variants, &draft.variants)?;
    check_references(tx, draft)?;
    let variants = plan_for(tx, before.id, &present_variants, &draft.variants);
    let mut after = changed_row(tx, &before, draft, status, variants.prices);
    let moved: HashSet<&Uuid> = category_ids.iter().collect();
    let categories_changed = moved != draft.category_ids.iter().collect();
    let changed = after != before || !variants.is_empty() || categories_changed;
    after.import_key = after.import_key.or_else(|| draft.import_key.clone());
    let mut stock = Vec::new();
    if changed || always {
        after.version += 1;
        after.updated_at = tx.now();
        write_product(tx, &before, &after)?;
        stock = write_variants(tx, &variants)?;
        if categories_changed {
            queries::products::set_categories(tx, before.id, &draft.category_ids)?;
        }
        audit_update(tx, &before, &after, &present_variants, &variants);
        tell(tx, &before, &after);
        // A file may change the prices of every product: that is told by the end of its import.
        if draft.import_key.is_none() {
            told::prices(tx, &after, &present_variants, &variants.upserts);
        }
        tx.touch_catalog();
    } else if after.import_key != before.import_key {
        // What a file calls it is nothing that anybody sees: the version stays.
        queries::products::know_by(tx, before.id, after.import_key.as_deref())?;
    }
    Ok(Written {
        id: before.id,
        variant_ids: variants.ids.clone(),
        changed,
        version: after.version,
        replaced: Some(Replaced {
            before,
            after,
            present: present_variants,
            variants,
            categories: categories_changed.then_some(category_ids),
        }),
        stock,
        led_to: None,
    })
}

/// Tells that a product was changed, and where its status moved, that too.
pub(crate) fn tell(tx: &mut StoreTx, before: &ProductRow, after: &ProductRow) {
    let facts = told::product(tx, after);
    tx.emit(&ProductUpdated(facts));
    if before.status != after.status {
        told::status(tx, after);
    }
}

fn plan_for(tx: &StoreTx, product_id: Uuid, present: &[VariantRow], wanted: &[VariantDraft]) -> VariantPlan {
    let context = PlanContext {
        store_id: tx.store_id(),
        product_id,
        now: tx.now(),
    };
    plan(&context, present, wanted, || tx.new_id())
}

fn new_row(tx: &StoreTx, id: Uuid, slug: String, draft: &ProductDraft, status: ProductStatus, prices: (i64, i64)) -> ProductRow {
    let now = tx.now();
    ProductRow {
        store_id: tx.store_id(),
        id,
        slug,
        title: draft.title.clone(),
        description_html: draft.description_html.clone(),
        vendor: draft.vendor.clone(),
        product_type: draft.product_type.clone(),
        tags: draft.tags.clone(),
        status: status.as_str().to_owned(),
        featured: draft.featured,
        options: json!(draft.options),
        min_price_minor: prices.0,
        max_price_minor: prices.1,
        seo_title: draft.seo_title.clone(),
        seo_description: draft.seo_description.clone(),
        metadata: draft.marks.metadata(None),
        published_at: (status == ProductStatus::Active).then_some(now),
        created_at: now,
        updated_at: now,
        version: 1,
        deleted_at: None,
        import_key: draft.import_key.clone(),
        external_id: draft.marks.external_id(None),
    }
}

fn changed_row(tx: &StoreTx, before: &ProductRow, draft: &ProductDraft, status: Option<ProductStatus>, prices: (i64, i64)) -> ProductRow {
    let status = status.map_or_else(|| before.status.clone(), |status| status.as_str().to_owned());
    let goes_live = status == "active" && before.published_at.is_none();
    ProductRow {
        slug: draft.slug.clone().unwrap_or_else(|| before.slug.clone()),
        title: draft.title.clone(),
        description_html: draft.description_html.clone(),
        vendor: draft.vendor.clone(),
        product_type: draft.product_type.clone(),
        tags: draft.tags.clone(),
        featured: draft.featured,
        options: json!(draft.options),
        min_price_minor: prices.0,
        max_price_minor: prices.1,
        seo_title: draft.seo_title.clone(),
        seo_description: draft.seo_description.clone(),
        published_at: if goes_live { Some(tx.now()) } else { before.published_at },
        status,
        metadata: draft.marks.metadata(Some(&before.metadata)),
        external_id: draft.marks.external_id(before.external_id.as_ref()),
        ..before.clone()
    }
}

fn write_product(tx: &mut StoreTx, before: &ProductRow, after: &ProductRow) -> Result<(), CatalogError> {
    queries::products::update_product(tx, after).map_err(slug_taken)?;
    if before.slug != after.slug {
        queries::products::redirect_slug(tx, before.id, &before.slug, &after.slug)?;
    }
    Ok(())
}

/// The order matters: what is removed or parked frees values that others take over.
fn write_variants(tx: &mut StoreTx, variants: &VariantPlan) -> Result<Vec<StockMoved>, CatalogError> {
    queries::variants::delete_variants(tx, &variants.removed)?;
    queries::variants::park_variants(tx, &variants.parked)?;
    queries::variants::upsert_variants(tx, &variants.upserts)?;
    Ok(tx.variants_saved(&variants.saved())?)
}

fn slug_taken(error: DbError) -> CatalogError {
    if error.is_unique("products_slug") {
        CatalogError::taken(&SLUG_TAKEN, "/slug")
    } else {
        error.into()
    }
}

/// What the draft names must be there.
fn check_references(tx: &mut StoreTx, draft: &ProductDraft) -> Result<(), CatalogError> {
    if !draft.category_ids.is_empty() {
        let existing: HashSet<Uuid> = queries::products::existing_categories(tx, &draft.category_ids)?
            .into_iter()
            .collect();
        if let Some(place) = draft.category_ids.iter().position(|id| !existing.contains(id)) {
            return Err(CatalogError::field(
                &format!("/category_ids/{place}"),
                "not_found",
                "there is no such category",
            ));
        }
    }
    Ok(())
}

fn check_variant_ids(present: &[VariantRow], wanted: &[VariantDraft]) -> Result<(), CatalogError> {
    let known: HashSet<Uuid> = present.iter().map(|row| row.id).collect();
    let mut problem = ProblemDraft::new(&INVALID);
    for (index, variant) in wanted.iter().enumerate() {
        if variant.id.is_some_and(|id| !known.contains(&id)) {
            problem = problem.field(format!("/variants/{index}/id"), "not_found", "this product has no such variant");
        }
    }
    if problem.errors.is_empty() { Ok(()) } else { Err(problem.into()) }
}

/// Every field that somebody can change, so that the log says what there was before.
fn product_changes(before: &ProductRow, after: &ProductRow) -> AuditEntry {
    AuditEntry::new("product.updated", "products", before.id)
        .change("title", &before.title, &after.title)
        .change("slug", &before.slug, &after.slug)
        .change("description_html", &before.description_html, &after.description_html)
        .change("vendor", &before.vendor, &after.vendor)
        .change("product_type", &before.product_type, &after.product_type)
        .change("tags", &before.tags, &after.tags)
        .change("featured", before.featured, after.featured)
        .change("seo_title", &before.seo_title, &after.seo_title)
        .change("seo_description", &before.seo_description, &after.seo_description)
        .change("metadata", &before.metadata, &after.metadata)
        .change("external_id", &before.external_id, &after.external_id)
        .change("status", &before.status, &after.status)
        .change("options", &before.options, &after.options)
        .change("min_price_minor", before.min_price_minor, after.min_price_minor)
        .change("max_price_minor", before.max_price_minor, after.max_price_minor)
}

fn variant_changes(entry: AuditEntry, old: &VariantRow, row: &VariantRow) -> AuditEntry {
    let field = |name: &str| format!("variants.{}.{name}", row.id);
    entry
        .change(&field("price_minor"), old.price_minor, row.price_minor)
        .change(&field("compare_at_minor"), old.compare_at_minor, row.compare_at_minor)
        .change(&field("cost_minor"), old.cost_minor, row.cost_minor)
        .change(&field("sku"), &old.sku, &row.sku)
        .change(&field("barcode"), &old.barcode, &row.barcode)
        .change(&field("option_values"), &old.option_values, &row.option_values)
        .change(&field("weight_grams"), old.weight_grams, row.weight_grams)
        .change(&field("content_milli"), old.content_milli, row.content_milli)
        .change(&field("content_unit"), &old.content_unit, &row.content_unit)
        .change(&field("taxable"), old.taxable, row.taxable)
        .change(&field("requires_shipping"), old.requires_shipping, row.requires_shipping)
        .change(&field("track_inventory"), old.track_inventory, row.track_inventory)
        .change(&field("metadata"), &old.metadata, &row.metadata)
        .change(&field("external_id"), &old.external_id, &row.external_id)
}

fn audit_update(tx: &mut StoreTx, before: &ProductRow, after: &ProductRow, present: &[VariantRow], variants: &VariantPlan) {
    let mut entry = product_changes(before, after);
    for row in &variants.upserts {
        match present.iter().find(|variant| variant.id == row.id) {
            Some(old) => entry = variant_changes(entry, old, row),
            None => entry = entry.note(&format!("variants.{}.created", row.id), &row.title),
        }
    }
    if !variants.removed.is_empty() {
        entry = entry.note("removed_variants", &variants.removed);
    }
    tx.audit(entry);
}
