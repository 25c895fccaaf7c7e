use leptos::prelude::*;
use orion_types::cart::{CartItem, CartNotice};
use orion_ui::*;

use crate::basket::use_basket;
use crate::text::{Text, t, tf};

/// What in the cart cannot be ordered as it is, each with its way on.
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
    let (words, take) = match notice {
        CartNotice::OnlyLeft { available } => {
            let (left, count) = (*available, available.to_string());
            let take = action(
                tf(Text::TakeLeft, &[("count", &count)]),
                Callback::new(move |()| basket.set_quantity(id, left)),
            );
            (tf(Text::OnlyLeft, &[("count", &count)]), Some(take))
        }
        CartNotice::SoldOut => (t(Text::NowSoldOut).to_owned(), None),
        _ => (t(Text::NoLongerSold).to_owned(), None),
    };
    let remove = action(tf(Text::RemoveItem, &[("name", &name)]), Callback::new(move |()| basket.remove(id)));
    Some(
        view! { <li class="shop-blocked__line"><span><b>{name}</b>" – "{words}</span><span class="ui-row">{take}{remove}</span></li> }
            .into_any(),
    )
}

fn action(label: String, run: Callback<()>) -> AnyView {
    view! { <Button size=ButtonSize::Small disabled=use_basket().busy on_click=move |_| run.run(())>{label}</Button> }.into_any()
}
