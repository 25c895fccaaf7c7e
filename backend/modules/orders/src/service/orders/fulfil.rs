//! Goods leave the house.

use orion_events::FulfilmentCreated;
use orion_framework::db::{AuditEntry, StoreTx};
use orion_framework::problem::{FieldErrors, ProblemDraft};
use orion_rules::order_state::{self, Action};
use orion_types::OrderId;
use orion_types::order::{CreateFulfilment, FulfilmentItem, Order};
use orion_types::status::FulfilmentStatus;
use orion_types::validation;
use uuid::Uuid;

use super::{detail, history, lock_order, ship_stock, told};
use crate::error::OrdersError;
use crate::jobs::{Message, SendOrderMail};
use crate::model::order::{FulfilmentRow, ItemRow};
use crate::queries::{fulfilments, orders};

/// Longest name of a carrier and longest tracking number, in characters.
const MAX_CARRIER_LENGTH: usize = 100;

/// Ships units of an order, all that are left where no list is given; never more than were ordered.
pub fn fulfil(tx: &mut StoreTx, order_id: OrderId, request: &CreateFulfilment) -> Result<Order, OrdersError> {
    let (carrier, tracking_number) = checked(request)?;
    let mut order = lock_order(tx, order_id)?;
    // Whether anything may leave at all comes before what is wrong with the request.
    order_state::apply(order.state(), Action::FulfilPartially)?;
    let mut items = orders::list_items(tx, order_id.0)?;
    let shipped = chosen(&items, request)?;
    if !fulfilments::fulfil_items(tx, order_id.0, &shipped)? {
        return Err(OrdersError::IllegalTransition("Another shipment has taken these units.".to_owned()));
    }
    for item in &mut items {
        item.fulfilled_quantity += units_of(&shipped, item.id);
    }
    let (before, action) = (order.state(), action(&items));
    order.set_state(order_state::apply(before, action)?);
    let shipment = FulfilmentRow {
        store_id: tx.store_id(),
        id: tx.new_id(),
        order_id: order.id,
        carrier: carrier.to_owned(),
        tracking_number: tracking_number.to_owned(),
        created_at: tx.now(),
    };
    fulfilments::insert_fulfilment(tx, &shipment, &shipped)?;
    ship_stock(tx, &order, &items, &shipped)?;
    orders::save_state(tx, &order)?;
    let note = [carrier, tracking_number].join(" ");
    history::noted(
        tx,
        &order,
        history::FULFILLED,
        Some(before.order.as_str().to_owned()),
        true,
        note.trim(),
    )?;
    let units: i32 = shipped.iter().map(|(_, units)| units).sum();
    tx.audit(
        AuditEntry::new("order.fulfilled", "orders", order.id)
            .note("fulfilment_id", shipment.id)
            .note("units", units),
    );
    tx.emit(&FulfilmentCreated {
        fulfilment_id: shipment.id.into(),
        order_id,
        number: order.number,
        carrier: carrier.to_owned(),
        tracking_number: tracking_number.to_owned(),
        units: units.into(),
    });
    told::moved(tx, before, action, &order);
    tx.enqueue(&SendOrderMail {
        order_id,
        message: Message::Shipped {
            fulfilment_id: shipment.id.into(),
        },
    });
    Ok(detail::load(tx, order)?.into_order())
}

fn checked(request: &CreateFulfilment) -> Result<(&str, &str), ProblemDraft> {
    let mut errors = FieldErrors::default();
    let carrier = errors.check("/carrier", validation::optional(&request.carrier, MAX_CARRIER_LENGTH));
    let number = errors.check(
        "/tracking_number",
        validation::optional(&request.tracking_number, MAX_CARRIER_LENGTH),
    );
    errors.into_result()?;
    Ok((carrier.flatten().unwrap_or_default(), number.flatten().unwrap_or_default()))
}

/// Which lines, and how many units of each. Everything that is left is meant where no list is given, and never by an empty one.
fn chosen(items: &[ItemRow], request: &CreateFulfilment) -> Result<Vec<(Uuid, i32)>, OrdersError> {
    let mut errors = FieldErrors::default();
    match (&request.items, request.all) {
        (None, _) => Ok(everything_left(items)),
        (Some(_), true) => {
            errors.add("/all", "contradiction", "is everything, and there is a list as well");
            errors.into_result()?;
            Ok(Vec::new())
        }
        (Some(wanted), false) => listed(items, wanted),
    }
}

fn everything_left(items: &[ItemRow]) -> Vec<(Uuid, i32)> {
    let left = items.iter().filter(|item| item.left() > 0);
    left.map(|item| (item.id, item.left())).collect()
}

