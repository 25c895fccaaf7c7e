//! `/api/v1/store/dashboard/sales`.

use actix_web::get;
use actix_web::web::Json;
use orion_framework::gate::Staff;
use orion_framework::http::Failure;
use orion_framework::permission::rights;
use orion_types::order::SalesOverview;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::sales;

pub fn configure(config: &mut ServiceConfig) {
    config.service(get_sales);
}

/// Shows the sales of the last 30 days, in days of the store's time zone.
#[utoipa::path(
    tag = "dashboard",
    operation_id = "get_sales_overview",
    responses((status = 200, body = SalesOverview)),
    security(("staff" = ["orders.read"]))
)]
#[get("/dashboard/sales")]
pub async fn get_sales(staff: Staff<rights::OrdersRead>) -> Result<Json<SalesOverview>, Failure> {
    let overview = staff.read(sales::overview).await?;
    Ok(Json(overview))
}
