//! Accounts, roles, memberships and domains: the steps that make a platform usable.

use orion_events::MemberAdded;
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::problem::FieldErrors;
use orion_framework::tenancy::host;
use orion_types::status::{AdminRole, MemberRole};
use orion_types::{PlatformId, RoleId, StoreId, UserId, validation};

use super::domains::keep_off_platforms;
use crate::error::TenancyError;
use crate::queries::{accounts, export, stores};

/// An account to be made; the password is hashed already, outside of any transaction.
#[derive(Clone)]
pub struct NewUser {
    /// The e-mail address.
    pub email: String,
    /// The name.
    pub name: String,
    /// What the framework's `Passwords` made of the password.
    pub password_hash: String,
}

/// Makes an account; [`TenancyError::EmailTaken`] when the address has one.
pub fn create_user(tx: &mut PlatformTx, new: &NewUser) -> Result<UserId, TenancyError> {
    let mut errors = FieldErrors::default();
    let email = errors.check("/owner/email", validation::email(&new.email));
    let name = errors.check("/owner/name", validation::name(&new.name));
    errors.into_result()?;
    let (Some(email), Some(name)) = (email, name) else {
        return Err(DbError::NotFound.into());
    };
    let (id, now) = (tx.new_id(), tx.now());
    let row = accounts::InsertUser {
        id,
        email: &email,
        name,
        password_hash: &new.password_hash,
        created_at: now,
        updated_at: now,
    };
    accounts::insert_user(tx.conn(), &row).map_err(|error| match DbError::from(error) {
        error if error.is_unique("users_email") => TenancyError::EmailTaken,
        error => TenancyError::Db(error),
    })?;
    tx.audit(None, AuditEntry::new("user.created", "users", id).note("email", &email));
    Ok(UserId(id))
}

/// The live account with an e-mail address.
pub fn find_user(tx: &mut PlatformTx, email: &str) -> Result<Option<UserId>, DbError> {
    let found = accounts::find_by_email(tx.conn(), &validation::normalise_email(email))?;
    Ok(found.map(|user| UserId(user.id)))
}

/// Where the owner of a store gets mail.
pub fn owner_email(tx: &mut PlatformTx, store: StoreId) -> Result<Option<String>, DbError> {
    Ok(export::find_owner_email(tx.conn(), store)?)
}

/// Gives somebody a role in the admin area; a platform admin's names the platform, a super admin's does not.
pub fn grant_admin(tx: &mut PlatformTx, user: UserId, role: AdminRole, platform: Option<PlatformId>) -> Result<(), TenancyError> {
    let grant = accounts::InsertGrant {
        id: tx.new_id(),
        user: user.0,
        role,
        platform: platform.map(|platform| platform.0),
        now: tx.now(),
    };
    if accounts::insert_grant(tx.conn(), &grant)? {
        let entry = AuditEntry::new("admin_role.granted", "admin_roles", grant.id);
        tx.audit(None, entry.note("user_id", user).note("role", role).note("platform_id", platform));
    } else {
        tx.no_audit("the role was given before");
    }
    Ok(())
}

/// Makes somebody a member of a store's team, with one of the roles that every store has.
pub fn add_member(tx: &mut PlatformTx, store: StoreId, user: UserId, role: MemberRole) -> Result<(), TenancyError> {
    add_member_as(tx, store, user, (role, None))
}

/// Likewise with a role that may be the store's own; that one's id stands beside `custom`.
pub fn add_member_as(
    tx: &mut PlatformTx,
    store: StoreId,
    user: UserId,
    (role, role_id): (MemberRole, Option<RoleId>),
) -> Result<(), TenancyError> {
    let (id, now) = (tx.new_id(), tx.now());
    stores::insert_membership(tx.conn(), id, (store.0, user.0), (role, role_id), now)?;
    let entry = AuditEntry::new("membership.created", "memberships", id)
        .note("user_id", user)
        .note("role", role);
    let entry = match role_id {
        Some(own) => entry.note("role_id", own),
        None => entry,
    };
    tx.audit(Some(store), entry);
    let user_id = user;
    tx.emit(store, &MemberAdded { user_id, role, role_id });
    Ok(())
}

/// Gives a store a domain that is active at once; for domains whose owner is known otherwise, but for those of platforms, below which a host is a label.
pub fn add_domain(tx: &mut PlatformTx, store: StoreId, domain: &str, primary: bool) -> Result<(), TenancyError> {
    let Some(domain) = host::normalise(domain).filter(|domain| domain.contains('.')) else {
        return Err(TenancyError::field("/host", "invalid_host", "is not a domain name"));
    };
    keep_off_platforms(tx.conn(), &domain)?;
    let (id, now) = (tx.new_id(), tx.now());
    let token = orion_framework::clock::Ids::secret();
    let row = stores::InsertDomain {
        id,
        store: store.0,
        host: &domain,
        primary,
        token: &token,
        now,
    };
    stores::insert_domain(tx.conn(), &row).map_err(|error| match DbError::from(error) {
        error if error.is_unique("store_domains_active_host") || error.is_unique("store_domains_host") => TenancyError::DomainTaken,
        error => TenancyError::Db(error),
    })?;
    tx.audit(
        Some(store),
        AuditEntry::new("domain.activated", "store_domains", id).note("host", &domain),
    );
    tx.invalidate_store(store);
    Ok(())
}
