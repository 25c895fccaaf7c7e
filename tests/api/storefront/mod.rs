mod account;
mod cart;
mod catalog;
mod checkout;
mod idempotency;
mod payments;
mod quote;
mod tracking;
