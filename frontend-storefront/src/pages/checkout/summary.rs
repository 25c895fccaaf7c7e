use leptos::prelude::*;
use orion_app::Loader;
use orion_types::cart::CartItem;
use orion_types::checkout::Quote;
use orion_ui::*;

use crate::basket::use_basket;
use crate::parts::media;
use crate::shop::money;
use crate::text::{Text, t, tf};

/// What is ordered and what it costs, by the server's rules; folded on phones.
#[component]
pub fn Summary(quote: Loader<Quote>, has_shipping: Signal<bool>) -> impl IntoView {
    let basket = use_basket();
    let folded = RwSignal::new(true);
    let total = move || quote.get().map(|quote| money(quote.total));
    let sums = move || match quote.state().get() {
        Load::Loading => view! { <TextSkeleton lines=4/> }.into_any(),
        Load::Failed(error) => {
            view! { <ErrorState message=error.message request_id=Signal::stored(error.request_id) on_retry=move |()| quote.reload()/> }
                .into_any()
        }
        Load::Ready(quote) => sums_view(quote, has_shipping.get()),
    };
    view! {
        <aside class="shop-box shop-summary" class:shop-summary--folded=folded aria-label=t(Text::OrderSummary)>
            <button type="button" class="shop-summary__head" aria-expanded=move || (!folded.get()).to_string() on:click=move |_| folded.update(|folded| *folded = !*folded)>
                <Icon icon=icons::SHOPPING_BAG/> {t(Text::OrderSummary)} <Icon icon=icons::CHEVRON_DOWN/> <b>{total}</b>
            </button>
            <div class="shop-summary__body">
                <div class="shop-summary__lines">{move || basket.items().into_iter().map(line).collect_view()}</div>
                {sums}
            </div>
        </aside>
    }
    .into_any()
}

fn line(item: CartItem) -> impl IntoView {
    let picture = item.image.as_ref().map(|image| media::address(image, 160));
    view! {
        <div class="shop-summary__line">
            <span class="shop-summary__picture"><Thumbnail src=Signal::stored(picture) size=56/><span class="shop-count">{item.quantity}</span></span>
            <span><span class="shop-line__title">{item.title}</span><br/><span class="shop-line__detail">{item.variant_title}</span></span>
            <span class="tabular-nums">{money(item.line_total)}</span>
        </div>
    }
    .into_any()
}

fn sums_view(quote: Quote, has_shipping: bool) -> AnyView {
    let shipping = match (has_shipping, quote.shipping.amount_minor) {
        (false, _) => t(Text::ChooseShipping).to_owned(),
        (true, 0) => t(Text::Free).to_owned(),
        (true, _) => money(quote.shipping),
    };
    let discount = (quote.discount.amount_minor != 0)
        .then(|| view! { <p class="shop-sum"><span>{t(Text::Discount)}</span><span>"−" {money(quote.discount)}</span></p> });
    let tax = if quote.prices_include_tax {
        tf(Text::IncludesTax, &[("name", &quote.tax_name)])
    } else {
        quote.tax_name.clone()
    };
    view! {
        <div class="shop-sums" aria-live="polite">
            <p class="shop-sum"><span>{t(Text::Subtotal)}</span><span>{money(quote.subtotal)}</span></p>
            {discount}
            <p class="shop-sum"><span>{t(Text::Shipping)}</span><span>{shipping}</span></p>
            <p class="shop-sum shop-sum--muted"><span>{tax}</span><span>{money(quote.tax)}</span></p>
            <p class="shop-sum shop-sum--total"><span>{t(Text::Total)}</span><span>{money(quote.total)}</span></p>
        </div>
    }
    .into_any()
}
