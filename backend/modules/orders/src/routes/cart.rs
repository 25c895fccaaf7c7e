//! `/api/v1/storefront/cart`.

use actix_web::http::header::SET_COOKIE;
use actix_web::web::Json;
use actix_web::{CustomizeResponder, Responder, delete, get, patch, post};
use orion_framework::auth::Audience;
use orion_framework::auth::cookie::CookieScope;
use orion_framework::gate::Shopper;
use orion_framework::http::{Body, Failure, Path};
use orion_framework::idempotency::{Answered, Once};
use orion_types::CartItemId;
use orion_types::cart::{AddCartItem, Cart, UpdateCartItem};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Orders;
use crate::service::cart;
use crate::service::owner::CartOwner;

/// The header that gives clients without cookies the secret of a new cart.
const CART_HEADER: &str = "orion-cart";

pub fn configure(config: &mut ServiceConfig) {
    config.service(get_cart).service(add_item).service(update_item).service(delete_item);
}

/// Shows the cart; prices and stock are those of now.
#[utoipa::path(
    tag = "cart",
    operation_id = "get_cart",
    responses((status = 200, body = Cart)),
    security((), ("customer" = []))
)]
#[get("/cart")]
pub async fn get_cart(shopper: Shopper<Orders>) -> Result<Json<Cart>, Failure> {
    let owner = CartOwner::of(&shopper);
    let cart = shopper.read(move |tx| cart::get_cart(tx, &owner)).await?;
    Ok(Json(cart))
}

/// Puts units of a variant into the cart; the same variant twice adds up.
///
/// The first one makes the cart: its secret comes back as a cookie and in the header `orion-cart`, which clients without
/// cookies send along.
#[utoipa::path(
    tag = "cart",
    operation_id = "add_cart_item",
    request_body = AddCartItem,
    responses((status = 200, body = Cart), (status = 429, description = "Too many new carts from this address")),
    security((), ("customer" = []))
)]
#[post("/cart/items")]
pub async fn add_item(shopper: Shopper<Orders>, body: Body<AddCartItem>) -> Result<CustomizeResponder<Answered>, Failure> {
    let owner = CartOwner::of(&shopper);
    let (limits, ip, store) = (
        shopper.services().limits.clone(),
        shopper.context().ip.clone(),
        shopper.store().id.0,
    );
    let may_begin = move || limits.new_cart(store, &ip);
    let asked = shopper.asked(&Once::answers("add_cart_item"));
    let (cart, secret) = shopper
        .tx(move |tx| cart::add_item_once(tx, &owner, &body.0, asked.as_ref(), may_begin))
        .await?;
    let answer = cart.customize();
    let Some(secret) = secret else { return Ok(answer) };
    let scope = CookieScope::of(shopper.services(), shopper.context(), Audience::Storefront);
    let cookie = scope.cart(secret.clone()).to_string();
    Ok(answer.insert_header((CART_HEADER, secret)).insert_header((SET_COOKIE, cookie)))
}

/// Sets the units of a line.
#[utoipa::path(
    tag = "cart",
    operation_id = "update_cart_item",
    params(("id" = CartItemId, Path, description = "The line")),
    request_body = UpdateCartItem,
    responses((status = 200, body = Cart)),
    security((), ("customer" = []))
)]
#[patch("/cart/items/{id}")]
pub async fn update_item(shopper: Shopper<Orders>, id: Path<CartItemId>, body: Body<UpdateCartItem>) -> Result<Json<Cart>, Failure> {
    let owner = CartOwner::of(&shopper);
    let cart = shopper.tx(move |tx| cart::set_quantity(tx, &owner, id.0, &body.0)).await?;
    Ok(Json(cart))
}

/// Takes a line out of the cart and shows what is left.
#[utoipa::path(
    tag = "cart",
    operation_id = "delete_cart_item",
    params(("id" = CartItemId, Path, description = "The line")),
    responses((status = 200, body = Cart)),
    security((), ("customer" = []))
)]
#[delete("/cart/items/{id}")]
pub async fn delete_item(shopper: Shopper<Orders>, id: Path<CartItemId>) -> Result<Json<Cart>, Failure> {
    let owner = CartOwner::of(&shopper);
    let cart = shopper.tx(move |tx| cart::remove_item(tx, &owner, id.0)).await?;
    Ok(Json(cart))
}
