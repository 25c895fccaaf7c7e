//! What happens in the catalogue.

use orion_types::status::{ImportStatus, ProductStatus};
use orion_types::{CategoryId, ImageId, ImportId, Money, ProductId, VariantId};

use crate::examples::{euros, id};

facts! {
    /// A product, as it is after what happened to it.
    ProductFacts {
        /// The product.
        product_id: ProductId = id(1),
        /// Its title.
        title: String = "Oak lamp".to_owned(),
        /// Its address in the shop.
        slug: String = "oak-lamp".to_owned(),
        /// Whether shoppers can see it.
        status: ProductStatus = ProductStatus::Draft,
        /// Its version.
        version: i32 = 3,
        /// What its cheapest variant costs.
        price_min: Money = euros(4900),
        /// What its dearest variant costs.
        price_max: Money = euros(6900),
    }

    /// The price of a variant before and after.
    PriceChange {
        /// The variant.
        variant_id: VariantId = id(2),
        /// Before.
        before: Money = euros(5900),
        /// After.
        after: Money = euros(4900),
    }

    /// A picture that is fetched from its address.
    ImageFacts {
        /// The picture.
        image_id: ImageId = id(3),
        /// The product it belongs to.
        product_id: ProductId = id(1),
        /// Why it did not come.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<String> = None,
    }

    /// A category, as it is after what happened to it.
    CategoryFacts {
        /// The category.
        category_id: CategoryId = id(4),
        /// Its name.
        name: String = "Lamps".to_owned(),
        /// Its address in the shop.
        slug: String = "lamps".to_owned(),
        /// The category it stands below.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        parent_id: Option<CategoryId> = None,
    }

    /// How far an import has come.
    ImportFacts {
        /// The import.
        import_id: ImportId = id(5),
        /// Its file.
        file_name: String = "products.csv".to_owned(),
        /// Whether nothing is written.
        dry_run: bool = false,
        /// Where it stands.
        status: ImportStatus = ImportStatus::Running,
        /// Products that were made.
        created: i32 = 0,
        /// Products that were changed.
        updated: i32 = 0,
        /// Products that were the same already.
        unchanged: i32 = 0,
        /// Products that were refused.
        failed: i32 = 0,
        /// Why it stopped.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<String> = None,
    }

    /// How far the undo of an import has come.
    UndoFacts {
        /// The import.
        import_id: ImportId = id(5),
        /// Products that were removed.
        removed: i32 = 0,
        /// Products that are again as they were.
        restored: i32 = 0,
        /// Products that stay as they are.
        left: i32 = 0,
        /// Why it stopped.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        failure: Option<String> = None,
    }
}

events! {
    module "catalog";

    /// A product was created; it is a draft unless its status says otherwise.
    ProductCreated: "product.created", 1, product_id, public, kept (ProductFacts)

    /// A product, its variants or its pictures were changed.
    ProductUpdated: "product.updated", 1, product_id, public, kept (ProductFacts)

    /// A product went on sale.
    ProductPublished: "product.published", 1, product_id, public, kept (ProductFacts { status: ProductStatus::Active })

    /// A product was withdrawn; past orders keep it.
    ProductArchived: "product.archived", 1, product_id, public, kept (ProductFacts { status: ProductStatus::Archived })

    /// A product went back to being a draft, out of the archive or off sale.
    ProductDrafted: "product.drafted", 1, product_id, public, kept (ProductFacts)

    /// A product and its variants were deleted.
    ProductDeleted: "product.deleted", 1, product_id, public, kept (ProductFacts)

    /// Variants of a product cost more or less than before.
    ProductPricesChanged: "product.prices_changed", 1, product_id, public, fleeting {
        /// The product.
        product_id: ProductId = id(1),
        /// Those variants whose price has changed.
        prices: Vec<PriceChange> = vec![PriceChange::example()],
    }

    /// A picture has come from the address that a file named.
    ImageFetched: "product_image.fetched", 1, image_id, public, fleeting (ImageFacts)

    /// A picture did not come from the address that a file named.
    ImageFailed: "product_image.failed", 1, image_id, public, fleeting (ImageFacts { failure: Some("There is no picture at this address.".to_owned()) })

    /// A category was created.
    CategoryCreated: "category.created", 1, category_id, public, kept (CategoryFacts)

    /// A category was changed, or moved with all below it.
    CategoryUpdated: "category.updated", 1, category_id, public, kept (CategoryFacts)

    /// A category was deleted; those below it have moved up and its products stay.
    CategoryDeleted: "category.deleted", 1, category_id, public, kept (CategoryFacts)

    /// An import has begun.
    ImportStarted: "import.started", 1, import_id, public, kept (ImportFacts)

    /// An import has come to the end of its file; each product was told before, and stock and prices are not told one by one.
    ImportFinished: "import.finished", 1, import_id, public, kept (ImportFacts { status: ImportStatus::Completed, created: 120, updated: 14 })

    /// An import stopped because of something that concerns the whole file; what it has written stays.
    ImportFailed: "import.failed", 1, import_id, public, kept (ImportFacts { status: ImportStatus::Failed, failure: Some("The file has no column for titles.".to_owned()) })

    /// An import was called off; what it has written stays.
    ImportCancelled: "import.cancelled", 1, import_id, public, kept (ImportFacts { status: ImportStatus::Cancelled, created: 20 })

    /// The undo of an import was asked for.
    ImportUndoStarted: "import.undo_started", 1, import_id, public, kept (UndoFacts)

    /// An import was undone, as far as that could be.
    ImportUndone: "import.undone", 1, import_id, public, kept (UndoFacts { removed: 118, restored: 14, left: 2 })

    /// The undo of an import stopped before its end; what it has undone stays undone.
    ImportUndoFailed: "import.undo_failed", 1, import_id, public, kept (UndoFacts { removed: 50, failure: Some("It was called off by who hosts the store.".to_owned()) })
}
