//! The sales part of the dashboard.

use orion_framework::db::{DbError, StoreTx};
use orion_types::order::{SalesDay, SalesOverview, TopProduct};
use orion_types::{Money, ProductId};
use uuid::Uuid;

use crate::queries::sales;

/// Sales of the last 30 days, and what is left to do.
pub fn overview(tx: &mut StoreTx) -> Result<SalesOverview, DbError> {
    let currency = tx.store().currency;
    let days: Vec<SalesDay> = sales::sales_by_day(tx)?
        .into_iter()
        .map(|(date, orders, revenue_minor)| SalesDay {
            date,
            orders,
            revenue_minor,
        })
        .collect();
    let (to_fulfil, awaiting_payment) = sales::count_open_work(tx)?;
    let top = |(id, title, units, revenue_minor): (Uuid, String, i64, i64)| TopProduct {
        product_id: ProductId(id),
        title,
        units,
        revenue: Money::new(revenue_minor, currency),
    };
    let top_products = sales::list_top_products(tx)?.into_iter().map(top).collect();
    let day = |ago: usize| days.iter().rev().nth(ago).map_or((0, 0), |day| (day.orders, day.revenue_minor));
    let (today, yesterday) = (day(0), day(1));
    Ok(SalesOverview {
        orders_today: today.0,
        orders_yesterday: yesterday.0,
        revenue_today: Money::new(today.1, currency),
        revenue_yesterday: Money::new(yesterday.1, currency),
        to_fulfil,
        awaiting_payment,
        days,
        top_products,
    })
}
