//! Categories: a tree that products are sorted into.

use orion_events::{CategoryCreated, CategoryDeleted, CategoryUpdated};
use orion_framework::db::cursor::{self, page_limit};
use orion_framework::db::{AuditEntry, DbError, StoreTx};
use orion_framework::http::Expected;
use orion_framework::problem::FieldErrors;
use orion_types::catalog::{CategoryQuery, CategorySummary, SaveCategory};
use orion_types::validation::{self, MAX_NAME_LENGTH, MAX_SLUG_LENGTH, slugify};
use orion_types::{CategoryId, Page, Timestamp};
use uuid::Uuid;

use super::slugs::first_free;
use super::{told, tree};
use crate::error::{CATEGORY_SLUG_TAKEN, CatalogError};
use crate::model::CategoryRow;
use crate::queries::categories as rows;

/// All categories, each before those below it.
pub fn categories(tx: &mut StoreTx) -> Result<Vec<CategorySummary>, CatalogError> {
    let mut found: Vec<CategorySummary> = rows::list_categories(tx)?.into_iter().map(Into::into).collect();
    let branches: Vec<tree::Branch> = found
        .iter()
        .map(|category| (category.id.0, category.parent_id.map(|id| id.0)))
        .collect();
    let order = tree::depth_first(&branches);
    found.sort_by_key(|category| order.iter().position(|id| *id == category.id.0));
    Ok(found)
}

/// Categories as a program reads them: all of them, or page by page, in their order.
///
/// # Errors
/// When the query makes no sense.
pub fn list_categories(tx: &mut StoreTx, query: &CategoryQuery) -> Result<Page<CategorySummary>, CatalogError> {
    let since = cursor::since(query.updated_since.as_deref())?.map(Timestamp::from);
    // Where the last one stood, for when it has gone meanwhile.
    let after = cursor::decode::<(CategoryId, usize)>(query.cursor.as_deref())?;
    let limit = query.limit.map(|limit| page_limit(Some(limit))).transpose()?;
    let all = categories(tx)?;
    let place = |(id, place)| all.iter().position(|category| category.id == id).map_or(place, |found| found + 1);
    let start = after.map_or(0, place);
    let rest: Vec<(usize, CategorySummary)> = all
        .into_iter()
        .enumerate()
        .skip(start)
        .filter(|(_, category)| since.is_none() || category.updated_at >= since)
        .collect();
    let Some(limit) = limit else {
        return Ok(Page::complete(rest.into_iter().map(|(_, category)| category).collect()));
    };
    Ok(cursor::page(
        rest,
        limit,
        |(place, category)| (category.id, *place),
        |(_, category)| category,
    ))
}

/// One category.
pub fn read_category(tx: &mut StoreTx, id: CategoryId) -> Result<CategorySummary, CatalogError> {
    let found = rows::list_categories(tx)?.into_iter().find(|category| category.id == id.0);
    Ok(found.map(Into::into).ok_or(DbError::NotFound)?)
}

/// A category that may be written.
struct CategoryDraft {
    name: String,
    slug: Option<String>,
    description: String,
    parent_id: Option<Uuid>,
    position: i32,
}

/// Creates a category.
///
/// # Errors
/// 422 with every wrong field, 409 when the address is taken or the store is full.
pub fn create_category(tx: &mut StoreTx, save: SaveCategory) -> Result<CategorySummary, CatalogError> {
    let draft = check(save)?;
    let present = rows::lock_categories(tx)?;
    if i64::try_from(present.len()).unwrap_or(i64::MAX) >= rows::MAX_CATEGORIES {
        return Err(CatalogError::TooManyCategories(rows::MAX_CATEGORIES));
    }
    check_parent(&present, draft.parent_id)?;
    let (id, now) = (tx.new_id(), tx.now());
    let row = CategoryRow {
        store_id: tx.store_id(),
        id,
        parent_id: draft.parent_id,
        slug: draft.slug.unwrap_or_else(|| free_slug(&present, &draft.name)),
        name: draft.name,
        description: draft.description,
        position: draft.position,
        created_at: now,
        updated_at: now,
        version: 1,
        deleted_at: None,
    };
    rows::insert_category(tx, &row).map_err(slug_taken)?;
    rows::forget_redirect(tx, &row.slug)?;
    tx.audit(
        AuditEntry::new("category.created", "product_categories", id)
            .note("name", &row.name)
            .note("slug", &row.slug),
    );
    tx.emit(&CategoryCreated(told::category(&row)));
    tx.touch_catalog();
    read_category(tx, id.into())
}

