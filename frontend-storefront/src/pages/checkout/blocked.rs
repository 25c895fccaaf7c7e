use leptos::prelude::*;
use orion_types::cart::{CartItem, CartNotice};
use orion_ui::*;

use crate::basket::use_basket;
use crate::text::{Counted, Text, count, t, tf};

/// What in the cart cannot be ordered as it is: it is removed here, or less of it is taken in the cart.
#[component]
pub fn Blocked() -> impl IntoView {
    let basket = use_basket();
    let lines = move || basket.items().into_iter().filter_map(line).collect_view();
    move || {
        basket.blocked().then(|| {
            view! {
                <div class="mb-4">
                    <Callout tone=Tone::Critical title=t(Text::StockChanged).to_owned()>
                        <ul class="shop-blocked">{lines}</ul>
                        <a class="ui-link" href=app_href("/cart")>{t(Text::BackToCart)}</a>
                    </Callout>
                </div>
            }
            .into_any()
        })
    }
}

fn line(item: CartItem) -> Option<AnyView> {
    let basket = use_basket();
    let notice = item
        .notices
        .iter()
        .find(|notice| !matches!(notice, CartNotice::PriceChanged { .. }))?;
    let name = match item.variant_title.as_str() {
        "" => item.title.clone(),
        variant => format!("{} ({variant})", item.title),
    };
    let id = item.id;
    let words = match notice {
        CartNotice::OnlyLeft { available } => count(i64::from(*available), Counted::OnlyLeft),
        CartNotice::SoldOut => t(Text::NowSoldOut).to_owned(),
        _ => t(Text::NoLongerSold).to_owned(),
    };
    let label = tf(Text::RemoveItem, &[("name", &name)]);
    let line = view! {
        <li class="shop-blocked__line">
            <span><b>{name}</b>" – "{words}</span>
            <Button size=ButtonSize::Small disabled=basket.busy on_click=move |_| basket.remove(id)>{label}</Button>
        </li>
    };
    Some(line.into_any())
}
