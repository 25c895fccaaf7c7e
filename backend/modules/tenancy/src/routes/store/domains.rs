//! The domains of the store.

use actix_web::web::Json;
use actix_web::{delete, get, patch, post, put};
use orion_framework::db::StoreTx;
use orion_framework::gate::Staff;
use orion_framework::http::{Body, Failure, IfMatch, NoContent, Path, Versioned};
use orion_framework::idempotency::{Answered, Once};
use orion_framework::permission::rights;
use orion_types::domain::{CreateDomain, Domain, StoreLabel, UpdateDomain, UpdateStoreLabel};
use orion_types::{DomainId, Page};

use crate::service::domains::place::Place;
use crate::service::domains::{self, dns, label};

fn place<R>(staff: &Staff<R>) -> Place {
    Place::of(&staff.services().config, staff.store())
}

fn versioned(domain: Domain) -> Versioned<Domain> {
    Versioned {
        version: domain.version,
        body: domain,
    }
}

/// Lists the domains of the store, the primary one first.
#[utoipa::path(
    tag = "domains",
    operation_id = "list_domains",
    responses((status = 200, body = Page<Domain>)),
    security(("staff" = ["domains.read"]))
)]
#[get("/domains")]
pub(super) async fn list_domains(staff: Staff<rights::DomainsRead>) -> Result<Json<Page<Domain>>, Failure> {
    let place = place(&staff);
    Ok(Json(Page::complete(staff.read(move |tx| domains::list(tx, &place)).await?)))
}

/// Adds a domain. The answer holds the record that proves that it is the store's, and where the domain has to lead; until the proof is found
/// nobody is served there. A host that another store has is 409 unless `take_over` asks for it: it moves over when the proof of this store is
/// there and that of the other one is not.
#[utoipa::path(
    tag = "domains",
    operation_id = "create_domain",
    request_body = CreateDomain,
    responses(
        (status = 201, body = Domain),
        (status = 409, description = "Another store has it, this one has it already, or has as many as it may have")
    ),
    security(("staff" = ["domains.write"]))
)]
#[post("/domains")]
pub(super) async fn create_domain(staff: Staff<rights::DomainsWrite>, body: Body<CreateDomain>) -> Result<Answered, Failure> {
    let place = place(&staff);
    let asked = domains::ask(staff.services(), staff.store(), &body.0).await?;
    let add = move |tx: &mut StoreTx| domains::add(tx, &asked, &place);
    let made = staff.once(Once::makes("create_domain"), add).await?;
    Ok(made.below("/api/v1/store/domains"))
}

/// Reads a domain.
#[utoipa::path(
    tag = "domains",
    operation_id = "get_domain",
    params(("id" = DomainId, Path)),
    responses((status = 200, body = Domain)),
    security(("staff" = ["domains.read"]))
)]
#[get("/domains/{id}")]
pub(super) async fn get_domain(staff: Staff<rights::DomainsRead>, id: Path<DomainId>) -> Result<Versioned<Domain>, Failure> {
    let (id, place) = (id.into_inner().0, place(&staff));
    Ok(versioned(staff.read(move |tx| domains::read(tx, id, &place)).await?))
}

/// Makes a domain the primary one, or no longer; needs `If-Match` with its version. The pages of the store's other domains redirect there.
#[utoipa::path(
    tag = "domains",
    operation_id = "update_domain",
    params(("id" = DomainId, Path), ("If-Match" = String, Header)),
    request_body = UpdateDomain,
    responses((status = 200, body = Domain), (status = 409, description = "Nobody has proved it yet")),
    security(("staff" = ["domains.write"]))
)]
#[patch("/domains/{id}")]
pub(super) async fn update_domain(
    staff: Staff<rights::DomainsWrite>,
    id: Path<DomainId>,
    if_match: IfMatch,
    body: Body<UpdateDomain>,
) -> Result<Versioned<Domain>, Failure> {
    let (which, place) = ((id.into_inner().0, if_match.required()?), place(&staff));
    let update = move |tx: &mut StoreTx| domains::update(tx, which, &body.0, &place);
    Ok(versioned(staff.tx(update).await?))
}

/// Asks the name servers for the proof of a domain now, and says what they have answered. Who asks again within three seconds gets the same answer.
#[utoipa::path(
    tag = "domains",
    operation_id = "check_domain",
    params(("id" = DomainId, Path)),
    responses((status = 200, body = Domain)),
    security(("staff" = ["domains.write"]))
)]
#[post("/domains/{id}/check")]
pub(super) async fn check_domain(staff: Staff<rights::DomainsWrite>, id: Path<DomainId>) -> Result<Answered, Failure> {
    let (id, place) = (id.into_inner().0, place(&staff));
    let host = staff.tx(move |tx| domains::begin_look(tx, id)).await?;
    let services = staff.services();
    let seen = match host {
        Some(host) => Some(dns::look(services, &host, &place).await),
        None => None,
    };
    let settle = move |tx: &mut StoreTx| match seen {
        Some(seen) => domains::settle_asked(tx, id, &seen, &place),
        None => {
            tx.no_audit("it was looked at just now");
            Ok(domains::read(tx, id, &place)?)
        }
    };
    Ok(staff.once(Once::answers("check_domain"), settle).await?)
}

/// Takes a domain away: the shop no longer answers there, with the next request.
#[utoipa::path(
    tag = "domains",
    operation_id = "delete_domain",
    params(("id" = DomainId, Path)),
    responses((status = 204)),
    security(("staff" = ["domains.write"]))
)]
#[delete("/domains/{id}")]
pub(super) async fn delete_domain(staff: Staff<rights::DomainsWrite>, id: Path<DomainId>) -> Result<NoContent, Failure> {
    let id = id.into_inner().0;
    staff.tx(move |tx| domains::remove(tx, id)).await?;
    Ok(NoContent)
}

/// The store's address below the platform's domain, and whether the shop's pages there redirect to the primary domain.
#[utoipa::path(
    tag = "domains",
    operation_id = "get_label",
    responses((status = 200, body = StoreLabel)),
    security(("staff" = ["domains.read"]))
)]
#[get("/label")]
pub(super) async fn get_label(staff: Staff<rights::DomainsRead>) -> Result<Json<StoreLabel>, Failure> {
    Ok(Json(staff.read(label::read).await?))
}

/// Says whether the shop's pages below the platform's domain redirect to the primary domain, where there is one.
#[utoipa::path(
    tag = "domains",
    operation_id = "update_label",
    request_body = UpdateStoreLabel,
    responses((status = 200, body = StoreLabel)),
    security(("staff" = ["domains.write"]))
)]
#[put("/label")]
pub(super) async fn update_label(staff: Staff<rights::DomainsWrite>, body: Body<UpdateStoreLabel>) -> Result<Json<StoreLabel>, Failure> {
    let redirects = body.0.redirects;
    Ok(Json(staff.tx(move |tx| label::update(tx, redirects)).await?))
}
