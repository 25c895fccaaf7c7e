//! What can go wrong in the catalogue, and what a client is told about it.

use orion_framework::db::DbError;
use orion_framework::idempotency::IdempotencyError;
use orion_framework::problem::{self, ModuleError, ProblemDraft, ProblemKind};
use orion_framework::storage::StorageError;

use crate::picture::PictureError;

/// Another live product has the slug.
pub static SLUG_TAKEN: ProblemKind = kind("catalog.slug_taken", 409, "Another product has this address");
/// Two variants have the same values.
pub static DUPLICATE_VARIANT: ProblemKind = kind("catalog.duplicate_variant", 409, "Two variants have the same option values");
/// An edit names some variants of a product and says nothing of others.
pub static VARIANTS_UNNAMED: ProblemKind = kind(
    "catalog.variants_unnamed",
    409,
    "The product has variants that the edit does not name",
);
/// The product has another slug now; the detail is that slug.
pub static PRODUCT_MOVED: ProblemKind = kind("catalog.product_moved", 404, "The product has a new address");
/// The category has another slug now; the detail is that slug.
pub static CATEGORY_MOVED: ProblemKind = kind("catalog.category_moved", 404, "The category has a new address");
/// An archived product was to be put on sale.
pub static PRODUCT_ARCHIVED: ProblemKind = kind("catalog.product_archived", 409, "The product is archived");
/// Another live category has the slug.
pub static CATEGORY_SLUG_TAKEN: ProblemKind = kind("catalog.category_slug_taken", 409, "Another category has this address");
/// A category was to be put below itself.
pub static CATEGORY_CYCLE: ProblemKind = kind("catalog.category_cycle", 422, "A category cannot be below itself");
/// The store has as many categories as it may have.
pub static TOO_MANY_CATEGORIES: ProblemKind = kind("catalog.too_many_categories", 409, "The store has too many categories");
/// The bytes are no picture that a shop can show.
pub static IMAGE_UNSUPPORTED: ProblemKind = kind("catalog.image_unsupported", 422, "The file is not a picture that can be shown");
/// The picture has too many bytes or pixels.
pub static IMAGE_TOO_LARGE: ProblemKind = kind("catalog.image_too_large", 413, "The picture is too large");
/// The product has as many pictures as it may have.
pub static TOO_MANY_IMAGES: ProblemKind = kind("catalog.too_many_images", 409, "The product has too many pictures");
/// The import has ended already.
pub static IMPORT_FINISHED: ProblemKind = kind("catalog.import_finished", 409, "The import has already ended");

/// Nothing of the import can be undone; the detail says why.
pub static IMPORT_NOT_UNDOABLE: ProblemKind = kind("catalog.import_not_undoable", 409, "The import cannot be undone");
/// Something of the import was ordered since.
pub static IMPORT_SOLD: ProblemKind = kind("catalog.import_sold", 409, "Something of the import was sold since");

/// Every kind the module answers with.
pub static PROBLEMS: &[&ProblemKind] = &[
    &SLUG_TAKEN,
    &DUPLICATE_VARIANT,
    &VARIANTS_UNNAMED,
    &PRODUCT_MOVED,
    &CATEGORY_MOVED,
    &PRODUCT_ARCHIVED,
    &CATEGORY_SLUG_TAKEN,
    &CATEGORY_CYCLE,
    &TOO_MANY_CATEGORIES,
    &IMAGE_UNSUPPORTED,
    &IMAGE_TOO_LARGE,
    &TOO_MANY_IMAGES,
    &IMPORT_FINISHED,
    &IMPORT_NOT_UNDOABLE,
    &IMPORT_SOLD,
];

const fn kind(code: &'static str, status: u16, title: &'static str) -> ProblemKind {
    ProblemKind { code, status, title }
}

