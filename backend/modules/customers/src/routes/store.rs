//! Below `/api/v1/store`.

use actix_web::get;
use actix_web::web::Json;
use orion_framework::gate::Staff;
use orion_framework::http::{Failure, Path, Query};
use orion_framework::permission::rights;
use orion_types::customer::{CustomerDetail, CustomerQuery, CustomerSummary};
use orion_types::permission::Permission;
use orion_types::{CustomerId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::list::{self, CustomerList};

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_customers).service(get_customer);
}

/// The store's customers: those with an account and those who have bought as guests. What they have ordered is told to members who may see orders.
#[utoipa::path(
    tag = "customers",
    operation_id = "list_customers",
    params(CustomerQuery),
    responses((status = 200, body = Page<CustomerSummary>)),
    security(("staff" = ["customers.read"]))
)]
#[get("/customers")]
async fn list_customers(staff: Staff<rights::CustomersRead>, query: Query<CustomerQuery>) -> Result<Json<Page<CustomerSummary>>, Failure> {
    let list = CustomerList::parse(query.into_inner(), staff.role().holds(Permission::OrdersRead))?;
    Ok(Json(staff.read(move |tx| list::list(tx, &list)).await?))
}

/// One customer with the address book.
#[utoipa::path(
    tag = "customers",
    operation_id = "get_customer",
    params(("id" = CustomerId, Path, description = "The customer")),
    responses((status = 200, body = CustomerDetail)),
    security(("staff" = ["customers.read"]))
)]
#[get("/customers/{id}")]
async fn get_customer(staff: Staff<rights::CustomersRead>, id: Path<CustomerId>) -> Result<Json<CustomerDetail>, Failure> {
    let id = id.into_inner();
    Ok(Json(staff.read(move |tx| list::get(tx, id)).await?))
}