/// Replaces a category; with another parent, it moves there with all below it.
///
/// # Errors
/// As [`create_category`]; [`CatalogError::Stale`] when somebody else has changed it since `version`;
/// [`CatalogError::CategoryCycle`] when it would be below itself.
pub fn update_category(tx: &mut StoreTx, id: CategoryId, version: Expected, save: SaveCategory) -> Result<CategorySummary, CatalogError> {
    let draft = check(save)?;
    let present = rows::lock_categories(tx)?;
    let before = present.iter().find(|row| row.id == id.0).cloned().ok_or(DbError::NotFound)?;
    if before.version != version {
        return Err(CatalogError::Stale);
    }
    check_parent(&present, draft.parent_id)?;
    let branches: Vec<tree::Branch> = present.iter().map(|row| (row.id, row.parent_id)).collect();
    if draft
        .parent_id
        .is_some_and(|parent| tree::descendants(&branches, id.0).contains(&parent))
    {
        return Err(CatalogError::CategoryCycle);
    }
    let after = CategoryRow {
        parent_id: draft.parent_id,
        slug: draft.slug.unwrap_or_else(|| before.slug.clone()),
        name: draft.name,
        description: draft.description,
        position: draft.position,
        updated_at: tx.now(),
        version: before.version + 1,
        ..before.clone()
    };
    rows::update_category(tx, &after).map_err(slug_taken)?;
    if before.slug != after.slug {
        rows::redirect_slug(tx, id.0, &before.slug, &after.slug)?;
    }
    let entry = AuditEntry::new("category.updated", "product_categories", id.0)
        .change("name", &before.name, &after.name)
        .change("slug", &before.slug, &after.slug)
        .change("parent_id", before.parent_id, after.parent_id)
        .change("position", before.position, after.position);
    tx.audit(entry);
    tx.emit(&CategoryUpdated(told::category(&after)));
    tx.touch_catalog();
    read_category(tx, id)
}

/// Deletes a category: those below it move up, its products stay in the shop.
pub fn delete_category(tx: &mut StoreTx, id: CategoryId) -> Result<(), CatalogError> {
    let present = rows::lock_categories(tx)?;
    let before = present.iter().find(|row| row.id == id.0).ok_or(DbError::NotFound)?;
    discard(tx, before)
}

/// Deletes a category that is there and locked.
pub(crate) fn discard(tx: &mut StoreTx, before: &CategoryRow) -> Result<(), CatalogError> {
    let (id, now) = (before.id, tx.now());
    rows::adopt_children(tx, id, before.parent_id)?;
    rows::empty_category(tx, id)?;
    let after = CategoryRow {
        deleted_at: Some(now),
        updated_at: now,
        version: before.version + 1,
        ..before.clone()
    };
    rows::update_category(tx, &after)?;
    tx.audit(
        AuditEntry::new("category.deleted", "product_categories", id)
            .note("name", &before.name)
            .note("slug", &before.slug),
    );
    tx.emit(&CategoryDeleted(told::category(&after)));
    tx.touch_catalog();
    Ok(())
}

fn check(save: SaveCategory) -> Result<CategoryDraft, CatalogError> {
    let SaveCategory {
        name,
        slug,
        description,
        parent_id,
        position,
    } = save;
    let mut fields = FieldErrors::default();
    let name = fields
        .check("/name", validation::required(&name, MAX_NAME_LENGTH))
        .unwrap_or_default()
        .to_owned();
    let slug = slug.filter(|slug| !slug.trim().is_empty());
    let slug = slug.map(|slug| fields.check("/slug", validation::slug(&slug)).unwrap_or_default().to_owned());
    let description = fields
        .check("/description", validation::description(&description))
        .unwrap_or_default()
        .to_owned();
    fields.into_result()?;
    Ok(CategoryDraft {
        name,
        slug,
        description,
        parent_id: parent_id.map(|id| id.0),
        position,
    })
}

fn check_parent(present: &[CategoryRow], parent: Option<Uuid>) -> Result<(), CatalogError> {
    match parent {
        Some(parent) if !present.iter().any(|row| row.id == parent) => {
            Err(CatalogError::field("/parent_id", "not_found", "there is no such category"))
        }
        _ => Ok(()),
    }
}

fn free_slug(present: &[CategoryRow], name: &str) -> String {
    let taken: Vec<String> = present.iter().map(|row| row.slug.clone()).collect();
    let mut slug = first_free(&slugify(name), &taken);
    slug.truncate(MAX_SLUG_LENGTH);
    slug
}

fn slug_taken(error: DbError) -> CatalogError {
    if error.is_unique("product_categories_slug") {
        CatalogError::taken(&CATEGORY_SLUG_TAKEN, "/slug")
    } else {
        error.into()
    }
}
