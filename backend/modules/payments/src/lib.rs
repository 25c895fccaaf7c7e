//! Payments: providers that move money, and books that say what was moved.

mod bank;
mod error;
mod health;
mod jobs;
mod model;
mod provider;
mod queries;
mod routes;
mod schema;
mod service;

use orion_framework::module::{Module, Routes, SettingInfo};
use orion_framework::permission::ModuleMarker;
use orion_types::status::ModuleTier;

pub use bank::SETTING as BANK_ACCOUNT;
pub use error::PaymentsError;
pub use model::{Payment, PaymentState};
pub use provider::{Due, Instructions, Outcome, PaymentProvider, ProviderError, ProviderId, Token, provider};
pub use queries::columns as payment_columns;
pub use service::{
    NewPayment, call_off, charge, close, confirm, list_payments, list_payments_of, lookup, methods, new_payment, record_late_capture,
    record_manual, record_outcome, set_bank_transfer, tokenise, transfer_instructions,
};

/// The module as a type.
pub struct Payments;

impl ModuleMarker for Payments {
    const ID: &'static str = "payments";
}

/// The declaration of the module.
pub static MODULE: Module = Module {
    id: Payments::ID,
    name: "Payments",
    summary: "Takes money through providers: bank transfer, and test cards outside of production.",
    tier: ModuleTier::Optional,
    tables: &["payments", "payment_ledger", "test_card_charges"],
    features: &["bank transfer", "test cards"],
    settings: &[SettingInfo {
        key: bank::SETTING,
        title: "The bank account that transfers go to",
        kind: "object",
        max_length: None,
    }],
    routes: Routes {
        admin: None,
        store: Some(routes::configure),
        storefront: None,
        root: None,
    },
    emits: orion_events::PAYMENTS,
    incoming: provider::INCOMING,
    jobs: jobs::JOBS,
    exports: service::SOURCES,
    health: health::CHECKS,
    opening_checks: Some(service::opening_checks),
    ..Module::EMPTY
};