fn listed(items: &[ItemRow], wanted: &[FulfilmentItem]) -> Result<Vec<(Uuid, i32)>, OrdersError> {
    let mut errors = FieldErrors::default();
    if wanted.is_empty() {
        errors.add("/items", "required", "names nothing to ship");
    }
    let mut shipped: Vec<(Uuid, i32)> = Vec::with_capacity(wanted.len());
    for (index, line) in wanted.iter().enumerate() {
        let id = line.order_item_id.0;
        let known = items.iter().find(|item| item.id == id);
        match known {
            None => errors.add(format!("/items/{index}/order_item_id"), "unknown", "is no line of this order"),
            Some(_) if shipped.iter().any(|(seen, _)| *seen == id) => {
                errors.add(format!("/items/{index}/order_item_id"), "duplicate", "is named twice");
            }
            Some(item) if !(1..=item.left()).contains(&line.quantity) => {
                let detail = format!("must be between 1 and {}, which is what is left to ship", item.left());
                errors.add(format!("/items/{index}/quantity"), "out_of_range", detail);
            }
            Some(_) => shipped.push((id, line.quantity)),
        }
    }
    errors.into_result()?;
    Ok(shipped)
}

fn units_of(shipped: &[(Uuid, i32)], item_id: Uuid) -> i32 {
    shipped.iter().find(|(id, _)| *id == item_id).map_or(0, |(_, units)| *units)
}

/// Whether that was all of it.
fn action(items: &[ItemRow]) -> Action {
    let quantities: Vec<(i32, i32)> = items.iter().map(|item| (item.quantity, item.fulfilled_quantity)).collect();
    match order_state::fulfilment_status(&quantities) {
        Ok(FulfilmentStatus::Fulfilled) => Action::Fulfil,
        Ok(_) | Err(_) => Action::FulfilPartially,
    }
}

#[cfg(test)]
mod tests {
    use orion_types::OrderItemId;

    use super::*;

    fn item(number: u128, quantity: i32, fulfilled_quantity: i32) -> ItemRow {
        ItemRow {
            id: Uuid::from_u128(number),
            order_id: Uuid::nil(),
            product_id: Uuid::nil(),
            variant_id: Uuid::nil(),
            title: String::new(),
            variant_title: String::new(),
            sku: String::new(),
            image_id: None,
            quantity,
            unit_price_minor: 0,
            subtotal_minor: 0,
            tax_rate_ppm: 0,
            tax_minor: 0,
            reserved: true,
            requires_shipping: true,
            fulfilled_quantity,
            refunded_quantity: 0,
            position: 0,
        }
    }

    fn wanted(number: u128, quantity: i32) -> FulfilmentItem {
        FulfilmentItem {
            order_item_id: OrderItemId(Uuid::from_u128(number)),
            quantity,
        }
    }

    fn request(items: Option<Vec<FulfilmentItem>>, all: bool) -> CreateFulfilment {
        CreateFulfilment {
            items,
            all,
            carrier: String::new(),
            tracking_number: String::new(),
        }
    }

    fn refused(items: &[ItemRow], request: &CreateFulfilment) -> String {
        let Err(OrdersError::Invalid(draft)) = chosen(items, request) else {
            panic!("{request:?} was taken")
        };
        draft.errors[0].pointer.clone()
    }

    #[test]
    fn an_empty_list_ships_nothing_and_is_refused() {
        let items = [item(1, 3, 1)];
        assert_eq!(refused(&items, &request(Some(Vec::new()), false)), "/items");
        assert_eq!(refused(&items, &request(Some(Vec::new()), true)), "/all");
        assert_eq!(refused(&items, &request(Some(vec![wanted(1, 1)]), true)), "/all");
    }

    #[test]
    fn without_a_choice_everything_that_is_left_is_shipped() {
        let items = [item(1, 3, 1), item(2, 1, 1)];
        let everything = [(Uuid::from_u128(1), 2)];
        assert_eq!(chosen(&items, &request(None, false)).unwrap(), everything);
        assert_eq!(chosen(&items, &request(None, true)).unwrap(), everything);
    }

    #[test]
    fn more_than_is_left_is_never_shipped() {
        let items = [item(1, 3, 1), item(2, 1, 0)];
        assert_eq!(listed(&items, &[wanted(1, 2), wanted(2, 1)]).unwrap().len(), 2);
        for (lines, pointer) in [
            (vec![wanted(1, 3)], "/items/0/quantity"),
            (vec![wanted(2, 1), wanted(1, 0)], "/items/1/quantity"),
            (vec![wanted(1, -1)], "/items/0/quantity"),
            (vec![wanted(9, 1)], "/items/0/order_item_id"),
            (vec![wanted(1, 1), wanted(1, 1)], "/items/1/order_item_id"),
        ] {
            assert_eq!(refused(&items, &request(Some(lines), false)), pointer);
        }
    }

    #[test]
    fn the_last_unit_completes_the_fulfilment() {
        assert_eq!(action(&[item(1, 3, 3), item(2, 1, 0)]), Action::FulfilPartially);
        assert_eq!(action(&[item(1, 3, 3), item(2, 1, 1)]), Action::Fulfil);
    }
}