/// Why the catalogue refused.
#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    /// Fields are wrong or collide; the draft names them.
    #[error("{}", .0.kind.title)]
    Refused(ProblemDraft),
    /// The product has been changed since it was read.
    #[error("the version is not the present one")]
    Stale,
    /// The product has another slug now.
    #[error("the product is at {0:?} now")]
    Moved(String),
    /// The category has another slug now.
    #[error("the category is at {0:?} now")]
    CategoryMoved(String),
    /// The product is archived.
    #[error("the product is archived")]
    Archived,
    /// The category would be below itself.
    #[error("the category would be below itself")]
    CategoryCycle,
    /// The store has as many categories as it may have.
    #[error("a store has at most {0} categories")]
    TooManyCategories(i64),
    /// The product has as many pictures as it may have.
    #[error("a product has at most {0} pictures")]
    TooManyImages(i64),
    /// The import has ended.
    #[error("the import has ended")]
    ImportFinished,
    /// The picture cannot be used.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The server is stopping.
    #[error("the server is stopping")]
    Stopped,
    /// The files.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The idempotency key.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl CatalogError {
    /// A collision with something that exists, at one field.
    pub(crate) fn taken(kind: &'static ProblemKind, pointer: &str) -> Self {
        Self::Refused(ProblemDraft::new(kind).field(pointer, "taken", "is already in use"))
    }

    /// One field is wrong.
    pub(crate) fn field(pointer: &str, code: &str, detail: &str) -> Self {
        Self::Refused(ProblemDraft::new(&problem::INVALID).field(pointer, code, detail))
    }
}

impl From<ProblemDraft> for CatalogError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Refused(draft)
    }
}

impl From<diesel::result::Error> for CatalogError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<CatalogError> for orion_framework::job::JobError {
    fn from(error: CatalogError) -> Self {
        Self::Retry(error.to_string())
    }
}

impl CatalogError {
    /// Whether the change may be there all the same, since the database went away. A file too many is better than a row without its file.
    pub(crate) const fn may_be_written(&self) -> bool {
        let (Self::Db(error) | Self::Idempotency(IdempotencyError::Db(error))) = self else {
            return false;
        };
        matches!(error, DbError::Unavailable(_) | DbError::Unconfirmed(_))
    }
}

impl ModuleError for CatalogError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::Refused(draft) => draft.clone(),
            Self::Stale => ProblemDraft::new(&problem::STALE),
            // The detail is the slug alone, so that a program can follow it.
            Self::Moved(slug) => ProblemDraft::new(&PRODUCT_MOVED).detail(slug),
            Self::CategoryMoved(slug) => ProblemDraft::new(&CATEGORY_MOVED).detail(slug),
            Self::Archived => ProblemDraft::new(&PRODUCT_ARCHIVED).detail("Bring it back from the archive first."),
            Self::CategoryCycle => ProblemDraft::new(&CATEGORY_CYCLE).field("/parent_id", "cycle", "is the category itself or below it"),
            Self::TooManyCategories(most) => {
                ProblemDraft::new(&TOO_MANY_CATEGORIES).detail(format!("A store has at most {most} categories."))
            }
            Self::TooManyImages(most) => ProblemDraft::new(&TOO_MANY_IMAGES).detail(format!("A product has at most {most} pictures.")),
            Self::ImportFinished => ProblemDraft::new(&IMPORT_FINISHED),
            Self::Picture(error) => picture_problem(error),
            Self::Stopped => ProblemDraft::new(&problem::UNAVAILABLE).retry_after(2),
            Self::Storage(error) => error.problem(),
            Self::Idempotency(error) => error.problem(),
            Self::Db(error) => error.problem(),
        }
    }
}

fn picture_problem(error: &PictureError) -> ProblemDraft {
    match error {
        PictureError::Unsupported(_) => ProblemDraft::new(&IMAGE_UNSUPPORTED).detail(error.to_string()),
        PictureError::TooLarge(_) => ProblemDraft::new(&IMAGE_TOO_LARGE).detail(error.to_string()),
    }
}
