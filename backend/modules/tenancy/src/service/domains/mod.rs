//! A store's own domains: asked for, proved by a text in their zone, and gone again.
//!
//! ```text
//! add ── pending ── the proof is found ── active ── it is gone: a week of grace ── failed
//!           └── looked for after growing pauses          └── another store proves it: it moves over at once
//! ```
//!
//! A claim reserves nothing: who proves a host first has it. What name servers say is asked outside of transactions.

pub(crate) mod dns;
pub(crate) mod jobs;
pub(crate) mod label;
pub(super) mod name;
pub(crate) mod place;
mod settle;
mod take_over;
mod tell;
mod turn;

use chrono::{DateTime, TimeDelta, Utc};
use diesel::PgConnection;
use orion_framework::Services;
use orion_framework::clock::Ids;
use orion_framework::db::{AuditEntry, DbError, PlatformTx, StoreTx};
use orion_framework::http::Expected;
use orion_framework::tenancy::{HostOwner, StoreContext, host};
use orion_types::StoreId;
use orion_types::domain::{CreateDomain, Domain, DomainCheck, MAX_DOMAINS, UpdateDomain};
use orion_types::status::DomainStatus;
use uuid::Uuid;

use crate::error::TenancyError;
use crate::queries::domains::{self, OwnDomain};
use crate::queries::platforms;
use place::Place;

pub(crate) use settle::settle_asked;

/// Store and host of every domain that leads to a shop: those that want a certificate.
///
/// # Errors
/// Those of the database.
pub fn served_domains(tx: &mut PlatformTx) -> Result<Vec<(StoreId, String)>, DbError> {
    let served = domains::served(tx.conn())?;
    Ok(served.into_iter().map(|(store, host)| (StoreId(store), host)).collect())
}

/// A look is not older than this when somebody asks again: name servers are other people's.
const FRESH: TimeDelta = TimeDelta::seconds(3);

fn stored(reason: &str) -> DbError {
    DbError::Check {
        constraint: format!("store_domains {reason}"),
    }
}

/// The wire form of a domain.
fn to_wire(row: OwnDomain, place: &Place) -> Result<Domain, DbError> {
    let status: DomainStatus = row.status.parse().map_err(|_| stored("status"))?;
    let last_check = row
        .last_check
        .as_ref()
        .map(|check| serde_json::from_value::<DomainCheck>(check.clone()));
    Ok(Domain {
        records: place.records(&row),
        name: host::shown(&row.host),
        status,
        last_check: last_check.transpose().map_err(|_| stored("last_check"))?,
        id: row.id.into(),
        host: row.host,
        primary: row.is_primary,
        off_at: row.lost_since.map(|since| (since + turn::GRACE).into()),
        lost_since: row.lost_since.map(Into::into),
        proven_at: row.proven_at.map(Into::into),
        last_checked_at: row.last_checked_at.map(Into::into),
        next_check_at: row.next_check_at.map(Into::into),
        created_at: row.created_at.into(),
        updated_at: row.updated_at.into(),
        version: row.version,
    })
}

/// The domains of the store, the primary one first.
pub(crate) fn list(tx: &mut StoreTx, place: &Place) -> Result<Vec<Domain>, DbError> {
    domains::list(tx)?.into_iter().map(|row| to_wire(row, place)).collect()
}

/// A domain.
pub(crate) fn read(tx: &mut StoreTx, id: Uuid, place: &Place) -> Result<Domain, DbError> {
    to_wire(domains::get(tx, id)?, place)
}

/// A host that may be asked for, and whether another store has it.
#[derive(Debug)]
pub(crate) struct Asked {
    host: String,
    taken: bool,
}

/// Looks at a host that somebody has typed, and at who has it.
pub(crate) async fn ask(services: &Services, own: &StoreContext, request: &CreateDomain) -> Result<Asked, TenancyError> {
    let host = name::check(&request.host).map_err(|(code, detail)| TenancyError::field("/host", code, detail))?;
    let taken = match services.directory.owner(&host).await? {
        HostOwner::Store { store, .. } => store.id != own.id,
        HostOwner::Platform(_) | HostOwner::Admin(_) | HostOwner::Loopback | HostOwner::Unknown => false,
    };
    if taken && !request.take_over && !below_a_platform(services, &host).await? {
        return Err(TenancyError::DomainTaken);
    }
    Ok(Asked { host, taken })
}

async fn below_a_platform(services: &Services, host: &str) -> Result<bool, DbError> {
    let platforms = services.directory.platforms().await?;
    Ok(platforms.iter().any(|platform| name::is_within(host, &platform.domain)))
}

/// Whether a host is that of a platform with one of these domains, or below it.
fn belongs_to_a_platform(domains: &[String], host: &str) -> bool {
    domains.iter().any(|domain| name::is_within(host, domain))
}

