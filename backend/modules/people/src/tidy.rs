//! Removes links and invitations whose time is over.

use chrono::TimeDelta;
use orion_framework::config::Config;
use orion_framework::db::{DbError, PlatformTx};

use crate::queries::{customer_links, invitations, user_links};

/// How long an invitation that nobody accepted is shown, so that it can be sent again.
const INVITATIONS_SHOWN: TimeDelta = TimeDelta::days(30);

/// Over all stores; there are few.
pub(crate) fn hourly(tx: &mut PlatformTx, _: &Config) -> Result<(), DbError> {
    let now = tx.now();
    user_links::remove_ended(tx.conn(), now)?;
    customer_links::remove_ended(tx.conn(), now)?;
    invitations::remove_ended(tx.conn(), now - INVITATIONS_SHOWN)?;
    tx.no_audit("their time is over");
    Ok(())
}
