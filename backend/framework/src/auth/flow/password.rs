//! Changing one's password; all other sessions end.

use diesel::prelude::*;
use orion_events::{CustomerFacts, CustomerPasswordChanged};
use orion_types::auth::ChangePassword;
use uuid::Uuid;

use super::brake;
use super::customers::find_account;
use crate::auth::second_factor::Verdict;
use crate::auth::{
    Accounts, Audience, AuthError, CustomerSessions, PasswordError, Passwords, SessionTable, UserArea, UserSessions, check_new_password,
    second_factor,
};
use crate::db::{Actor, AuditEntry, DbError, PlatformTx, RequestMeta, StoreTx};
use crate::foreign::{customers, users};
use crate::gate::{CustomerIdentity, UserIdentity};
use crate::tenancy::{RequestContext, StoreContext};

/// Asks a user who is signed in for their password again; its hash as it was when it was right, so that what follows can look that it still is.
///
/// # Errors
/// [`AuthError::WrongPassword`], [`AuthError::TooManyAttempts`].
pub async fn check_user_password(
    accounts: Accounts<'_>,
    context: &RequestContext,
    area: UserArea,
    user: &UserIdentity,
    password: &str,
) -> Result<String, AuthError> {
    let backend = accounts.0;
    let attempt = brake(backend, context, area.audience(), Uuid::nil(), &user.email)?;
    let id = user.id.0;
    let find = move |tx: &mut PlatformTx| -> Result<String, DbError> {
        Ok(users::table
            .filter(users::id.eq(id))
            .select(users::password_hash)
            .first(tx.conn())?)
    };
    let hash = backend.platform_tx(Actor::system("sign-in"), RequestMeta::default(), find).await?;
    if !backend.passwords.verify(password, Some(&hash), true).await? {
        return Err(AuthError::WrongPassword);
    }
    backend.brake.succeeded(attempt);
    Ok(hash)
}

/// Likewise, with a code where the account has a second factor: for what would let somebody keep an account who has only found it open. Counted and
/// refused as at signing in.
///
/// # Errors
/// As [`check_user_password`]; [`AuthError::CodeMissing`], [`AuthError::WrongCode`].
pub async fn check_user(
    accounts: Accounts<'_>,
    context: &RequestContext,
    area: UserArea,
    user: &UserIdentity,
    (password, code): (&str, &str),
) -> Result<String, AuthError> {
    let hash = check_user_password(accounts, context, area, user, password).await?;
    if !user.second_factor {
        return Ok(hash);
    }
    if code.trim().is_empty() {
        return Err(AuthError::CodeMissing);
    }
    let backend = accounts.0;
    let (vault, id, code) = (backend.vault.clone(), user.id, code.to_owned());
    let look = move |tx: &mut PlatformTx| -> Result<Verdict, AuthError> {
        let verdict = second_factor::check(tx, &vault, id, &code)?;
        let action = match verdict {
            Verdict::Off | Verdict::App => "user.second_factor_given",
            Verdict::Recovery { .. } => "user.recovery_code_used",
            Verdict::Wrong | Verdict::Wait(_) => "user.second_factor_refused",
        };
        tx.audit(None, AuditEntry::new(action, "users", id.0));
        Ok(verdict)
    };
    // A wrong one is counted, so the transaction is over before it is refused.
    backend.platform_tx(user.actor(), context.meta(), look).await?.into_result()?;
    Ok(hash)
}

/// Likewise a customer.
///
/// # Errors
/// [`AuthError::WrongPassword`], [`AuthError::TooManyAttempts`].
pub async fn check_customer_password(
    accounts: Accounts<'_>,
    context: &RequestContext,
    store: &StoreContext,
    customer: &CustomerIdentity,
    password: &str,
) -> Result<String, AuthError> {
    let backend = accounts.0;
    let attempt = brake(backend, context, Audience::Storefront, store.id.0, &customer.email)?;
    let email = customer.email.clone();
    let account = backend
        .store_read(store, Actor::system("sign-in"), move |tx| find_account(tx, &email))
        .await?;
    let hash = account.and_then(|account| account.password_hash);
    if !backend.passwords.verify(password, hash.as_deref(), true).await? {
        return Err(AuthError::WrongPassword);
    }
    backend.brake.succeeded(attempt);
    hash.ok_or(AuthError::WrongPassword)
}

