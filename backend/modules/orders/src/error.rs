//! What can go wrong with carts, checkouts and orders.

use orion_framework::db::DbError;
use orion_framework::idempotency::IdempotencyError;
use orion_framework::problem::{self, ModuleError, ProblemDraft, ProblemKind, RATE_LIMITED};
use orion_inventory::InventoryError;
use orion_rules::order_state::IllegalTransition;
use orion_rules::pricing::PricingError;
use orion_types::{Money, VariantId};

/// There is nothing to order.
pub static CART_EMPTY: ProblemKind = ProblemKind {
    code: "orders.cart_empty",
    status: 409,
    title: "The cart is empty or was ordered already",
};
/// The cart holds as many lines as it may.
pub static CART_FULL: ProblemKind = ProblemKind {
    code: "orders.cart_full",
    status: 409,
    title: "The cart cannot hold more lines",
};
/// Fewer units are left than are wanted.
pub static NOT_ENOUGH_STOCK: ProblemKind = ProblemKind {
    code: "orders.not_enough_stock",
    status: 409,
    title: "There are not enough units left",
};
/// Something in the cart is no longer sold.
pub static ITEM_UNAVAILABLE: ProblemKind = ProblemKind {
    code: "orders.item_unavailable",
    status: 409,
    title: "Something in the cart is no longer sold",
};
/// The customer agreed to another total.
pub static TOTAL_CHANGED: ProblemKind = ProblemKind {
    code: "orders.total_changed",
    status: 409,
    title: "The total has changed",
};
/// Amounts beyond what can be charged.
pub static TOTAL_TOO_LARGE: ProblemKind = ProblemKind {
    code: "orders.total_too_large",
    status: 422,
    title: "The total is larger than can be charged",
};
/// The provider took no money.
pub static PAYMENT_DECLINED: ProblemKind = ProblemKind {
    code: "orders.payment_declined",
    status: 402,
    title: "The payment was declined",
};
/// There is nothing to agree to.
pub static NOT_AWAITING_CONFIRMATION: ProblemKind = ProblemKind {
    code: "orders.not_awaiting_confirmation",
    status: 409,
    title: "The payment does not wait for a confirmation",
};
/// The order is in no state for that.
pub static ILLEGAL_TRANSITION: ProblemKind = ProblemKind {
    code: "orders.illegal_transition",
    status: 409,
    title: "That is not possible in the order's state",
};

/// The problems of this module.
pub static PROBLEMS: &[&ProblemKind] = &[
    &CART_EMPTY,
    &CART_FULL,
    &NOT_ENOUGH_STOCK,
    &ITEM_UNAVAILABLE,
    &TOTAL_CHANGED,
    &TOTAL_TOO_LARGE,
    &PAYMENT_DECLINED,
    &NOT_AWAITING_CONFIRMATION,
    &ILLEGAL_TRANSITION,
];

