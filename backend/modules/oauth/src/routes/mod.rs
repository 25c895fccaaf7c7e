//! Where people register programs and decide about them, and where programs come for tokens.

mod connections;
mod open;
mod programs;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure_store(config: &mut ServiceConfig) {
    programs::configure(config);
    connections::configure(config);
}

pub(crate) fn configure_root(config: &mut ServiceConfig) {
    open::configure(config);
}
