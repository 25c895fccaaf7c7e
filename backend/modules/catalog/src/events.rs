//! What happened in the catalogue, for modules that care.

use orion_framework::event::Event;
use orion_types::{ImportId, ProductId};
use serde::{Deserialize, Serialize};

macro_rules! events {
    ($($(#[$meta:meta])* $name:ident = $event:literal)+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Serialize, Deserialize)]
        pub struct $name {
            /// The product.
            pub product_id: ProductId,
        }

        impl Event for $name {
            const NAME: &'static str = $event;
        }
    )+};
}

events! {
    /// A product was created; it is a draft unless it was imported.
    ProductCreated = "catalog.product_created"
    /// A product, its variants or its pictures were changed.
    ProductUpdated = "catalog.product_updated"
    /// A product went on sale.
    ProductPublished = "catalog.product_published"
    /// A product was withdrawn.
    ProductArchived = "catalog.product_archived"
    /// A product was deleted.
    ProductDeleted = "catalog.product_deleted"
}

/// An import was undone, as far as that could be.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ImportUndone {
    /// The import.
    pub import_id: ImportId,
}

impl Event for ImportUndone {
    const NAME: &'static str = "catalog.import_undone";
}