/// Sees to it that a host is no platform's and lies below none, and stays so until the transaction ends.
///
/// # Errors
/// [`TenancyError::DomainOfPlatform`] where it is or does; those of the database.
pub(super) fn keep_off_platforms(conn: &mut PgConnection, host: &str) -> Result<(), TenancyError> {
    if belongs_to_a_platform(&platforms::hold_domains(conn)?, host) {
        return Err(TenancyError::DomainOfPlatform);
    }
    Ok(())
}

/// Adds a domain, which nobody has proved yet.
pub(crate) fn add(tx: &mut StoreTx, asked: &Asked, place: &Place) -> Result<Domain, TenancyError> {
    keep_off_platforms(tx.conn(), &asked.host)?;
    if domains::count(tx)? >= MAX_DOMAINS {
        return Err(TenancyError::TooManyDomains);
    }
    let now = tx.now();
    let row = OwnDomain {
        store_id: tx.store_id(),
        id: tx.new_id(),
        host: asked.host.clone(),
        status: DomainStatus::Pending.as_str().to_owned(),
        is_primary: false,
        token: Ids::secret(),
        last_checked_at: None,
        created_at: now,
        updated_at: now,
        version: 1,
        next_check_at: Some(now + FIRST_LOOK),
        missed: 0,
        proven_at: None,
        lost_since: None,
        last_check: None,
    };
    domains::insert(tx, &row).map_err(|error| match DbError::from(error) {
        error if error.is_unique("store_domains_host") => TenancyError::DomainListed,
        error => TenancyError::Db(error),
    })?;
    tx.audit(noted("domain.added", &row).note("take_over", asked.taken));
    Ok(to_wire(row, place)?)
}

/// Until the first look by itself: whoever adds a domain has to write the proof first.
const FIRST_LOOK: TimeDelta = TimeDelta::minutes(5);

/// A line of the audit log about a domain.
fn noted(action: &'static str, row: &OwnDomain) -> AuditEntry {
    AuditEntry::new(action, "store_domains", row.id).note("host", &row.host)
}

/// Changes a domain, if nobody else has since it was read.
pub(crate) fn update(
    tx: &mut StoreTx,
    (id, expected): (Uuid, Expected),
    change: &UpdateDomain,
    place: &Place,
) -> Result<Domain, TenancyError> {
    let all = domains::lock(tx)?;
    let before = all.iter().find(|row| row.id == id).ok_or(DbError::NotFound)?.clone();
    if before.version != expected {
        return Err(TenancyError::Stale);
    }
    let primary = change.primary.unwrap_or(before.is_primary);
    if primary == before.is_primary {
        tx.no_audit("nothing was to be changed");
        return Ok(to_wire(before, place)?);
    }
    if primary && !before.is_active() {
        return Err(TenancyError::DomainNotActive);
    }
    // The one before makes room first: there is one at most at any time.
    if let Some(mut former) = all.into_iter().find(|row| row.is_primary && row.id != id) {
        former.is_primary = false;
        changed(&mut former, tx.now());
        domains::save(tx.conn(), &former)?;
        tx.audit(noted("domain.updated", &former).change("primary", true, false));
    }
    let mut row = before;
    row.is_primary = primary;
    changed(&mut row, tx.now());
    domains::save(tx.conn(), &row)?;
    tx.audit(noted("domain.updated", &row).change("primary", !primary, primary));
    moved(tx);
    Ok(to_wire(row, place)?)
}

/// Takes a domain away: nobody is served there from the next request on.
pub(crate) fn remove(tx: &mut StoreTx, id: Uuid) -> Result<(), TenancyError> {
    let all = domains::lock(tx)?;
    let row = all.into_iter().find(|row| row.id == id).ok_or(DbError::NotFound)?;
    domains::delete(tx, id)?;
    tx.audit(
        noted("domain.removed", &row)
            .note("status", &row.status)
            .note("primary", row.is_primary),
    );
    moved(tx);
    Ok(())
}

fn changed(row: &mut OwnDomain, now: DateTime<Utc>) {
    row.updated_at = now;
    row.version += 1;
}

/// Every server forgets where the store lives, and what was said of it in pages.
fn moved(tx: &mut StoreTx) {
    tx.touch_catalog();
    tx.tenant_changed();
}

/// The host of a domain that somebody wants looked at; `None` where that was done, or begun, so lately that another look would say the same. The look
/// is noted before it begins, so that of many who ask at once one goes to the name servers.
pub(crate) fn begin_look(tx: &mut StoreTx, id: Uuid) -> Result<Option<String>, DbError> {
    tx.no_audit("a look at name servers changes nothing that was decided");
    let now = tx.now();
    let all = domains::lock(tx)?;
    let mut row = all.into_iter().find(|row| row.id == id).ok_or(DbError::NotFound)?;
    if row.last_checked_at.is_some_and(|at| now.signed_duration_since(at) < FRESH) {
        return Ok(None);
    }
    row.last_checked_at = Some(now);
    domains::save(tx.conn(), &row)?;
    Ok(Some(row.host))
}
