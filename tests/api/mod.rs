//! The API as its clients see it, resource by resource.

mod account;
mod admin;
mod auth;
mod conventions;
pub(crate) mod emails;
mod events;
mod hosts;
pub(crate) mod impersonation;
mod neighbours;
mod passkeys;
mod passkeys_refused;
pub(crate) mod passwords;
mod second_factor;
mod sensitive;
mod sign_up;
mod store;
mod storefront;
mod without_optional;
