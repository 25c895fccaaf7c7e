//! The status of a product, said outright.

use orion_framework::db::StoreTx;
use orion_types::ProductId;
use orion_types::catalog::Product;
use orion_types::status::ProductStatus;

use super::lifecycle::{archive_product, publish_product, unarchive_product};
use crate::error::CatalogError;

/// Brings a product to a status.
///
/// # Errors
/// 409 for one in the archive that is to be put on sale; 422 for one on sale that is to become a draft: that would hide it without a word.
pub(crate) fn set_status(tx: &mut StoreTx, id: ProductId, status: ProductStatus) -> Result<Product, CatalogError> {
    let product = match status {
        ProductStatus::Active => publish_product(tx, id)?,
        ProductStatus::Archived => archive_product(tx, id)?,
        ProductStatus::Draft => unarchive_product(tx, id)?,
    };
    if product.status == status {
        return Ok(product);
    }
    let told = "a product on sale is archived, and becomes a draft when it comes back";
    Err(CatalogError::field("/status", "not_allowed", told))
}
