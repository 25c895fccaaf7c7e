//! Following the link of an impersonation: the session of an administrator in a store's dashboard.

use orion_types::{StoreId, UserId};

use super::users::begin;
use super::{Signed, count, signed_user};
use crate::auth::session::bind;
use crate::auth::{Accounts, AuthError, UserArea};
use crate::db::{Actor, ActorKind, DbError, PlatformTx};
use crate::impersonation::{self, ImpersonationRow};
use crate::tenancy::RequestContext;

/// Begins the session of an impersonation whose link was followed, at its store and its host. `tell` runs in the transaction that begins it, for who
/// has to hear of it.
///
/// # Errors
/// Those of `tell`; `None` where the link was followed by somebody else meanwhile, or the administrator may work there no more.
pub async fn enter_impersonation<E>(
    accounts: Accounts<'_>,
    context: &RequestContext,
    row: ImpersonationRow,
    tell: impl FnOnce(&mut PlatformTx, &ImpersonationRow) -> Result<(), E> + Send + 'static,
) -> Result<Option<Signed>, E>
where
    E: From<DbError> + From<AuthError> + Send + 'static,
{
    let user = UserId(row.user_id);
    let actor = Actor {
        kind: ActorKind::User,
        id: Some(row.user_id),
        label: row.user_email.clone(),
        impersonation: Some(row.id),
    };
    let enter = move |tx: &mut PlatformTx| {
        let may_work = impersonation::find_running(tx, row.id, user)?.is_some();
        if !may_work || !impersonation::follow(tx, &row)? {
            tx.no_audit("nobody is let in");
            return Ok(None);
        }
        let started = begin(tx, UserArea::Store, user)?;
        let started = bind(tx, started, (row.id, row.ends_at))?;
        let entry = row.entry("impersonation.began").note("may_change", row.may_change);
        tx.audit(Some(StoreId(row.store_id)), entry.note("until", row.ends_at.to_rfc3339()));
        tell(tx, &row)?;
        Ok::<_, E>(Some(started))
    };
    match accounts.0.platform_tx(actor, context.meta(), enter).await? {
        Some(started) => Ok(Some(signed_user(accounts, context, UserArea::Store, user, &started)?)),
        None => {
            count(UserArea::Store.audience(), "refused");
            Ok(None)
        }
    }
}
