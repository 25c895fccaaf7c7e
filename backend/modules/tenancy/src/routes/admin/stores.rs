//! Stores.

use actix_web::web::Json;
use actix_web::{get, patch, post};
use orion_framework::db::PlatformTx;
use orion_framework::gate::PlatformAdmin;
use orion_framework::http::{Body, Failure, IfMatch, Path, Query, Versioned};
use orion_framework::idempotency::{Answered, Once};
use orion_types::admin::{AdminStore, CreateStore, StoreQuery, SuspendStore, UpdateStore};
use orion_types::{Page, StoreId};

use super::{links, scope};
use crate::error::TenancyError;
use crate::model::{Scope, StoreRow};
use crate::service::change_store;
use crate::service::create_store::{CheckedStore, create_with_owner};
use crate::service::stores::{self, StoreList};

/// The stores that the administrator may see, newest first.
#[utoipa::path(
    tag = "stores",
    operation_id = "list_stores",
    params(StoreQuery),
    responses((status = 200, body = Page<AdminStore>)),
    security(("admin" = []))
)]
#[get("/stores")]
pub(super) async fn list_stores(admin: PlatformAdmin, query: Query<StoreQuery>) -> Result<Json<Page<AdminStore>>, Failure> {
    let list = StoreList::parse(query.into_inner(), scope(&admin))?;
    let links = links(&admin);
    Ok(Json(admin.tx(move |tx| stores::list(tx, &links, &list)).await?))
}

/// Makes a store with its owner, address, theme and defaults: all of it or nothing.
#[utoipa::path(
    tag = "stores",
    operation_id = "create_store",
    request_body = CreateStore,
    responses((status = 201, body = AdminStore)),
    security(("admin" = []))
)]
#[post("/stores")]
pub(super) async fn create_store(admin: PlatformAdmin, request: Body<CreateStore>) -> Result<Answered, Failure> {
    let (scope, links) = (scope(&admin), links(&admin));
    let (checked, services) = (CheckedStore::parse(request.into_inner(), &scope)?, admin.services().clone());
    let hash = match checked.password() {
        Some(password) => Some(services.passwords.hash(password).await.map_err(TenancyError::from)?),
        None => None,
    };
    let make = move |tx: &mut PlatformTx| {
        let store = create_with_owner(tx, &services, checked, hash)?;
        stores::get(tx, &links, &scope, store.id)
    };
    let made = admin.once(Once::makes("create_store"), make).await?;
    Ok(made.below("/api/v1/admin/stores").versioned())
}

/// One store.
#[utoipa::path(
    tag = "stores",
    operation_id = "get_store",
    params(("id" = StoreId, Path)),
    responses((status = 200, body = AdminStore)),
    security(("admin" = []))
)]
#[get("/stores/{id}")]
pub(super) async fn get_store(admin: PlatformAdmin, id: Path<StoreId>) -> Result<Versioned<AdminStore>, Failure> {
    let (scope, links, id) = (scope(&admin), links(&admin), id.into_inner());
    let body = admin.tx(move |tx| stores::get(tx, &links, &scope, id)).await?;
    Ok(Versioned {
        version: body.version,
        body,
    })
}

/// Changes a store's name or its label below the platform's domain; the old label redirects for 90 days.
#[utoipa::path(
    tag = "stores",
    operation_id = "update_store",
    params(("id" = StoreId, Path), ("If-Match" = String, Header)),
    request_body = UpdateStore,
    responses((status = 200, body = AdminStore)),
    security(("admin" = []))
)]
#[patch("/stores/{id}")]
pub(super) async fn update_store(
    admin: PlatformAdmin,
    id: Path<StoreId>,
    version: IfMatch,
    request: Body<UpdateStore>,
) -> Result<Versioned<AdminStore>, Failure> {
    let (id, version, change) = (id.into_inner(), version.required()?, request.into_inner());
    let update = changed(&admin, move |tx, scope| change_store::update(tx, scope, id, version, &change));
    let body = admin.tx(update).await?;
    Ok(Versioned {
        version: body.version,
        body,
    })
}

/// Closes a store to shoppers, with a reason; its staff may still read.
#[utoipa::path(
    tag = "stores",
    operation_id = "suspend_store",
    params(("id" = StoreId, Path)),
    request_body = SuspendStore,
    responses((status = 200, body = AdminStore)),
    security(("admin" = []))
)]
#[post("/stores/{id}/suspend")]
pub(super) async fn suspend_store(admin: PlatformAdmin, id: Path<StoreId>, request: Body<SuspendStore>) -> Result<Answered, Failure> {
    let (id, reason) = (id.into_inner(), request.into_inner().reason);
    let suspend = changed(&admin, move |tx, scope| change_store::suspend(tx, scope, id, &reason));
    Ok(admin.once(Once::answers("suspend_store"), suspend).await?.versioned())
}

/// Opens a suspended store again.
#[utoipa::path(
    tag = "stores",
    operation_id = "reactivate_store",
    params(("id" = StoreId, Path)),
    responses((status = 200, body = AdminStore)),
    security(("admin" = []))
)]
#[post("/stores/{id}/reactivate")]
pub(super) async fn reactivate_store(admin: PlatformAdmin, id: Path<StoreId>) -> Result<Answered, Failure> {
    let id = id.into_inner();
    let reactivate = changed(&admin, move |tx, scope| change_store::reactivate(tx, scope, id));
    Ok(admin.once(Once::answers("reactivate_store"), reactivate).await?.versioned())
}

/// A change of one store, and the store as it is afterwards.
fn changed(
    admin: &PlatformAdmin,
    change: impl FnOnce(&mut PlatformTx, &Scope) -> Result<StoreRow, TenancyError> + Send + 'static,
) -> impl FnOnce(&mut PlatformTx) -> Result<AdminStore, TenancyError> + Send + 'static {
    let (scope, links) = (scope(admin), links(admin));
    move |tx| {
        let row = change(tx, &scope)?;
        Ok(stores::describe_one(tx, &links, row)?)
    }
}
