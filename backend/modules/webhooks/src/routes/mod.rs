//! `/api/v1/store/webhook-…`.

mod deliveries;
mod endpoints;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn configure(config: &mut ServiceConfig) {
    endpoints::configure(config);
    deliveries::configure(config);
}
