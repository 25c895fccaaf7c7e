//! What was or will be bought, line by line, and what it comes to: beside the checkout and on an order.

use leptos::prelude::*;
use orion_types::Money;
use orion_types::catalog::ProductImage;
use orion_types::order::OrderTotals;
use orion_ui::Thumbnail;

use super::media;
use crate::shop::money;
use crate::text::{Text, t, tf};

/// A line: picture with quantity, name, price.
pub fn sum_line(image: Option<ProductImage>, quantity: i32, title: String, variant_title: String, price: Money) -> AnyView {
    let picture = image.as_ref().map(|image| media::address(image, 160));
    view! {
        <div class="shop-summary__line">
            <span class="shop-summary__picture"><Thumbnail src=Signal::stored(picture) size=56/><span class="shop-count">{quantity}</span></span>
            <span><span class="shop-line__title">{title}</span><br/><span class="shop-line__detail">{variant_title}</span></span>
            <span class="tabular-nums">{money(price)}</span>
        </div>
    }
    .into_any()
}

/// The sums below the lines; `shipping` in place of a price that is not known yet.
pub fn sums(totals: OrderTotals, shipping: Option<Text>) -> AnyView {
    let free = (totals.shipping.amount_minor == 0).then_some(Text::Free);
    let shipping = shipping.or(free).map_or_else(|| money(totals.shipping), |text| t(text).to_owned());
    let tax = if totals.prices_include_tax {
        tf(Text::IncludesTax, &[("name", &totals.tax_name)])
    } else {
        totals.tax_name
    };
    let row = |class: &'static str, label: String, value: String| {
        view! { <p class=class><span>{label}</span><span>{value}</span></p> }.into_any()
    };
    let plain = |label: Text, value: String| row("shop-sum", t(label).to_owned(), value);
    let discount = (totals.discount.amount_minor != 0).then(|| plain(Text::Discount, format!("−{}", money(totals.discount))));
    view! {
        <div class="shop-sums" aria-live="polite">
            {plain(Text::Subtotal, money(totals.subtotal))}
            {discount}
            {plain(Text::Shipping, shipping)}
            {row("shop-sum shop-sum--muted", tax, money(totals.tax))}
            {row("shop-sum shop-sum--total", t(Text::Total).to_owned(), money(totals.total))}
        </div>
    }
    .into_any()
}
