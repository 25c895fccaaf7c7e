//! Below `/api/v1/storefront`.

mod account;
mod addresses;
mod countries;
mod sign_in;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(sign_in::register_customer)
        .service(sign_in::login_customer)
        .service(sign_in::refresh_customer)
        .service(sign_in::logout_customer)
        .service(account::get_account)
        .service(account::update_account)
        .service(account::change_password)
        .service(account::list_account_sessions)
        .service(account::delete_account_session)
        .service(account::delete_account_sessions)
        .service(addresses::list_addresses)
        .service(addresses::create_address)
        .service(addresses::update_address)
        .service(addresses::delete_address)
        .service(countries::get_country_regions);
}
