//! Values of the examples.

use orion_types::{Currency, Money};
use uuid::Uuid;

/// An id that looks like one.
pub(crate) fn id<T: From<Uuid>>(number: u16) -> T {
    const FIRST: u128 = 0x019a_c5d2_8f3e_7b41_9c60_5a1e_d2f0_0000;
    Uuid::from_u128(FIRST + u128::from(number)).into()
}

/// An amount in cents.
pub(crate) fn euros(amount_minor: i64) -> Money {
    Money::new(amount_minor, Currency::EUR)
}
