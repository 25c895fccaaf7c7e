//! Below `/api/v1/store`: the catalogue for staff.

mod bulk;
mod categories;
mod images;
mod import_mappings;
mod import_undo;
mod imports;
mod products;
mod variants;

use utoipa_actix_web::service_config::ServiceConfig;

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    products::configure(config);
    variants::configure(config);
    bulk::configure(config);
    images::configure(config);
    categories::configure(config);
    imports::configure(config);
    import_mappings::configure(config);
    import_undo::configure(config);
}
