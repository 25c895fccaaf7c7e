//! Paths outside the three APIs.

use actix_web::get;
use actix_web::web::Json;
use orion_framework::gate::Anonymous;
use orion_types::Page;
use orion_types::module::ProblemType;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::problems;

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_problem_types);
}

/// Every kind of problem that the API answers with; the `type` of a problem document points here.
#[utoipa::path(
    tag = "errors",
    operation_id = "list_problem_types",
    responses((status = 200, body = Page<ProblemType>)),
    security(())
)]
#[get("/api/v1/errors")]
async fn list_problem_types(anybody: Anonymous) -> Json<Page<ProblemType>> {
    Json(Page::complete(problems::catalogue(&anybody.services().modules)))
}
