//! The demo shops' orders, spread over the last thirty days: the clock of each transaction stands at the order's own time.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context;
use chrono::{DateTime, TimeDelta, Utc};
use diesel::prelude::*;
use orion_demo::{DemoBank, DemoOrder, DemoStore, OrderState};
use orion_framework::Backend;
use orion_framework::clock::Clock;
use orion_framework::db::{DbError, RequestMeta, StoreTx};
use orion_framework::tenancy::StoreContext;
use orion_orders::{OrdersError, RecordedOrder, RecordedPayment, cancel, fulfil, mark_paid, record_order, set_terms};
use orion_payments::set_bank_transfer;
use orion_types::order::{CancelOrder, CreateFulfilment, FulfilmentItem, MarkPaid};
use orion_types::store::{SaveBankTransfer, SaveShippingMethod, SaveTaxRate};
use orion_types::{CustomerId, OrderId, VariantId};
use uuid::Uuid;

use super::foreign::{customers, orders, product_variants};
use super::platforms::actor;

/// Sets tax, shipping and the bank account, and writes the orders unless there are some.
pub(super) async fn place(services: &Arc<Backend>, store: &StoreContext, demo: &'static DemoStore) -> anyhow::Result<()> {
    if !store.module_enabled("orders") {
        return Ok(());
    }
    let tax = SaveTaxRate {
        name: demo.tax.name.to_owned(),
        rate_ppm: Some(demo.tax.rate_ppm),
        rate_bp: None,
    };
    let shipping = SaveShippingMethod {
        name: demo.shipping.name.to_owned(),
        price_minor: demo.shipping.price,
        free_from_minor: demo.shipping.free_from,
        active: true,
    };
    let bank = bank(&demo.bank);
    services
        .store_tx(store, actor(), RequestMeta::default(), move |tx| set_bank_transfer(tx, None, &bank))
        .await?;
    let variants = services
        .store_tx(store, actor(), RequestMeta::default(), move |tx| {
            set_terms(tx, &tax, &shipping)?;
            variants(tx)
        })
        .await?;
    let already: i64 = services
        .store_read(store, actor(), |tx| {
            let id = tx.store_id();
            Ok::<_, DbError>(orders::table.filter(orders::store_id.eq(id)).count().get_result(tx.conn())?)
        })
        .await?;
    let now = services.clock.now();
    for (number, order) in demo.orders.iter().enumerate().skip(usize::try_from(already).unwrap_or(0)) {
        write(services, store, demo, order, &variants, now)
            .await
            .with_context(|| format!("order {number}"))?;
    }
    Ok(())
}

fn variants(tx: &mut StoreTx) -> Result<HashMap<String, VariantId>, OrdersError> {
    let store = tx.store_id();
    let rows: Vec<(Option<String>, Uuid)> = product_variants::table
        .filter(product_variants::store_id.eq(store))
        .select((product_variants::sku, product_variants::id))
        .load(tx.conn())
        .map_err(DbError::from)?;
    Ok(rows.into_iter().filter_map(|(sku, id)| Some((sku?, VariantId(id)))).collect())
}

async fn write(
    services: &Arc<Backend>,
    store: &StoreContext,
    demo: &'static DemoStore,
    order: &'static DemoOrder,
    variants: &HashMap<String, VariantId>,
    now: DateTime<Utc>,
) -> anyhow::Result<()> {
    let customer = demo
        .customers
        .iter()
        .find(|customer| customer.email == order.customer)
        .context("its customer")?;
    let line = |line: &orion_demo::DemoLine| {
        let variant = variants
            .get(line.sku)
            .copied()
            .with_context(|| format!("the variant {}", line.sku))?;
        Ok((variant, i32::try_from(line.quantity)?))
    };
    let mut record = RecordedOrder {
        customer_id: None,
        email: order.customer.to_owned(),
        address: super::address(customer),
        lines: order.lines.iter().map(line).collect::<anyhow::Result<_>>()?,
        note: order.note.to_owned(),
        payment: payment(order.state),
    };
    let has_account = customer.password.is_some();
    at(services, store, placed_at(order, now), move |tx| {
        if has_account {
            record.customer_id = account(tx, &record.email)?;
        }
        let id = record_order(tx, &record)?;
        carry_on(tx, id, order.state)
    })
    .await?;
    Ok(())
}

