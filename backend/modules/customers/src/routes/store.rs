//! Below `/api/v1/store`.

use actix_web::web::Json;
use actix_web::{get, patch};
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, Path, Query, Versioned};
use orion_framework::permission::rights;
use orion_types::customer::{CustomerDetail, CustomerQuery, CustomerSummary};
use orion_types::permission::Permission;
use orion_types::{CustomerId, Page};
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::list::{self, CustomerList};
use crate::service::marks::{self, UpdateCustomer};

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(list_customers).service(get_customer).service(update_customer);
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
    let list = CustomerList::parse(query.into_inner(), staff.principal().holds(Permission::OrdersRead))?;
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
async fn get_customer(staff: Staff<rights::CustomersRead>, id: Path<CustomerId>) -> Result<Versioned<CustomerDetail>, Failure> {
    let id = id.into_inner();
    Ok(versioned(staff.read(move |tx| list::get(tx, id)).await?))
}

/// Changes what other programs have noted of a customer; null clears.
#[utoipa::path(
    tag = "customers",
    operation_id = "update_customer",
    params(("id" = CustomerId, Path, description = "The customer"), ("If-Match" = String, Header)),
    request_body = UpdateCustomer,
    responses((status = 200, body = CustomerDetail)),
    security(("staff" = ["customers.write"]))
)]
#[patch("/customers/{id}")]
async fn update_customer(
    staff: Staff<rights::CustomersWrite>,
    id: Path<CustomerId>,
    if_match: IfMatch,
    body: Body<UpdateCustomer>,
) -> Result<Versioned<CustomerDetail>, Failure> {
    let (id, version, change) = (id.into_inner(), if_match.required()?, body.into_inner());
    Ok(versioned(staff.tx(move |tx| marks::change(tx, id, version, change)).await?))
}

fn versioned(customer: CustomerDetail) -> Versioned<CustomerDetail> {
    Versioned {
        version: customer.version,
        body: customer,
    }
}
