//! Below `/api/v1/store`.

mod account;
mod domains;
mod opening;
mod settings;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(account::login_staff)
        .service(account::refresh_staff)
        .service(account::logout_staff)
        .service(account::get_staff_profile)
        .service(account::change_staff_password)
        .service(account::list_staff_sessions)
        .service(account::delete_staff_session)
        .service(account::delete_staff_sessions)
        .service(settings::get_settings)
        .service(settings::update_settings)
        .service(opening::get_opening)
        .service(opening::open_shop)
        .service(opening::set_guest_password)
        .service(opening::create_preview_link)
        .service(domains::list_domains)
        .service(domains::create_domain)
        .service(domains::get_domain)
        .service(domains::update_domain)
        .service(domains::check_domain)
        .service(domains::delete_domain)
        .service(domains::get_label)
        .service(domains::update_label);
}
