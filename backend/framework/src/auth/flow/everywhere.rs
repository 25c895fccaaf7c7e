//! Signing out everywhere: every session of somebody ends, the one that asks included.

use actix_web::cookie::Cookie;

use crate::auth::{Accounts, Audience, AuthError, CookieScope, CustomerSessions, SessionTable, UserArea, UserSessions};
use crate::db::{AuditEntry, DbError, PlatformTx, StoreTx};
use crate::gate::{CustomerIdentity, UserIdentity};
use crate::tenancy::{RequestContext, StoreContext};

/// Ends all sessions of a user, in both areas; returns the cookie that takes the refresh token away.
///
/// # Errors
/// [`AuthError::Db`].
pub async fn sign_out_user_everywhere(
    accounts: Accounts<'_>,
    context: &RequestContext,
    area: UserArea,
    user: &UserIdentity,
) -> Result<Cookie<'static>, AuthError> {
    let backend = accounts.0;
    let id = user.id.0;
    let leave = move |tx: &mut PlatformTx| -> Result<(), DbError> {
        let ended = UserSessions::new(tx, area).revoke_all(id, None)?;
        tx.audit(
            None,
            AuditEntry::new("user.signed_out_everywhere", "users", id).note("sessions_ended", ended.len()),
        );
        Ok(())
    };
    backend.platform_tx(user.actor(), context.meta(), leave).await?;
    Ok(CookieScope::of(backend, context, area.audience()).clear_refresh())
}

/// Ends all sessions of a customer in this store; returns the cookie that takes the refresh token away.
///
/// # Errors
/// [`AuthError::Db`].
pub async fn sign_out_customer_everywhere(
    accounts: Accounts<'_>,
    context: &RequestContext,
    store: &StoreContext,
    customer: &CustomerIdentity,
) -> Result<Cookie<'static>, AuthError> {
    let backend = accounts.0;
    let id = customer.id.0;
    let leave = move |tx: &mut StoreTx| -> Result<(), DbError> {
        let ended = CustomerSessions::new(tx).revoke_all(id, None)?;
        tx.audit(AuditEntry::new("customer.signed_out_everywhere", "customers", id).note("sessions_ended", ended.len()));
        Ok(())
    };
    backend.store_tx(store, customer.actor(), context.meta(), leave).await?;
    Ok(CookieScope::of(backend, context, Audience::Storefront).clear_refresh())
}
