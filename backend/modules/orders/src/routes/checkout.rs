//! `/api/v1/storefront/checkouts`.

use actix_web::cookie::Cookie;
use actix_web::http::header::{CONTENT_TYPE, LOCATION};
use actix_web::web::Json;
use actix_web::{HttpRequest, HttpResponse, get, post};
use orion_framework::gate::Shopper;
use orion_framework::http::{Body, Failure, Path};
use orion_framework::idempotency;
use orion_framework::tenancy::StoreContext;
use orion_i18n::{LANGUAGE_COOKIE, Locale};
use orion_types::checkout::{CheckoutOptions, CheckoutResult, ConfirmPayment, OpenCheckout, PlaceOrder, Quote, QuoteRequest};
use orion_types::{OrderId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::Orders;
use crate::service::access::AccessKey;
use crate::service::checkout::{self, Answer};
use crate::service::owner::CartOwner;

pub fn configure(config: &mut ServiceConfig) {
    config
        .service(get_options)
        .service(create_quote)
        .service(place_order)
        .service(list_open_checkouts)
        .service(confirm_payment);
}

/// The language that the customer reads: the one they chose in the shop, else the shop's own, as on its pages.
fn language(request: &HttpRequest, store: &StoreContext) -> Locale {
    let cookie = request.cookie(LANGUAGE_COOKIE);
    Locale::of_page(None, cookie.as_ref().map(Cookie::value), &store.locale)
}

/// Shows ways of shipping, ways of paying, and countries that are delivered to.
#[utoipa::path(
    tag = "checkout",
    operation_id = "get_checkout_options",
    responses((status = 200, body = CheckoutOptions)),
    security((), ("customer" = []))
)]
#[get("/checkout/options")]
pub async fn get_options(shopper: Shopper<Orders>, request: HttpRequest) -> Result<Json<CheckoutOptions>, Failure> {
    let production = shopper.services().config.is_production();
    let locale = language(&request, shopper.store());
    let options = shopper.read(move |tx| checkout::options(tx, locale, production)).await?;
    Ok(Json(options))
}

/// Prices the cart with the rules that make the order.
#[utoipa::path(
    tag = "checkout",
    operation_id = "create_quote",
    request_body = QuoteRequest,
    responses((status = 200, body = Quote)),
    security((), ("customer" = []))
)]
#[post("/checkouts/quote")]
pub async fn create_quote(shopper: Shopper<Orders>, body: Body<QuoteRequest>) -> Result<Json<Quote>, Failure> {
    let owner = CartOwner::of(&shopper);
    let quote = shopper.read(move |tx| checkout::quote(tx, &owner, &body.0)).await?;
    Ok(Json(quote))
}

/// Where the order is: in the account of whoever has one. The account would turn a guest away, who has the secret of the cart.
fn location(shopper: &Shopper<Orders>, id: OrderId) -> String {
    let base = &shopper.context().base;
    match shopper.customer() {
        Some(_) => format!("{base}/api/v1/storefront/account/orders/{id}"),
        None => format!("{base}/api/v1/storefront/orders/{id}"),
    }
}

/// Places the order in one call. The same key again has no second effect and gets the same answer.
#[utoipa::path(
    tag = "checkout",
    operation_id = "place_order",
    request_body = PlaceOrder,
    responses(
        (status = 201, body = CheckoutResult),
        (status = 402, description = "The payment was declined; the cart is open again"),
        (status = 409, description = "Stock, prices or the cart have changed"),
    ),
    security((), ("customer" = []))
)]
#[post("/checkouts")]
pub async fn place_order(shopper: Shopper<Orders>, request: HttpRequest, body: Body<PlaceOrder>) -> Result<HttpResponse, Failure> {
    let key = idempotency::required_key(&request)?;
    let locale = language(&request, shopper.store());
    let Answer { order_id, body, replayed } = checkout::place_order(&shopper, key, locale, &body.0).await?;
    let mut answer = HttpResponse::Created();
    answer.insert_header((CONTENT_TYPE, "application/json"));
    if let Some(id) = order_id {
        answer.insert_header((LOCATION, location(&shopper, id)));
    }
    if replayed {
        answer.insert_header(("Idempotent-Replayed", "true"));
    }
    Ok(answer.body(body))
}

/// Lists the checkouts of the account and of the browser's carts whose payment is not decided yet: the provider's question can be
/// answered, or the answer waited for, when the page of the checkout is lost.
#[utoipa::path(
    tag = "checkout",
    operation_id = "list_open_checkouts",
    responses((status = 200, body = Page<OpenCheckout>)),
    security((), ("customer" = []))
)]
#[get("/checkouts/open")]
pub async fn list_open_checkouts(shopper: Shopper<Orders>) -> Result<Json<Page<OpenCheckout>>, Failure> {
    let owner = CartOwner::of(&shopper);
    let access = AccessKey::of(shopper.services());
    let open = shopper.read(move |tx| checkout::open_checkouts(tx, &owner, &access)).await?;
    Ok(Json(Page::complete(open)))
}

/// Answers the provider's question whether the card's owner wants to pay.
#[utoipa::path(
    tag = "checkout",
    operation_id = "confirm_payment",
    params(("order_id" = OrderId, Path, description = "The order")),
    request_body = ConfirmPayment,
    responses(
        (status = 200, body = CheckoutResult),
        (status = 402, description = "The payment was declined; the cart is open again"),
    ),
    security((), ("customer" = []))
)]
#[post("/checkouts/{order_id}/confirm")]
pub async fn confirm_payment(
    shopper: Shopper<Orders>,
    order_id: Path<OrderId>,
    body: Body<ConfirmPayment>,
) -> Result<Json<CheckoutResult>, Failure> {
    let result = checkout::confirm_payment(&shopper, order_id.0, body.0).await?;
    Ok(Json(result))
}
