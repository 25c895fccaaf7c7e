//! Below `/api/v1/admin`.

mod account;
mod jobs;
mod modules;
mod operations;
mod platforms;
mod stores;

use orion_framework::gate::PlatformAdmin;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::model::Scope;
use crate::service::links::Links;

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config
        .service(account::login_admin)
        .service(account::refresh_admin)
        .service(account::logout_admin)
        .service(account::get_admin_profile)
        .service(account::change_admin_password)
        .service(account::list_admin_sessions)
        .service(account::delete_admin_session)
        .service(account::delete_admin_sessions)
        .service(platforms::list_platforms)
        .service(platforms::create_platform)
        .service(platforms::get_platform)
        .service(platforms::update_platform)
        .service(platforms::enable_platform)
        .service(platforms::disable_platform)
        .service(modules::list_modules)
        .service(modules::enable_module)
        .service(modules::disable_module)
        .service(stores::list_stores)
        .service(stores::create_store)
        .service(stores::get_store)
        .service(stores::update_store)
        .service(stores::suspend_store)
        .service(stores::reactivate_store)
        .service(operations::get_overview)
        .service(operations::list_audit_entries)
        .service(jobs::list_jobs)
        .service(jobs::retry_job)
        .service(jobs::cancel_job);
}

/// The platforms that the administrator may see.
fn scope(admin: &PlatformAdmin) -> Scope {
    match admin.platforms() {
        None => Scope::All,
        Some(platforms) => Scope::Platforms(platforms.into_iter().map(|platform| platform.0).collect()),
    }
}

fn links(admin: &PlatformAdmin) -> Links {
    Links::of(&admin.services().config)
}
