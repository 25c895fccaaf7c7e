use leptos::prelude::*;
use orion_ui::*;

use crate::basket::use_basket;
use crate::pages::cart::{CartLines, ShippingHint};
use crate::shop::money;
use crate::text::{Text, t};

/// The cart as it slides in: what is in it, what it costs, and the way to the checkout.
#[component]
pub fn CartDrawer() -> impl IntoView {
    let basket = use_basket();
    let close = move |_| basket.open.set(false);
    let is_empty = move || basket.count() == 0;
    let blocked = move || basket.cart.with(|cart| cart.as_ref().is_some_and(|cart| !cart.can_checkout));
    let subtotal = move || basket.cart.with(|cart| cart.as_ref().map(|cart| money(cart.subtotal)));
    let footer = move || {
        view! {
            <div class="grid gap-3" class:hidden=is_empty>
                <p class="shop-sum text-base font-semibold"><span>{t(Text::Subtotal)}</span><span>{subtotal}</span></p>
                <ShippingHint/>
                <p class="text-sm text-muted">{move || t(if blocked() { Text::CartBlocked } else { Text::ShippingAtCheckout })}</p>
                <div class="grid gap-2" on:click=close>
                    <Show when=move || !blocked()>
                        <LinkButton href="/checkout" variant=ButtonVariant::Primary size=ButtonSize::Large full_width=true>{t(Text::Checkout)}</LinkButton>
                    </Show>
                    <LinkButton href="/cart" full_width=true>{t(Text::ViewCart)}</LinkButton>
                </div>
            </div>
        }
        .into_any()
    };
    view! {
        <Sheet open=basket.open title=t(Text::YourCart).to_owned() footer>
            {move || if is_empty() {
                view! {
                    <EmptyState compact=true icon=icons::SHOPPING_BAG title=t(Text::CartEmpty).to_owned() description=t(Text::CartEmptyText).to_owned()>
                        <div on:click=close><LinkButton href="/products">{t(Text::StartShopping)}</LinkButton></div>
                    </EmptyState>
                }.into_any()
            } else {
                view! { <div on:click=move |event| follow_closes(&event, basket.open)><CartLines/></div> }.into_any()
            }}
        </Sheet>
    }
    .into_any()
}

/// A link inside the drawer leads away from it.
fn follow_closes(event: &leptos::ev::MouseEvent, open: RwSignal<bool>) {
    use wasm_bindgen::JsCast;
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if target.is_some_and(|target| target.closest("a").is_ok_and(|link| link.is_some())) {
        open.set(false);
    }
}
