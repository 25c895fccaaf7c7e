//! Payments: providers that move money, and books that say what was moved.

mod health;
mod jobs;
mod model;
mod provider;
mod queries;
mod service;

use orion_framework::module::Module;
use orion_types::status::ModuleTier;

pub use model::{Payment, PaymentState};
pub use provider::{Outcome, PaymentProvider, ProviderError, ProviderId, Scope, Token, provider};
pub use service::{
    NewPayment, call_off, charge, close, confirm, create_payment, list_payments, lookup, methods, record_late_capture, record_manual,
    record_outcome, tokenise,
};

/// The declaration of the module.
pub static MODULE: Module = Module {
    id: "payments",
    name: "Payments",
    summary: "Takes money through providers: bank transfer, and test cards outside of production.",
    tier: ModuleTier::Optional,
    tables: &["payments", "payment_ledger", "test_card_charges"],
    jobs: jobs::JOBS,
    health: health::CHECKS,
    ..Module::EMPTY
};
