//! What happens in the catalogue.

use orion_types::{ImportId, ProductId};

use crate::examples::id;

events! {
    module "catalog";

    /// A product was created; it is a draft unless it was imported.
    ProductCreated: "product.created", 1, product_id, public {
        /// The product.
        product_id: ProductId = id(1),
    }

    /// A product, its variants or its pictures were changed.
    ProductUpdated: "product.updated", 1, product_id, public {
        /// The product.
        product_id: ProductId = id(1),
    }

    /// A product went on sale.
    ProductPublished: "product.published", 1, product_id, public {
        /// The product.
        product_id: ProductId = id(1),
    }

    /// A product was withdrawn.
    ProductArchived: "product.archived", 1, product_id, public {
        /// The product.
        product_id: ProductId = id(1),
    }

    /// A product was deleted.
    ProductDeleted: "product.deleted", 1, product_id, public {
        /// The product.
        product_id: ProductId = id(1),
    }

    /// An import was undone, as far as that could be.
    ImportUndone: "import.undone", 1, import_id, public {
        /// The import.
        import_id: ImportId = id(2),
    }
}
