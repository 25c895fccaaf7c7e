//! What an address of a country has to say.

use actix_web::{HttpRequest, HttpResponse, get};
use orion_framework::gate::Public;
use orion_framework::http::{Failure, Path, Varies};
use orion_framework::problem::NOT_FOUND;
use orion_types::customer::CountryRegions;

use crate::Customers;
use crate::service::regions;

/// The states, provinces or prefectures that addresses of a country name.
#[utoipa::path(
    tag = "checkout",
    operation_id = "get_country_regions",
    params(("country" = String, Path, min_length = 2, max_length = 2, description = "ISO 3166-1 alpha-2.", example = "US")),
    responses((status = 200, body = CountryRegions)),
    security(())
)]
#[get("/countries/{country}/regions")]
pub(super) async fn get_country_regions(
    public: Public<Customers>,
    request: HttpRequest,
    country: Path<String>,
) -> Result<HttpResponse, Failure> {
    let country = country.into_inner();
    let find = || async move { regions::regions_of(&country).map_err(|_| Failure::of(&NOT_FOUND)) };
    public.cached(&request, Varies::Nowise, find).await
}
