use leptos::prelude::*;
use orion_app::Loader;
use orion_types::cart::CartItem;
use orion_types::checkout::Quote;
use orion_types::order::OrderTotals;
use orion_ui::*;

use crate::basket::use_basket;
use crate::parts::{sum_line, sums};
use crate::shop::money;
use crate::text::{Text, t};

/// What is ordered and what it costs, by the server's rules; folded on phones.
#[component]
pub fn Summary(quote: Loader<Quote>, has_shipping: Signal<bool>) -> impl IntoView {
    let basket = use_basket();
    let folded = RwSignal::new(true);
    let total = move || quote.get().map(|quote| money(quote.total));
    let price = move || match quote.state().get() {
        Load::Loading => view! { <TextSkeleton lines=4/> }.into_any(),
        // What is in the way is said in front of the form, with its way on.
        Load::Failed(_) if basket.blocked() => ().into_any(),
        Load::Failed(error) => {
            view! { <ErrorState message=error.message request_id=Signal::stored(error.request_id) on_retry=move |()| quote.reload()/> }
                .into_any()
        }
        Load::Ready(quote) => sums(totals(quote), (!has_shipping.get()).then_some(Text::ChooseShipping)),
    };
    view! {
        <aside class="shop-box shop-summary" class:shop-summary--folded=folded aria-label=t(Text::OrderSummary)>
            <button type="button" class="shop-summary__head" aria-expanded=move || (!folded.get()).to_string() on:click=move |_| folded.update(|folded| *folded = !*folded)>
                <Icon icon=icons::SHOPPING_BAG/> {t(Text::OrderSummary)} <Icon icon=icons::CHEVRON_DOWN/> <b>{total}</b>
            </button>
            <div class="shop-summary__body">
                <div class="shop-summary__top">
                    <h2 class="shop-fold__title">{t(Text::OrderSummary)}</h2>
                    <a class="ui-link" href=app_href("/cart")>{t(Text::EditCart)}</a>
                </div>
                <div class="shop-summary__lines">{move || basket.items().into_iter().map(line).collect_view()}</div>
                {price}
            </div>
        </aside>
    }
    .into_any()
}

fn line(item: CartItem) -> AnyView {
    sum_line(item.image, item.quantity, item.title, item.variant_title, item.line_total)
}

fn totals(quote: Quote) -> OrderTotals {
    OrderTotals {
        subtotal: quote.subtotal,
        discount: quote.discount,
        shipping: quote.shipping,
        tax: quote.tax,
        tax_name: quote.tax_name,
        tax_rate_ppm: quote.tax_rate_ppm,
        prices_include_tax: quote.prices_include_tax,
        total: quote.total,
    }
}