/// Changes the password of a user who is signed in; their other sessions end, in both areas.
///
/// # Errors
/// [`AuthError::WeakPassword`], and those of [`check_user`].
pub async fn change_user_password(
    accounts: Accounts<'_>,
    context: &RequestContext,
    area: UserArea,
    user: &UserIdentity,
    change: ChangePassword,
) -> Result<(), AuthError> {
    let backend = accounts.0;
    let id = user.id.0;
    let asked = (change.current_password.as_str(), change.one_time_code.as_str());
    // A code counts once: a password that will not do is refused before it is used up.
    let chosen = strong(change.new_password, vec![user.email.clone(), user.name.clone()]).await?;
    let hash = check_user(accounts, context, area, user, asked).await?;
    let chosen = backend.passwords.hash(&chosen).await?;
    let current = user.session_id;
    let save = move |tx: &mut PlatformTx| -> Result<(), AuthError> {
        let changed = (
            users::password_hash.eq(chosen),
            users::updated_at.eq(tx.now()),
            users::version.eq(users::version + 1),
        );
        // Only what was checked is replaced: who has chosen another one by a link meanwhile keeps it.
        let checked = users::table.filter(users::id.eq(id)).filter(users::password_hash.eq(&hash));
        if diesel::update(checked).set(changed).execute(tx.conn()).map_err(DbError::from)? == 0 {
            return Err(AuthError::WrongPassword);
        }
        let ended = UserSessions::new(tx, area).revoke_all(id, Some(current))?;
        tx.audit(
            None,
            AuditEntry::new("user.password_changed", "users", id).note("sessions_ended", ended.len()),
        );
        Ok(())
    };
    backend.platform_tx(user.actor(), context.meta(), save).await
}

/// Changes the password of a customer who is signed in; their other sessions end.
///
/// # Errors
/// [`AuthError::WrongPassword`], [`AuthError::WeakPassword`], [`AuthError::TooManyAttempts`].
pub async fn change_customer_password(
    accounts: Accounts<'_>,
    context: &RequestContext,
    store: &StoreContext,
    customer: &CustomerIdentity,
    change: ChangePassword,
) -> Result<(), AuthError> {
    let backend = accounts.0;
    let hash = check_customer_password(accounts, context, store, customer, &change.current_password).await?;
    let personal = vec![customer.email.clone(), customer.name.clone(), store.name.clone()];
    let chosen = chosen_hash(&backend.passwords, change.new_password, personal).await?;
    let (customer_id, id, current) = (customer.id, customer.id.0, customer.session_id);
    let save = move |tx: &mut StoreTx| -> Result<(), AuthError> {
        let changed = (
            customers::password_hash.eq(chosen),
            customers::updated_at.eq(tx.now()),
            customers::version.eq(customers::version + 1),
        );
        let row = customers::table
            .filter(customers::store_id.eq(tx.store_id()))
            .filter(customers::id.eq(id))
            .filter(customers::password_hash.eq(hash));
        if diesel::update(row).set(changed).execute(tx.conn()).map_err(DbError::from)? == 0 {
            return Err(AuthError::WrongPassword);
        }
        let ended = CustomerSessions::new(tx).revoke_all(id, Some(current))?;
        tx.audit(AuditEntry::new("customer.password_changed", "customers", id).note("sessions_ended", ended.len()));
        tx.emit(&CustomerPasswordChanged(CustomerFacts { customer_id }));
        Ok(())
    };
    backend.store_tx(store, customer.actor(), context.meta(), save).await
}

/// The hash of a password that somebody chooses; the check takes milliseconds of work, so it leaves the async threads too. `personal` is what
/// an attacker knows of the person.
///
/// # Errors
/// [`AuthError::WeakPassword`], and [`AuthError::Password`] when too many wait.
pub async fn chosen_hash(passwords: &Passwords, password: String, personal: Vec<String>) -> Result<String, AuthError> {
    let password = strong(password, personal).await?;
    Ok(passwords.hash(&password).await?)
}

/// A password that somebody chooses, if it will do.
async fn strong(password: String, personal: Vec<String>) -> Result<String, AuthError> {
    let check = move || {
        let personal: Vec<&str> = personal.iter().map(String::as_str).collect();
        check_new_password(&password, &personal).map(|()| password)
    };
    let checked = tokio::task::spawn_blocking(check)
        .await
        .map_err(|error| PasswordError::Hash(error.to_string()))?;
    checked.map_err(AuthError::WeakPassword)
}
