//! One's own address book.

use actix_web::web::Json;
use actix_web::{delete, get, post, put};
use orion_framework::db::StoreTx;
use orion_framework::gate::Customer;
use orion_framework::http::{Body, Failure, NoContent, Path};
use orion_framework::idempotency::{Answered, Once};
use orion_types::customer::{SaveAddress, SavedAddress};
use orion_types::{AddressId, Page};

use crate::Customers;
use crate::service::addresses;

/// The whole address book, the default address first.
#[utoipa::path(
    tag = "account",
    operation_id = "list_addresses",
    responses((status = 200, body = Page<SavedAddress>)),
    security(("customer" = []))
)]
#[get("/account/addresses")]
pub(super) async fn list_addresses(customer: Customer<Customers>) -> Result<Json<Page<SavedAddress>>, Failure> {
    let owner = customer.identity().id;
    Ok(Json(Page::complete(customer.read(move |tx| addresses::list(tx, owner)).await?)))
}

/// Adds an address; the first one becomes the default.
#[utoipa::path(
    tag = "account",
    operation_id = "create_address",
    request_body = SaveAddress,
    responses((status = 201, body = SavedAddress)),
    security(("customer" = []))
)]
#[post("/account/addresses")]
pub(super) async fn create_address(customer: Customer<Customers>, body: Body<SaveAddress>) -> Result<Answered, Failure> {
    let (owner, new) = (customer.identity().id, body.into_inner());
    let add = move |tx: &mut StoreTx| addresses::add_address(tx, owner, &new);
    let made = customer.once(Once::makes("create_address"), add).await?;
    Ok(made.below("/api/v1/storefront/account/addresses"))
}

/// Replaces an address. Orders keep the one they were placed with.
#[utoipa::path(
    tag = "account",
    operation_id = "update_address",
    params(("id" = AddressId, Path)),
    request_body = SaveAddress,
    responses((status = 200, body = SavedAddress)),
    security(("customer" = []))
)]
#[put("/account/addresses/{id}")]
pub(super) async fn update_address(
    customer: Customer<Customers>,
    id: Path<AddressId>,
    body: Body<SaveAddress>,
) -> Result<Json<SavedAddress>, Failure> {
    let (owner, id, change) = (customer.identity().id, id.into_inner(), body.into_inner());
    Ok(Json(customer.tx(move |tx| addresses::replace(tx, owner, id, &change)).await?))
}

/// Takes an address out of the book.
#[utoipa::path(
    tag = "account",
    operation_id = "delete_address",
    params(("id" = AddressId, Path)),
    responses((status = 204)),
    security(("customer" = []))
)]
#[delete("/account/addresses/{id}")]
pub(super) async fn delete_address(customer: Customer<Customers>, id: Path<AddressId>) -> Result<NoContent, Failure> {
    let (owner, id) = (customer.identity().id, id.into_inner());
    customer.tx(move |tx| addresses::delete(tx, owner, id)).await?;
    Ok(NoContent)
}
