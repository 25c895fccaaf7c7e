//! What the navigation of a shop is made of.

use orion_framework::db::{DbError, StoreTx};
use orion_types::catalog::CategorySummary;
use orion_types::{CategoryId, ImageId};

use crate::model::CategoryRow;
use crate::queries::navigation::{count_products, list_categories, list_pictures};

/// The categories in the order of the navigation, each with the number of its products on sale and a picture of one.
pub(crate) fn shop_categories(tx: &mut StoreTx) -> Result<Vec<CategorySummary>, DbError> {
    let counts = count_products(tx)?;
    let pictures = list_pictures(tx)?;
    let to_wire = |row: CategoryRow| CategorySummary {
        id: CategoryId(row.id),
        slug: row.slug,
        name: row.name,
        description: row.description,
        parent_id: row.parent_id.map(CategoryId),
        position: row.position,
        version: row.version,
        product_count: counts.get(&row.id).copied().unwrap_or(0),
        updated_at: None,
        image_id: pictures.get(&row.id).copied().map(ImageId),
    };
    Ok(list_categories(tx)?.into_iter().map(to_wire).collect())
}
