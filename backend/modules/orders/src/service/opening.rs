//! What a shop should have of shipping and tax before it opens.

use orion_framework::db::{DbError, StoreTx};
use orion_types::opening::OpeningCheck;

use crate::queries::settings;

/// A way of shipping that somebody has looked at, and a tax rate that was decided on. Each store is born with both in their first version,
/// so that it can sell at all.
pub fn checks(tx: &mut StoreTx) -> Result<Vec<OpeningCheck>, DbError> {
    let methods = settings::list_shipping_methods(tx, true)?;
    let looked_at = methods.iter().any(|method| method.version > 1) || methods.len() > 1;
    let shipping = if methods.is_empty() {
        "No way of shipping is switched on."
    } else if looked_at {
        "Customers are told what a parcel costs."
    } else {
        "What a parcel costs is still what every new shop begins with."
    };
    let decided = settings::find_tax_rate(tx)?.is_some_and(|rate| rate.version > 1);
    let tax = if decided {
        "The rate was decided on."
    } else {
        "The rate is still what every new shop begins with."
    };
    Ok(vec![
        check("shipping", "Set what shipping costs", shipping, !methods.is_empty() && looked_at),
        check("tax", "Set the tax rate", tax, decided),
    ])
}

fn check(key: &str, title: &str, text: &str, done: bool) -> OpeningCheck {
    OpeningCheck {
        key: key.to_owned(),
        title: title.to_owned(),
        text: text.to_owned(),
        done,
        link: "/settings?tab=shipping".to_owned(),
    }
}