fn bank(bank: &DemoBank) -> SaveBankTransfer {
    SaveBankTransfer {
        account_holder: bank.holder.to_owned(),
        account_number: bank.account.to_owned(),
        bank_name: bank.name.to_owned(),
        bank_code: bank.code.to_owned(),
        instructions: String::new(),
    }
}

/// Runs `work` with the clock standing at `time`.
async fn at(
    services: &Arc<Backend>,
    store: &StoreContext,
    time: DateTime<Utc>,
    work: impl FnOnce(&mut StoreTx) -> Result<(), OrdersError> + Send + 'static,
) -> Result<(), OrdersError> {
    let mut context = services.tx_context(store.clone(), actor(), RequestMeta::default());
    context.clock = Clock::fixed(time);
    services.store_tx_in(context, work).await
}

fn placed_at(order: &DemoOrder, now: DateTime<Utc>) -> DateTime<Utc> {
    let midnight = now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    let time = midnight - TimeDelta::days(i64::from(order.days_ago)) + TimeDelta::minutes(i64::from(order.minute));
    time.min(now - TimeDelta::minutes(1))
}

fn payment(state: OrderState) -> RecordedPayment {
    match state {
        OrderState::PendingPayment | OrderState::Authorized | OrderState::Cancelled => RecordedPayment::ByTransfer,
        OrderState::PaymentFailed => RecordedPayment::CardDeclined,
        OrderState::Paid | OrderState::PartlyFulfilled | OrderState::Completed | OrderState::Refunded => RecordedPayment::CardPaid,
    }
}

fn account(tx: &mut StoreTx, email: &str) -> Result<Option<CustomerId>, OrdersError> {
    let store = tx.store_id();
    let found = customers::table
        .filter(customers::store_id.eq(store))
        .filter(customers::email.eq(email))
        .select(customers::id);
    let id: Option<Uuid> = found.first(tx.conn()).optional().map_err(DbError::from)?;
    Ok(id.map(CustomerId))
}

/// What happened to the order after it was placed.
fn carry_on(tx: &mut StoreTx, id: OrderId, state: OrderState) -> Result<(), OrdersError> {
    match state {
        OrderState::Cancelled => {
            cancel(
                tx,
                id,
                &CancelOrder {
                    reason: "The customer has changed their mind.".to_owned(),
                },
            )?;
        }
        OrderState::Refunded => {
            cancel(
                tx,
                id,
                &CancelOrder {
                    reason: "The last one was damaged, and there is no other.".to_owned(),
                },
            )?;
        }
        OrderState::Completed => {
            fulfil(tx, id, &shipment(None))?;
        }
        OrderState::PartlyFulfilled => {
            let order = single_units(tx, id)?;
            let first = order.into_iter().take(1).collect();
            fulfil(tx, id, &shipment(Some(first)))?;
        }
        // What waits for its money is confirmed by hand when it arrives; half of those are old enough for that.
        OrderState::Authorized => {
            mark_paid(
                tx,
                id,
                &MarkPaid {
                    note: "Seen on the account statement.".to_owned(),
                },
            )?;
        }
        OrderState::PendingPayment | OrderState::Paid | OrderState::PaymentFailed => {}
    }
    Ok(())
}

fn shipment(items: Option<Vec<FulfilmentItem>>) -> CreateFulfilment {
    CreateFulfilment {
        items,
        all: false,
        carrier: "Demo Parcel".to_owned(),
        tracking_number: "DP-0000-0001".to_owned(),
    }
}

/// The lines of an order, each with one unit.
fn single_units(tx: &mut StoreTx, id: OrderId) -> Result<Vec<FulfilmentItem>, OrdersError> {
    use super::foreign::order_items::dsl;
    let store = tx.store_id();
    let lines: Vec<Uuid> = dsl::order_items
        .filter(dsl::store_id.eq(store))
        .filter(dsl::order_id.eq(id.0))
        .order(dsl::position)
        .select(dsl::id)
        .load(tx.conn())
        .map_err(DbError::from)?;
    Ok(lines
        .into_iter()
        .map(|line| FulfilmentItem {
            order_item_id: orion_types::OrderItemId(line),
            quantity: 1,
        })
        .collect())
}