/// Why something could not be done.
#[derive(Debug, thiserror::Error)]
pub enum OrdersError {
    /// There is no open cart, or nothing is in it.
    #[error("the cart is empty")]
    CartEmpty,
    /// The cart holds as many lines as it may.
    #[error("the cart is full")]
    CartFull,
    /// One address has begun so many carts that it has to wait.
    #[error("too many new carts")]
    TooManyCarts {
        /// Seconds.
        retry_after: u32,
    },
    /// Fewer units are left than are wanted.
    #[error("only {available} units of {variant_id} are left")]
    NotEnoughStock {
        /// What is short.
        variant_id: VariantId,
        /// Its title, where it is known.
        title: String,
        /// Units that can be had.
        available: i32,
    },
    /// Something in the cart is no longer sold.
    #[error("{title} is no longer sold")]
    ItemUnavailable {
        /// What it was called.
        title: String,
    },
    /// The customer agreed to another total.
    #[error("the total is {}", total.amount_minor)]
    TotalChanged {
        /// What the order costs now.
        total: Money,
    },
    /// The order cannot be priced.
    #[error(transparent)]
    Pricing(#[from] PricingError),
    /// The provider took no money; the cart is open again.
    #[error("the payment was declined: {code}")]
    PaymentDeclined {
        /// Why, for programs.
        code: String,
    },
    /// There is nothing to agree to.
    #[error("the payment does not wait for a confirmation")]
    NotAwaitingConfirmation,
    /// The order is in no state for that.
    #[error("{0}")]
    IllegalTransition(String),
    /// Fields of the request are wrong.
    #[error("the request is not valid")]
    Invalid(ProblemDraft),
    /// There is no such thing in this store, or it is none of the caller's business.
    #[error("not found")]
    NotFound,
    /// The request was sent before.
    #[error(transparent)]
    Idempotency(#[from] IdempotencyError),
    /// Stock and order disagree.
    #[error(transparent)]
    Inventory(InventoryError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for OrdersError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

impl From<ProblemDraft> for OrdersError {
    fn from(draft: ProblemDraft) -> Self {
        Self::Invalid(draft)
    }
}

impl From<IllegalTransition> for OrdersError {
    fn from(refused: IllegalTransition) -> Self {
        Self::IllegalTransition(refused.to_string())
    }
}

impl From<InventoryError> for OrdersError {
    fn from(error: InventoryError) -> Self {
        match error {
            InventoryError::Short { variant_id, available } => Self::NotEnoughStock {
                variant_id,
                title: String::new(),
                available,
            },
            InventoryError::Db(error) => Self::Db(error),
            other => Self::Inventory(other),
        }
    }
}

impl ModuleError for OrdersError {
    fn problem(&self) -> ProblemDraft {
        match self {
            Self::CartEmpty => ProblemDraft::new(&CART_EMPTY),
            Self::CartFull => ProblemDraft::new(&CART_FULL),
            Self::TooManyCarts { retry_after } => ProblemDraft::new(&RATE_LIMITED).retry_after(*retry_after),
            Self::NotEnoughStock {
                variant_id,
                title,
                available,
            } => not_enough_stock(*variant_id, title, *available),
            Self::ItemUnavailable { title } => ProblemDraft::new(&ITEM_UNAVAILABLE).detail(format!("{title} is no longer sold.")),
            Self::TotalChanged { total } => ProblemDraft::new(&TOTAL_CHANGED)
                .detail(format!("The total is now {} {}.", total.to_decimal_string(), total.currency))
                .field("/expected_total_minor", "changed", total.amount_minor.to_string()),
            Self::Pricing(PricingError::NoLines) => ProblemDraft::new(&CART_EMPTY),
            Self::Pricing(_) => ProblemDraft::new(&TOTAL_TOO_LARGE),
            Self::PaymentDeclined { code } => ProblemDraft::new(&PAYMENT_DECLINED)
                .detail("Nothing was charged and your cart is as it was. Try again or choose another way of paying.")
                .field("/payment", code.clone(), "was declined"),
            Self::NotAwaitingConfirmation => ProblemDraft::new(&NOT_AWAITING_CONFIRMATION),
            Self::IllegalTransition(why) => ProblemDraft::new(&ILLEGAL_TRANSITION).detail(why.clone()),
            Self::Invalid(draft) => draft.clone(),
            Self::NotFound => ProblemDraft::new(&problem::NOT_FOUND),
            Self::Idempotency(error) => error.problem(),
            Self::Inventory(error) => error.problem(),
            Self::Db(error) => error.problem(),
        }
    }
}

fn not_enough_stock(variant_id: VariantId, title: &str, available: i32) -> ProblemDraft {
    let detail = match (available, title) {
        (0, "") => "None is left.".to_owned(),
        (0, title) => format!("{title} is sold out."),
        (left, "") => format!("Only {left} are left."),
        (left, title) => format!("Only {left} of {title} are left."),
    };
    ProblemDraft::new(&NOT_ENOUGH_STOCK)
        .detail(detail)
        .field(format!("/items/{variant_id}"), "not_enough_stock", available.to_string())
}

#[cfg(test)]
mod tests {
    use orion_types::Currency;

    use super::*;

    #[test]
    fn a_changed_total_is_told_to_people_and_programs() {
        let draft = OrdersError::TotalChanged {
            total: Money::new(4930, Currency::EUR),
        }
        .problem();
        assert_eq!(draft.kind.status, 409);
        assert_eq!(draft.detail.as_deref(), Some("The total is now 49.30 EUR."));
        assert_eq!(draft.errors[0].detail, "4930");
    }

    #[test]
    fn short_stock_says_what_is_left_of_what() {
        let variant_id = VariantId(uuid::Uuid::nil());
        let short: OrdersError = InventoryError::Short { variant_id, available: 2 }.into();
        let draft = short.problem();
        assert_eq!((draft.kind.code, draft.errors[0].detail.as_str()), ("orders.not_enough_stock", "2"));
        let named = OrdersError::NotEnoughStock {
            variant_id,
            title: "Mug".to_owned(),
            available: 0,
        };
        assert_eq!(named.problem().detail.as_deref(), Some("Mug is sold out."));
    }
}
