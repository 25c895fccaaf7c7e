//! The use cases.

mod ask;
mod bank;
mod export;
mod record;

pub use ask::{call_off, charge, confirm, lookup, methods, tokenise};
pub use bank::{get_bank_transfer, opening_checks, set_bank_transfer, transfer_instructions};
pub use export::SOURCES;
pub use record::{
    NewPayment, close, list_payments, list_payments_of, new_payment, record_late_capture, record_manual, record_outcome, refund_at_provider,
};
