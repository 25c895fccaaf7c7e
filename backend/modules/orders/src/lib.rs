//! From the cart to the shipped order.

mod error;
mod health;
mod jobs;
mod mail;
mod model;
mod queries;
mod routes;
mod schema;
mod service;

use orion_events::{Event, PaymentReported};
use orion_framework::conversion::PriceHooks;
use orion_framework::db::{DbError, StoreTx};
use orion_framework::event::{EventHandler, Handle, Hears};
use orion_framework::module::{Module, Routes};
use orion_framework::permission::ModuleMarker;
use orion_types::status::ModuleTier;
use orion_types::{CustomerId, ImageId};

pub use error::OrdersError;
pub use service::cart::merge_cart;
pub use service::orders::{cancel, fulfil, mark_paid};
pub use service::record::{RecordedOrder, RecordedPayment, record_order, set_terms};

/// The module as a type, for handlers that shoppers reach.
pub struct Orders;

impl ModuleMarker for Orders {
    const ID: &'static str = "orders";
}

/// The declaration of the module.
pub static MODULE: Module = Module {
    id: Orders::ID,
    name: "Orders",
    summary: "Carts, checkout, shipping and tax, and orders from payment to parcel.",
    features: &["cart", "checkout", "orders", "fulfilment", "tracking"],
    tier: ModuleTier::Optional,
    requires: &["payments", "inventory", "customers", "catalog"],
    tables: &[
        "shipping_methods",
        "tax_rates",
        "carts",
        "cart_items",
        "order_counters",
        "orders",
        "order_items",
        "order_status_history",
        "fulfilments",
        "fulfilment_items",
    ],
    problems: error::PROBLEMS,
    routes: Routes {
        admin: None,
        store: Some(routes::store),
        storefront: Some(routes::storefront),
        root: None,
    },
    emits: orion_events::ORDERS,
    events: &[EventHandler {
        hears: Hears::Event(PaymentReported::NAME),
        name: "orders.look_at_reported_payment",
        handle: Handle::Each(jobs::ResolvePayment::hear),
    }],
    jobs: jobs::JOBS,
    periodic: jobs::PERIODIC,
    retention: jobs::RETENTION,
    exports: service::export::SOURCES,
    health: health::CHECKS,
    counters: health::COUNTERS,
    on_store_created: Some(service::settings::store_created),
    on_customer_login: Some(customer_login),
    on_email_verified: Some(service::account::join_guest_orders),
    currency_locked: Some(queries::orders::any_order),
    prices: Some(PriceHooks {
        count: queries::prices::count,
        convert: queries::prices::convert,
    }),
    shows_picture: Some(shows_picture),
    sold_since: Some(queries::orders::sold_since),
    opening_checks: Some(service::opening::checks),
    in_carts: Some(queries::figures::count_carts),
    bought: Some(queries::figures::bought),
    ..Module::EMPTY
};

fn customer_login(tx: &mut StoreTx, customer_id: CustomerId, cart_token: Option<&str>) -> Result<(), DbError> {
    match cart_token {
        Some(token) => merge_cart(tx, token, customer_id),
        None => Ok(()),
    }
}

/// An order shows what was bought, also when the shop has another picture of it by now.
fn shows_picture(tx: &mut StoreTx, image: ImageId) -> Result<bool, DbError> {
    queries::orders::any_item_with_image(tx, image.0)
}
