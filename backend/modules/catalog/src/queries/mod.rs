//! SQL of the catalogue. Every statement names the store, row level security or not.

#[cfg(feature = "avif")]
pub mod avif;
pub mod cards;
pub mod categories;
pub mod documents;
pub mod facets;
pub mod images;
pub mod import_changes;
pub mod import_undos;
pub mod imports;
pub mod listing;
pub mod long_catalogue;
pub mod mappings;
pub mod navigation;
pub mod needle;
pub mod page;
pub mod prices;
pub mod product_list;
pub mod products;
pub mod purchasable;
pub mod redirects;
pub mod shop;
pub mod shown;
pub mod variants;

use orion_framework::db::StoreTx;

/// Products that the shop shows, as a condition on `p`.
pub(crate) const ON_SALE: &str = "p.store_id = $1 AND p.status = 'active' AND p.deleted_at IS NULL";

/// The JSON of a picture `i` as shoppers may see it: no source, no error.
pub(crate) const IMAGE_JSON: &str = "jsonb_build_object('id', i.id, 'alt', i.alt, 'position', i.position, 'status', i.status, \
     'width', i.width, 'height', i.height, 'placeholder', i.placeholder, 'variant_id', i.variant_id)";

/// The units of variant `v` that can be sold, as SQL; `NULL` where no stock is kept, which means as many as wanted.
///
/// The module that keeps stock may be off: then its levels are not looked at, whatever they hold.
pub(crate) fn available(tx: &StoreTx) -> String {
    match tx.offered(|module| module.stock_levels) {
        Some(levels) => format!(
            "(CASE WHEN v.track_inventory THEN (SELECT coalesce(sum(l.on_hand - l.reserved), 0) FROM {levels} l \
             WHERE l.store_id = v.store_id AND l.variant_id = v.id)::int END)"
        ),
        None => "NULL::int".to_owned(),
    }
}

/// Whether variant `v` can be bought now, as SQL.
pub(crate) fn in_stock(tx: &StoreTx) -> String {
    format!("coalesce({} > 0, true)", available(tx))
}
