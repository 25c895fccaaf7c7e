//! One product of a file is written: created, changed, or left alone when nothing would change.

use orion_framework::db::{AuditEntry, DbError, SavedVariant, StockMoved, StoreTx};
use orion_framework::job::JobOptions;
use orion_framework::marks::Marks;
use orion_framework::problem::{FieldErrors, ModuleError};
use orion_types::import::ImportChoices;
use orion_types::status::{ImportFill, ProductStatus};
use orion_types::validation::slugify;
use orion_types::{Change, FieldProblem};
use uuid::Uuid;

use super::choices;
use super::header::Header;
use super::job::FetchImages;
use super::merge::{Merged, locate, match_rows, merge};
use super::parse::ParsedProduct;
use super::report::{Outcome, RowError};
use super::sorting;
use crate::error::CatalogError;
use crate::model::{ChangeRow, ImageRow, VariantRow};
use crate::queries;
use crate::service::draft::check;
use crate::service::images::MAX_IMAGES;
use crate::service::save::{Present, Written, insert, lock_present, replace};
use crate::service::slugs::readable;
use crate::undo::before::Shown;
use crate::undo::keep::{Pictured, made_categories, of_product};

/// Longest handle that is kept, in characters.
pub(super) const MAX_KEY: usize = 512;

/// What a product is written for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Task {
    pub import: Uuid,
    pub choices: ImportChoices,
}

/// Why a product was not written.
#[derive(Debug)]
pub(crate) enum ApplyError {
    /// Its rows are wrong.
    Rows(Vec<RowError>),
    /// The database.
    Db(DbError),
}

impl From<DbError> for ApplyError {
    fn from(error: DbError) -> Self {
        Self::Db(error)
    }
}

/// What became of a product.
pub(crate) struct Applied {
    pub outcome: Outcome,
    /// What was taken otherwise than the file says.
    pub notes: Vec<RowError>,
    /// What was done, to be undone.
    pub changes: Vec<ChangeRow>,
}

/// Writes one product. The caller undoes what was written when it fails.
pub(crate) fn apply(tx: &mut StoreTx, header: &Header, parsed: &ParsedProduct, task: Task) -> Result<Applied, ApplyError> {
    let present = match find(tx, &parsed.key)? {
        Some(id) => Some(lock_present(tx, id)?),
        None => None,
    };
    if let Some(note) = choices::left_out(parsed, present.is_some(), task.choices.mode) {
        return Ok(Applied {
            outcome: Outcome::Left,
            notes: vec![note],
            changes: Vec::new(),
        });
    }
    let (parsed, chosen) = choices::chosen(parsed, present.as_ref(), task.choices);
    let parsed = parsed.as_ref();
    let refused = |error: CatalogError| refuse(error, parsed, header);
    let present_options = match &present {
        Some(present) => present.row.options()?,
        None => Vec::new(),
    };
    let merged = merge(parsed, header, present.as_ref(), present_options).map_err(ApplyError::Rows)?;
    let Merged {
        mut save,
        places,
        unpriced,
        mut notes,
    } = merged;
    notes.extend(chosen);
    let sorted = sorting::categories(tx, parsed, header).map_err(refused)?;
    save.category_ids.extend(sorted.joined);
    notes.extend(sorted.notes);
    let mut draft = check(save).map_err(refused)?;
    draft.marks = marks(parsed).map_err(refused)?;
    draft.import_key = Some(parsed.key.chars().take(MAX_KEY).collect());
    draft.address_of = Some(address_of(parsed));
    let status = if unpriced { Some(ProductStatus::Draft) } else { parsed.status };
    let (created, counts) = (
        present.is_none(),
        present.as_ref().map(|present| counts(tx, parsed, present)).unwrap_or_default(),
    );
    let written = match present {
        Some(present) => replace(tx, present, &draft, status, false),
        None => insert(tx, &draft, status.unwrap_or(ProductStatus::Draft)),
    };
    let mut written = written.map_err(refused)?;
    let counted = !counts.is_empty();
    written.stock.extend(set_counts(tx, written.id, &counts)?);
    let pictured = write_images(tx, parsed, &places, &written, created, task).map_err(refused)?;
    let outcome = match (created, written.changed || counted || pictured.is_some()) {
        (true, _) => Outcome::Created,
        (false, true) => Outcome::Updated,
        (false, false) => Outcome::Unchanged,
    };
    let mut changes = made_categories(tx, task.import, &sorted.made);
    changes.extend(of_product(tx, task.import, &written, pictured.unwrap_or_default())?);
    Ok(Applied { outcome, notes, changes })
}

/// The product that a file knows by this handle: one that was imported by it, or one that no file knows and that has the same address. Two
/// handles never mean the same product, however alike the addresses are that could be made of them.
fn find(tx: &mut StoreTx, key: &str) -> Result<Option<Uuid>, DbError> {
    let key: String = key.chars().take(MAX_KEY).collect();
    if let Some(id) = queries::products::find_by_import_key(tx, &key)? {
        return Ok(Some(id));
    }
    if key.is_ascii() {
        queries::products::find_by_handle(tx, &slugify(&key))
    } else {
        Ok(None)
    }
}

/// What goes into the metadata; what is there and not in the file stays.
fn marks(parsed: &ParsedProduct) -> Result<Marks, CatalogError> {
    if parsed.metadata.is_empty() {
        return Ok(Marks::default());
    }
    let notes = parsed.metadata.iter().map(|(name, text)| (name.clone(), Some(text.clone())));
    let mut fields = FieldErrors::default();
    let marks = Marks::changed(&mut fields, Change::Set(notes.collect()), None);
    fields.into_result()?;
    Ok(marks)
}

