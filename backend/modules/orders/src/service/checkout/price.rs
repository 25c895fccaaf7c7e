//! What the lines of a cart cost: the shared rules over what the shop sells now.

use orion_catalog::PurchasableVariant;
use orion_rules::pricing::{self, LineInput, OrderTotals, PricedLine, ShippingPolicy, TaxPolicy};
use orion_types::checkout::{Quote, QuoteLine};
use orion_types::{Currency, Money};

use crate::error::OrdersError;
use crate::model::cart::CartLineRow;
use crate::queries::settings::Terms;
use crate::service::offers::{Variants, full_title};

/// A line with its price.
#[derive(Debug, Clone)]
pub struct PricedItem {
    pub variant: PurchasableVariant,
    pub quantity: i32,
    pub price: PricedLine,
}

/// A cart with its price.
#[derive(Debug, Clone)]
pub struct PricedCart {
    pub items: Vec<PricedItem>,
    pub totals: OrderTotals,
    /// Empty when nothing is shipped, or no way of shipping was chosen.
    pub shipping_method: String,
    pub tax_name: String,
    pub tax_rate_ppm: u32,
    pub prices_include_tax: bool,
}

/// Prices lines. What needs no shipping is not charged for any.
pub fn price(lines: &[CartLineRow], mut variants: Variants, terms: Terms, prices_include_tax: bool) -> Result<PricedCart, OrdersError> {
    let mut sold: Vec<(PurchasableVariant, i32)> = Vec::with_capacity(lines.len());
    for line in lines {
        let variant = variants.remove(&line.variant_id);
        let variant = variant.ok_or_else(|| OrdersError::ItemUnavailable {
            title: line.variant_id.to_string(),
        })?;
        if !variant.purchasable {
            return Err(OrdersError::ItemUnavailable {
                title: full_title(&variant),
            });
        }
        sold.push((variant, line.quantity));
    }
    let shipped = sold.iter().any(|(variant, _)| variant.requires_shipping);
    let shipping = terms.shipping.filter(|_| shipped);
    let policy = shipping.as_ref().map(|terms| ShippingPolicy {
        flat_minor: terms.flat_minor,
        free_from_minor: terms.free_from_minor,
    });
    let tax = TaxPolicy {
        rate_ppm: terms.tax_rate_ppm,
        included: prices_include_tax,
    };
    let inputs: Vec<LineInput> = sold.iter().map(|(variant, quantity)| input(variant, *quantity)).collect();
    let totals = pricing::price_order(&inputs, policy.as_ref(), &tax)?;
    let items = sold.into_iter().zip(&totals.lines);
    let items = items
        .map(|((variant, quantity), price)| PricedItem {
            variant,
            quantity,
            price: *price,
        })
        .collect();
    Ok(PricedCart {
        items,
        totals,
        shipping_method: shipping.map(|terms| terms.name).unwrap_or_default(),
        tax_name: terms.tax_name,
        tax_rate_ppm: terms.tax_rate_ppm,
        prices_include_tax,
    })
}

fn input(variant: &PurchasableVariant, quantity: i32) -> LineInput {
    LineInput {
        unit_price_minor: variant.price_minor,
        quantity: quantity.unsigned_abs(),
        taxable: variant.taxable,
    }
}

impl PricedCart {
    /// Whether anything in it has to be sent.
    pub fn requires_shipping(&self) -> bool {
        self.items.iter().any(|item| item.variant.requires_shipping)
    }

    /// The wire form.
    pub fn into_quote(self, currency: Currency) -> Quote {
        let money = |minor: i64| Money::new(minor, currency);
        let line = |item: PricedItem| QuoteLine {
            title: item.variant.title,
            variant_title: item.variant.variant_title,
            quantity: item.quantity,
            unit_price: money(item.variant.price_minor),
            subtotal: money(item.price.subtotal_minor),
            tax: money(item.price.tax_minor),
        };
        Quote {
            lines: self.items.into_iter().map(line).collect(),
            subtotal: money(self.totals.subtotal_minor),
            discount: money(self.totals.discount_minor),
            shipping: money(self.totals.shipping_minor),
            tax: money(self.totals.tax_minor),
            tax_name: self.tax_name,
            tax_rate_ppm: self.tax_rate_ppm,
            prices_include_tax: self.prices_include_tax,
            total: money(self.totals.total_minor),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::queries::settings::ShippingTerms;
    use crate::service::offers::examples::{by_id, variant};

    fn lines(quantities: &[(u128, i32)]) -> Vec<CartLineRow> {
        let line = |&(number, quantity): &(u128, i32)| CartLineRow {
            id: Uuid::from_u128(100 + number),
            variant_id: Uuid::from_u128(number),
            quantity,
            seen_price_minor: 0,
        };
        quantities.iter().map(line).collect()
    }

    fn terms() -> Terms {
        let shipping = ShippingTerms {
            name: "Parcel".to_owned(),
            flat_minor: 490,
            free_from_minor: Some(5000),
        };
        Terms {
            shipping: Some(shipping),
            tax_name: "VAT".to_owned(),
            tax_rate_ppm: 170_000,
        }
    }

    #[test]
    fn a_quote_keeps_the_order_of_the_cart() {
        let cart = price(&lines(&[(2, 1), (1, 2)]), by_id([variant(1, 1000), variant(2, 300)]), terms(), true).unwrap();
        let quote = cart.into_quote(Currency::EUR);
        assert_eq!(
            quote.lines.iter().map(|line| line.subtotal.amount_minor).collect::<Vec<_>>(),
            [300, 2000]
        );
        assert_eq!((quote.subtotal.amount_minor, quote.shipping.amount_minor), (2300, 490));
        assert_eq!(quote.total.amount_minor, 2790);
        assert_eq!((quote.tax_name.as_str(), quote.tax_rate_ppm), ("VAT", 170_000));
    }

    #[test]
    fn what_needs_no_shipping_is_not_charged_for_any() {
        let download = PurchasableVariant {
            requires_shipping: false,
            ..variant(1, 1000)
        };
        let cart = price(&lines(&[(1, 1)]), by_id([download]), terms(), true).unwrap();
        assert!(!cart.requires_shipping());
        assert_eq!((cart.totals.shipping_minor, cart.shipping_method.as_str()), (0, ""));
    }

    #[test]
    fn what_is_no_longer_sold_stops_the_checkout_by_name() {
        let gone = PurchasableVariant {
            purchasable: false,
            ..variant(1, 1000)
        };
        let error = price(&lines(&[(1, 1)]), by_id([gone]), terms(), true).unwrap_err();
        assert!(matches!(error, OrdersError::ItemUnavailable { title } if title == "Product 1 (Blue)"));
        assert!(matches!(
            price(&lines(&[(9, 1)]), Variants::new(), terms(), true),
            Err(OrdersError::ItemUnavailable { .. })
        ));
    }

    #[test]
    fn an_empty_cart_has_no_price() {
        assert!(matches!(price(&[], Variants::new(), terms(), true), Err(OrdersError::Pricing(_))));
    }
}
