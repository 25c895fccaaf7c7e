//! What can go wrong with stock.

use orion_framework::db::DbError;
use orion_framework::idempotency::IdempotencyError;
use orion_framework::problem::{self, ModuleError, ProblemDraft, ProblemKind};
use orion_types::VariantId;

/// Fewer units are there than are wanted.
pub static INSUFFICIENT: ProblemKind = ProblemKind {
    code: "inventory.insufficient",
    status: 409,
    title: "There is not enough stock",
};

/// Why stock could not be changed.
#[derive(Debug, thiserror::Error)]
pub enum InventoryError {
    /// Fewer units can be sold than are wanted; nothing was reserved.
    #[error("only {available} units of {variant_id} can be sold")]
    Short {
        /// The first variant, in the order of ids, that lacks units.
        variant_id: VariantId,
        /// How many units can be sold.
        available: i32,
    },
    /// The result would be below what is promised to orders.
    #[error("{reserved} units of {variant_id} are promised to orders, {on_hand} are in the house")]
    BelowReserved {
        /// The variant.
        variant_id: VariantId,
        /// Units in the house.
        on_hand: i32,
        /// Units promised to orders.
        reserved: i32,
    },
    /// A count is below what is promised to orders.
    #[error("{reserved} units are promised to orders")]
    CountedBelowReserved {
        /// Units promised to orders.
        reserved: i32,
    },
    /// The books have changed since they were read.
    #[error("the books have changed")]
    Stale,
    /// An order gives back or ships units that were never promised to it.
    #[error("{0} is not reserved in that quantity")]
    NotReserved(VariantId),
    /// No such variant in this store.
    #[error("no such variant")]
    UnknownVariant,
    /// Fields of the request are wrong.
    #[error("the request is not valid")]
    Invalid(ProblemDraft),
    /// The idempotency key.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for InventoryError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl ModuleError for InventoryError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::Short { available, .. } => ProblemDraft::new(&INSUFFICIENT).detail(format!("Only {available} units can be sold.")),
            Self::BelowReserved { on_hand, reserved, .. } => ProblemDraft::new(&INSUFFICIENT)
                .detail(format!(
                    "{on_hand} units are in the house and {reserved} of them are promised to orders."
                ))
                .field(
                    "/delta",
                    "insufficient",
                    format!("At most {} units can be taken away.", on_hand - reserved),
                ),
            Self::CountedBelowReserved { reserved } => {
                ProblemDraft::new(&INSUFFICIENT).field("/on_hand", "insufficient", format!("{reserved} units are promised to orders."))
            }
            Self::Stale => ProblemDraft::new(&problem::STALE),
            // A reservation that is gone is our own books being wrong; the log names it, the client can do nothing.
            Self::NotReserved(_) => ProblemDraft::new(&problem::INTERNAL),
            Self::UnknownVariant => ProblemDraft::new(&problem::NOT_FOUND),
            Self::Invalid(draft) => draft.clone(),
            Self::Idempotency(error) => error.problem(),
            Self::Db(error) => error.problem(),
        }
    }
}
