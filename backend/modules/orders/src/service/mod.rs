//! The use cases.

pub mod access;
pub mod account;
pub mod cart;
pub mod checkout;
pub mod export;
pub mod offers;
pub mod opening;
pub mod orders;
pub mod owner;
pub mod record;
pub mod sales;
pub mod settings;
pub mod tracking;
