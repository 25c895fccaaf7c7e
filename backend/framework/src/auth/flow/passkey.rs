//! Signing in by a passkey. Whose it is and whether it has signed is found out where passkeys are kept; here is what comes of it.

use orion_types::{CustomerId, UserId};
use uuid::Uuid;

use super::customers::begin as begin_customer;
use super::users::begin;
use super::{Signed, count, signed_customer, signed_user};
use crate::auth::session::note_passkey;
use crate::auth::{Accounts, Audience, AuthError, UserArea};
use crate::db::{Actor, ActorKind, AuditEntry, DbError, PlatformTx, StoreTx};
use crate::tenancy::{RequestContext, StoreContext};

/// Whose passkey it is that somebody brings.
#[derive(Debug, Clone)]
pub struct PasskeyHolder {
    /// The account.
    pub user: UserId,
    /// Its address, for the audit log.
    pub email: String,
    /// The host that the passkey is bound to.
    pub host: String,
}

/// Signs the holder of a passkey in. `prove` runs in the transaction that begins the session: it gives the id of the passkey that has signed, or
/// nothing where it is refused, and what it has noted is kept either way. No code is asked for: the passkey has verified its owner.
///
/// # Errors
/// Those of `prove`; `None` is a refusal.
pub async fn sign_in_by_passkey<E>(
    accounts: Accounts<'_>,
    context: &RequestContext,
    area: UserArea,
    holder: PasskeyHolder,
    prove: impl FnOnce(&mut PlatformTx) -> Result<Option<Uuid>, E> + Send + 'static,
) -> Result<Option<Signed>, E>
where
    E: From<DbError> + From<AuthError> + Send + 'static,
{
    let PasskeyHolder { user, email, host } = holder;
    let actor = Actor {
        kind: ActorKind::User,
        id: Some(user.0),
        label: email,
        impersonation: None,
    };
    let enter = move |tx: &mut PlatformTx| {
        let Some(passkey) = prove(tx)? else { return Ok(None) };
        let started = begin(tx, area, user)?;
        note_passkey(tx, started.session, (passkey, &host))?;
        let entry = AuditEntry::new("user.signed_in", "user_sessions", started.session.0).note("area", area.audience().as_str());
        tx.audit(None, entry.note("passkey", passkey));
        Ok::<_, E>(Some(started))
    };
    match accounts.0.platform_tx(actor, context.meta(), enter).await? {
        Some(started) => Ok(Some(signed_user(accounts, context, area, user, &started)?)),
        None => {
            count_refused_passkey(area.audience());
            Ok(None)
        }
    }
}

/// Whose passkey it is that somebody brings to a shop.
#[derive(Debug, Clone)]
pub struct CustomerPasskeyHolder {
    /// The account in the store.
    pub customer: CustomerId,
    /// Its address, for the audit log.
    pub email: String,
}

/// Likewise a customer of a store, with the guest's cart.
///
/// # Errors
/// Those of `prove`; `None` is a refusal.
pub async fn sign_in_customer_by_passkey<E>(
    accounts: Accounts<'_>,
    context: &RequestContext,
    store: &StoreContext,
    (holder, cart_token): (CustomerPasskeyHolder, Option<String>),
    prove: impl FnOnce(&mut StoreTx) -> Result<Option<Uuid>, E> + Send + 'static,
) -> Result<Option<Signed>, E>
where
    E: From<DbError> + From<AuthError> + Send + 'static,
{
    let CustomerPasskeyHolder { customer, email } = holder;
    let actor = Actor {
        kind: ActorKind::Customer,
        id: Some(customer.0),
        label: email,
        impersonation: None,
    };
    let enter = move |tx: &mut StoreTx| {
        let Some(passkey) = prove(tx)? else { return Ok(None) };
        let started = begin_customer(tx, customer, cart_token.as_deref())?;
        let entry = AuditEntry::new("customer.signed_in", "customer_sessions", started.session.0);
        tx.audit(entry.note("customer", customer.0).note("passkey", passkey));
        Ok::<_, E>(Some(started))
    };
    match accounts.0.store_tx(store, actor, context.meta(), enter).await? {
        Some(started) => Ok(Some(signed_customer(accounts, context, store, customer, &started)?)),
        None => {
            count_refused_passkey(Audience::Storefront);
            Ok(None)
        }
    }
}

/// Counts a passkey that was refused before it was known whose it is.
pub fn count_refused_passkey(audience: Audience) {
    count(audience, "refused");
}
