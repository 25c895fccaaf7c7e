//! `/api/v1/store/ownership-offer`. Only people have a store, and the owner and whom they chose are known by their place in the team and not by a
//! right, so the gate is that of the account.

use actix_web::http::StatusCode;
use actix_web::web::Json;
use actix_web::{Responder, delete, get, post};
use orion_framework::auth::UserArea;
use orion_framework::auth::flow::check_user;
use orion_framework::gate::StaffUser;
use orion_framework::http::{Body, Failure, NoContent};
use orion_types::team::{AcceptOwnership, OfferOwnership, OwnershipOffer, OwnershipState};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::ownership::{self, Asker};

pub(super) fn configure(config: &mut ServiceConfig) {
    config
        .service(get_ownership_offer)
        .service(create_ownership_offer)
        .service(delete_ownership_offer)
        .service(accept_ownership_offer);
}

/// Asks for the password again, and for a code where the account has a second factor. A code counts once, so what cannot be is refused before.
async fn prove(account: &StaffUser, given: (&str, &str)) -> Result<(), Failure> {
    check_user(account.accounts(), account.context(), UserArea::Store, account.user(), given).await?;
    Ok(())
}

/// The offer to hand the store over, where there is one: for its owner and for whom it was made to.
#[utoipa::path(
    tag = "team",
    operation_id = "get_ownership_offer",
    responses((status = 200, body = OwnershipState)),
    security(("staff" = []))
)]
#[get("/ownership-offer")]
async fn get_ownership_offer(account: StaffUser) -> Result<Json<OwnershipState>, Failure> {
    let (services, asker) = (account.services().clone(), Asker::of(&account)?);
    let offer = account.tx(move |tx| ownership::read(tx, &services, &asker)).await?;
    Ok(Json(OwnershipState { offer }))
}

/// Offers the store to somebody of its team. They get a mail, and the store is theirs once they have accepted; the offer is good for seven days.
/// Only the owner can.
#[utoipa::path(
    tag = "team",
    operation_id = "create_ownership_offer",
    request_body = OfferOwnership,
    responses(
        (status = 201, body = OwnershipOffer),
        (status = 403, description = "Whoever asks is not the owner"),
        (status = 409, description = "It is offered to somebody already")
    ),
    security(("staff" = []))
)]
#[post("/ownership-offer")]
async fn create_ownership_offer(account: StaffUser, body: Body<OfferOwnership>) -> Result<impl Responder, Failure> {
    let (services, asker) = (account.services().clone(), Asker::of(&account)?.open()?);
    let member = body.0.member_id.0;
    let (with, who) = (services.clone(), asker.clone());
    account.tx(move |tx| ownership::judge_offer(tx, &with, &who, member)).await?;
    prove(&account, (&body.0.current_password, &body.0.one_time_code)).await?;
    let made: OwnershipOffer = account.tx(move |tx| ownership::offer(tx, &services, asker, member)).await?;
    Ok(Json(made).customize().with_status(StatusCode::CREATED))
}

/// Takes the offer back, as the owner, or declines it, as whom it was made to.
#[utoipa::path(
    tag = "team",
    operation_id = "delete_ownership_offer",
    responses((status = 204)),
    security(("staff" = []))
)]
#[delete("/ownership-offer")]
async fn delete_ownership_offer(account: StaffUser) -> Result<NoContent, Failure> {
    let (services, asker) = (account.services().clone(), Asker::of(&account)?);
    account.tx(move |tx| ownership::withdraw(tx, &services, &asker)).await?;
    Ok(NoContent)
}

/// Takes the store over; who was its owner goes on as a manager. It counts with everybody's next request.
#[utoipa::path(
    tag = "team",
    operation_id = "accept_ownership_offer",
    request_body = AcceptOwnership,
    responses((status = 204), (status = 410, description = "The offer was taken back, is over, or is for somebody else")),
    security(("staff" = []))
)]
#[post("/ownership-offer/accept")]
async fn accept_ownership_offer(account: StaffUser, body: Body<AcceptOwnership>) -> Result<NoContent, Failure> {
    let (services, asker) = (account.services().clone(), Asker::of(&account)?.open()?);
    let (with, who) = (services.clone(), asker.clone());
    account.tx(move |tx| ownership::judge_acceptance(tx, &with, &who)).await?;
    prove(&account, (&body.0.current_password, &body.0.one_time_code)).await?;
    account.tx(move |tx| ownership::accept(tx, &services, asker)).await?;
    Ok(NoContent)
}
