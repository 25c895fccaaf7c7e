//! `/api/v1/store/programs`.

use actix_web::web::Json;
use actix_web::{delete, get, patch, post};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, NoContent, Path, Versioned};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::rights;
use orion_types::oauth::{CreateProgram, Program, UpdateProgram};
use orion_types::{Page, ProgramId};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::programs;

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(list_programs)
        .service(create_program)
        .service(get_program)
        .service(update_program)
        .service(delete_program);
}

fn versioned(program: Program) -> Versioned<Program> {
    Versioned {
        version: program.version,
        body: program,
    }
}

/// Lists the programs that the store has registered, newest first.
#[utoipa::path(
    tag = "programs",
    operation_id = "list_programs",
    responses((status = 200, body = Page<Program>)),
    security(("staff" = ["programs.read"]))
)]
#[get("/programs")]
async fn list_programs(staff: Staff<rights::ProgramsRead>) -> Result<Json<Page<Program>>, Failure> {
    Ok(Json(staff.read(programs::list).await?))
}

/// Registers a program, which may then ask people of the store to act for them. It gets a `client_id` and no secret.
#[utoipa::path(
    tag = "programs",
    operation_id = "create_program",
    request_body = CreateProgram,
    responses(
        (status = 201, body = Program),
        (status = 409, description = "The store has as many programs as it may have")
    ),
    security(("staff" = ["programs.write"]))
)]
#[post("/programs")]
async fn create_program(staff: Staff<rights::ProgramsWrite>, body: Body<CreateProgram>) -> Result<Answered, Failure> {
    let create = move |tx: &mut StoreTx| programs::create(tx, &body.0);
    let made = staff.once(Once::makes("create_program"), create).await?;
    Ok(made.below("/api/v1/store/programs"))
}

/// Reads a program.
#[utoipa::path(
    tag = "programs",
    operation_id = "get_program",
    params(("id" = ProgramId, Path)),
    responses((status = 200, body = Program)),
    security(("staff" = ["programs.read"]))
)]
#[get("/programs/{id}")]
async fn get_program(staff: Staff<rights::ProgramsRead>, id: Path<ProgramId>) -> Result<Versioned<Program>, Failure> {
    let id = id.into_inner().0;
    Ok(versioned(staff.read(move |tx| programs::read(tx, id)).await?))
}

/// Changes name or addresses of a program; needs `If-Match` with its version. What people let it do goes on.
#[utoipa::path(
    tag = "programs",
    operation_id = "update_program",
    params(("id" = ProgramId, Path), ("If-Match" = String, Header)),
    request_body = UpdateProgram,
    responses((status = 200, body = Program)),
    security(("staff" = ["programs.write"]))
)]
#[patch("/programs/{id}")]
async fn update_program(
    staff: Staff<rights::ProgramsWrite>,
    id: Path<ProgramId>,
    if_match: IfMatch,
    body: Body<UpdateProgram>,
) -> Result<Versioned<Program>, Failure> {
    let which = (id.into_inner().0, if_match.required()?);
    Ok(versioned(staff.tx(move |tx| programs::update(tx, which, &body.0)).await?))
}

/// Takes a program away, with all that people let it do: its next request is refused, on every server.
#[utoipa::path(
    tag = "programs",
    operation_id = "delete_program",
    params(("id" = ProgramId, Path)),
    responses((status = 204)),
    security(("staff" = ["programs.write"]))
)]
#[delete("/programs/{id}")]
async fn delete_program(staff: Staff<rights::ProgramsWrite>, id: Path<ProgramId>) -> Result<NoContent, Failure> {
    let id = id.into_inner().0;
    staff.tx(move |tx| programs::delete(tx, id)).await?;
    Ok(NoContent)
}