/// What the address of a new product is made of: its handle, unless nothing of it can be spelled.
fn address_of(parsed: &ParsedProduct) -> String {
    let nothing = readable("");
    if readable(&parsed.key) == nothing {
        parsed.title.clone()
    } else {
        parsed.key.clone()
    }
}

fn refuse(error: CatalogError, parsed: &ParsedProduct, header: &Header) -> ApplyError {
    let error = match error {
        CatalogError::Db(error) => return ApplyError::Db(error),
        other => other,
    };
    let problem = error.problem();
    if problem.errors.is_empty() {
        let detail = problem.detail.unwrap_or_else(|| problem.kind.title.to_owned());
        let field = FieldProblem::new("/images", problem.kind.code, detail);
        return ApplyError::Rows(vec![locate(&field, parsed, header)]);
    }
    ApplyError::Rows(problem.errors.iter().map(|field| locate(field, parsed, header)).collect())
}

/// The counts of the file that differ from the books. What is promised to orders stays, so a lower count means that much.
fn counts(tx: &StoreTx, parsed: &ParsedProduct, present: &Present) -> Vec<SavedVariant> {
    if !tx.module_enabled("inventory") {
        return Vec::new();
    }
    let rows: Vec<&VariantRow> = present.variants.iter().map(|stocked| &stocked.variant).collect();
    let matched = match_rows(parsed, &rows);
    let count = |(variant, row): (&super::parse::ParsedVariant, &Option<&VariantRow>)| {
        let units = variant.on_hand?;
        let row = (*row)?;
        let books = present.variants.iter().find(|stocked| stocked.variant.id == row.id)?;
        let target = i64::from(units).max(books.reserved.unwrap_or(0));
        let differs = books.on_hand != Some(target);
        differs.then_some(SavedVariant {
            id: row.id,
            set_on_hand: Some(units),
            ..SavedVariant::default()
        })
    };
    parsed.variants.iter().zip(&matched).filter_map(count).collect()
}

fn set_counts(tx: &mut StoreTx, product: Uuid, counts: &[SavedVariant]) -> Result<Vec<StockMoved>, DbError> {
    if counts.is_empty() {
        return Ok(Vec::new());
    }
    let moved = tx.variants_saved(counts)?;
    let units: Vec<(Uuid, Option<i32>)> = counts.iter().map(|count| (count.id, count.set_on_hand)).collect();
    tx.audit(AuditEntry::new("product.stock_imported", "products", product).note("on_hand", units));
    tx.touch_catalog();
    Ok(moved)
}

/// New pictures are noted and fetched later; known ones get the place and text of the file. Nothing where nothing changes.
fn write_images(
    tx: &mut StoreTx,
    parsed: &ParsedProduct,
    places: &[usize],
    written: &Written,
    created: bool,
    task: Task,
) -> Result<Option<Pictured>, CatalogError> {
    let present = if created {
        Vec::new()
    } else {
        queries::images::list_images(tx, written.id)?
    };
    if !present.is_empty() && task.choices.fill == ImportFill::Empty {
        return Ok(None);
    }
    let (mut new, mut shown) = (Vec::new(), Vec::new());
    for image in &parsed.images {
        let variant = parsed
            .variants
            .iter()
            .position(|variant| variant.image.as_deref() == Some(&image.url));
        let variant_id = variant.and_then(|index| written.variant_ids.get(*places.get(index)?)).copied();
        let Some(before) = present.iter().find(|row| row.source_url.as_deref() == Some(&image.url)) else {
            new.push(new_row(tx, written.id, image, variant_id, task.import));
            continue;
        };
        let alt = if image.alt.is_empty() {
            before.alt.clone()
        } else {
            image.alt.clone()
        };
        let after = ImageRow {
            alt,
            position: image.position,
            variant_id: variant_id.or(before.variant_id),
            ..before.clone()
        };
        if after != *before {
            shown.push(Shown::of(before, &after));
            let updated_at = tx.now();
            queries::images::update_image(tx, &ImageRow { updated_at, ..after })?;
        }
    }
    if present.len() + new.len() > MAX_IMAGES {
        return Err(CatalogError::TooManyImages(MAX_IMAGES as i64));
    }
    if new.is_empty() && shown.is_empty() {
        return Ok(None);
    }
    queries::images::insert_images(tx, &new)?;
    if !new.is_empty() {
        queue_fetch(tx, written.id);
    }
    tx.audit(AuditEntry::new("product_images.imported", "products", written.id).note("new", new.len()));
    tx.touch_catalog();
    Ok(Some(Pictured {
        new: new.iter().map(|image| image.id).collect(),
        shown,
    }))
}

fn new_row(tx: &StoreTx, product_id: Uuid, image: &super::parse::ParsedImage, variant_id: Option<Uuid>, import: Uuid) -> ImageRow {
    ImageRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        product_id,
        variant_id,
        position: image.position,
        alt: image.alt.clone(),
        status: "pending".to_owned(),
        width: None,
        height: None,
        placeholder: None,
        source_url: Some(image.url.clone()),
        fetch_error: None,
        import_id: Some(import),
        created_at: tx.now(),
        updated_at: tx.now(),
    }
}

/// Queues the fetching of a product's pictures, once however often it is asked for.
pub(crate) fn queue_fetch(tx: &mut StoreTx, product_id: Uuid) {
    let options = JobOptions {
        unique_key: Some(product_id.to_string()),
        ..JobOptions::default()
    };
    tx.enqueue_with(&FetchImages { product_id }, options);
}
