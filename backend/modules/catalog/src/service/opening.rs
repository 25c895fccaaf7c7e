//! What a shop should have of the catalogue before it opens.

use orion_framework::db::{DbError, StoreTx};
use orion_types::opening::OpeningCheck;

use crate::queries::products;

/// Something that can be bought.
pub fn checks(tx: &mut StoreTx) -> Result<Vec<OpeningCheck>, DbError> {
    let on_sale = products::count_on_sale(tx)?;
    let text = match on_sale {
        0 => "There is nothing to sell yet: add products and make them active.".to_owned(),
        1 => "1 product is active: it is what the open shop shows.".to_owned(),
        many => format!("{many} products are active: they are what the open shop shows."),
    };
    Ok(vec![OpeningCheck {
        key: "products".to_owned(),
        title: "Put products into the shop".to_owned(),
        text,
        done: on_sale > 0,
        link: "/products".to_owned(),
    }])
}
