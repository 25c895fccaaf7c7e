//! Paths outside the three APIs.

use std::net::IpAddr;

use actix_web::web::Json;
use actix_web::{HttpRequest, HttpResponse, get};
use orion_framework::gate::{Anonymous, PlatformAdmin};
use orion_framework::http::{Failure, Query};
use orion_framework::problem::NOT_FOUND;
use orion_framework::tenancy::{Directory, HostOwner, host};
use orion_types::admin::ResolvedAddress;
use orion_types::status::StoreStatus;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::service::resolve;

/// Registers the handlers.
pub(crate) fn configure(config: &mut ServiceConfig) {
    config.service(may_issue_certificate).service(resolve_address);
}

/// The name that a proxy wants a certificate for.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct TlsQuestion {
    domain: String,
}

/// A host and a path to look at.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
struct AddressQuestion {
    /// The host, with or without a port.
    host: String,
    /// The path; the front page unless told.
    path: Option<String>,
}

/// Where a host and a path lead: area, store, clean path. An address of a platform that is not the administrator's is not found.
#[utoipa::path(
    tag = "operations",
    operation_id = "get_resolved_address",
    params(AddressQuestion),
    responses((status = 200, body = ResolvedAddress)),
    security(("admin" = []))
)]
#[get("/debug/resolve")]
async fn resolve_address(admin: PlatformAdmin, question: Query<AddressQuestion>) -> Result<Json<ResolvedAddress>, Failure> {
    let AddressQuestion { host, path } = question.into_inner();
    let (address, platform) = resolve::resolve_address(admin.services(), &host, path.as_deref().unwrap_or("/")).await?;
    if let Some(platform) = platform {
        admin.require(platform.id)?;
    }
    Ok(Json(address))
}

/// Whether a proxy may get a certificate for a host (on-demand TLS): 200 for hosts that are in use, 404 for all others.
///
/// Only neighbours may ask, or anybody could list the shops.
#[utoipa::path(
    tag = "internal",
    operation_id = "get_certificate_permission",
    params(TlsQuestion),
    responses((status = 200)),
    security(())
)]
#[get("/internal/tls-ask")]
async fn may_issue_certificate(anybody: Anonymous, request: HttpRequest, question: Query<TlsQuestion>) -> Result<HttpResponse, Failure> {
    // Both: the other end of the wire, and whoever a trusted proxy says is behind it.
    let peer = request.peer_addr().map(|address| address.ip());
    let client = anybody.context().ip.parse().ok();
    if !peer.is_some_and(is_neighbour) || !client.is_some_and(is_neighbour) {
        return Err(Failure::of(&NOT_FOUND));
    }
    if in_use(&anybody.services().directory, &question.into_inner().domain).await? {
        return Ok(HttpResponse::Ok().finish());
    }
    Err(Failure::of(&NOT_FOUND))
}

async fn in_use(directory: &Directory, domain: &str) -> Result<bool, Failure> {
    let Some(host) = host::normalise(domain) else {
        return Ok(false);
    };
    Ok(match directory.owner(&host).await? {
        HostOwner::Platform(_) | HostOwner::Admin(_) => true,
        // A suspended shop says so under its own certificate.
        HostOwner::Store { store, .. } => store.status != StoreStatus::Archived,
        HostOwner::Loopback | HostOwner::Unknown => false,
    })
}

/// The machine itself or its private network.
fn is_neighbour(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::is_neighbour;

    #[test]
    fn only_the_machine_and_its_private_network_are_neighbours() {
        for near in ["127.0.0.1", "10.1.2.3", "192.168.0.7", "::1", "fd00::1", "::ffff:10.0.0.1"] {
            assert!(is_neighbour(near.parse().unwrap()), "{near}");
        }
        for far in ["203.0.113.9", "8.8.8.8", "2001:db8::1", "::ffff:8.8.8.8"] {
            assert!(!is_neighbour(far.parse().unwrap()), "{far}");
        }
    }
}
