//! Where the module answers.

mod account;
mod cart;
mod checkout;
mod dashboard;
mod orders;
mod settings;
mod tracking;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the handlers of the shop.
pub fn storefront(config: &mut ServiceConfig) {
    cart::configure(config);
    checkout::configure(config);
    tracking::configure(config);
    account::configure(config);
}

/// Registers the handlers of the dashboard.
pub fn store(config: &mut ServiceConfig) {
    orders::configure(config);
    dashboard::configure(config);
    settings::configure(config);
}
