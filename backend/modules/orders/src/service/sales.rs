//! The sales part of the dashboard.

use orion_framework::db::{DbError, StoreTx};
use orion_framework::zone::{Day, Zone};
use orion_types::order::{SalesDay, SalesOverview, SalesPeriod, TopProduct};
use orion_types::{Currency, Money, ProductId};
use uuid::Uuid;

use crate::queries::sales;

/// How many days are shown.
const DAYS: i64 = 30;

/// Orders that are summed up anew for whoever looks.
const MANY: i64 = 2_000;

/// A product, its title, and how many units of it were sold for how much.
type Top = (Uuid, String, i64, i64);

/// Days, and what sold best on them.
type Sold = (Vec<SalesDay>, Vec<Top>);

/// Sales of the last 30 days, and what is left to do.
pub fn overview(tx: &mut StoreTx) -> Result<SalesOverview, DbError> {
    let currency = tx.store().currency;
    let (days, top) = sold(tx)?;
    let (to_fulfil, awaiting_payment, failed_payments) = open_work(tx)?;
    let top_of = |(id, title, units, revenue_minor): Top| TopProduct {
        product_id: ProductId(id),
        title,
        units,
        revenue: Money::new(revenue_minor, currency),
    };
    let top_products = top.into_iter().map(top_of).collect();
    let day = |ago: usize| days.iter().rev().nth(ago).map_or((0, 0), |day| (day.orders, day.revenue_minor));
    let (today, yesterday) = (day(0), day(1));
    Ok(SalesOverview {
        orders_today: today.0,
        orders_yesterday: yesterday.0,
        revenue_today: Money::new(today.1, currency),
        revenue_yesterday: Money::new(yesterday.1, currency),
        this_week: period(&days, 0, currency),
        last_week: period(&days, 7, currency),
        to_fulfil,
        awaiting_payment,
        failed_payments,
        days,
        top_products,
    })
}

/// The days that are shown with what was sold on each, and what sold best. Where that is a sum of many orders it is up to a minute old.
fn sold(tx: &mut StoreTx) -> Result<Sold, DbError> {
    let span = days_of(tx);
    let last = span.last().map(|day| day.date.clone()).unwrap_or_default();
    let figure = format!("sales until {last}");
    if let Some(known) = tx.store().figure::<Sold>(&figure) {
        return Ok((*known).clone());
    }
    let mut days: Vec<SalesDay> = span.iter().map(|day| empty(&day.date)).collect();
    for (place, orders, units, revenue_minor) in sales::sales_by_day(tx, &span)? {
        let day = usize::try_from(place).ok().and_then(|place| days.get_mut(place.checked_sub(1)?));
        if let Some(day) = day {
            (day.orders, day.units, day.revenue_minor) = (orders, units, revenue_minor);
        }
    }
    let since = span.first().map_or(tx.now(), |day| day.begins);
    let sold = (days, sales::list_top_products(tx, since)?);
    if sold.0.iter().map(|day| day.orders).sum::<i64>() > MANY {
        tx.store().keep_figure(figure, sold.clone());
    }
    Ok(sold)
}

/// What is left to do: orders to ship, those that wait for their money, and refused payments. Where that is much it is up to a minute old.
fn open_work(tx: &mut StoreTx) -> Result<(i64, i64, i64), DbError> {
    let figure = "open work";
    if let Some(known) = tx.store().figure(figure) {
        return Ok(*known);
    }
    let work = sales::count_open_work(tx)?;
    if work.0 + work.1 + work.2 > MANY {
        tx.store().keep_figure(figure.to_owned(), work);
    }
    Ok(work)
}

/// The days that are shown, in the store's time zone.
fn days_of(tx: &StoreTx) -> Vec<Day> {
    let zone = Zone::named(&tx.store().timezone).unwrap_or_default();
    zone.days(tx.now(), DAYS)
}

fn empty(date: &str) -> SalesDay {
    SalesDay {
        date: date.to_owned(),
        orders: 0,
        units: 0,
        revenue_minor: 0,
    }
}

/// Seven days together, the last of them `ago` days before today.
fn period(days: &[SalesDay], ago: usize, currency: Currency) -> SalesPeriod {
    let week = || days.iter().rev().skip(ago).take(7);
    let (orders, revenue) = (week().map(|day| day.orders).sum(), week().map(|day| day.revenue_minor).sum::<i64>());
    SalesPeriod {
        orders,
        units: week().map(|day| day.units).sum(),
        revenue: Money::new(revenue, currency),
        average_order: Money::new(revenue.checked_div(orders).unwrap_or(0), currency),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_seven_days_and_the_one_before_it_seven_others() {
        let day = |revenue_minor: i64| SalesDay {
            date: String::new(),
            orders: 1,
            units: 2,
            revenue_minor,
        };
        let days: Vec<SalesDay> = (1..=30).map(day).collect();
        let currency: Currency = "EUR".parse().unwrap();
        let (now, before) = (period(&days, 0, currency), period(&days, 7, currency));
        assert_eq!(
            (now.orders, now.units, now.revenue.amount_minor),
            (7, 14, 24 + 25 + 26 + 27 + 28 + 29 + 30)
        );
        assert_eq!(before.revenue.amount_minor, 17 + 18 + 19 + 20 + 21 + 22 + 23);
        assert_eq!(now.average_order.amount_minor, 27);
        assert_eq!(period(&[], 0, currency).average_order.amount_minor, 0);
    }
}
