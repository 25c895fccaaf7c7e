use leptos::prelude::*;
use orion_ui::*;

use crate::drawing;

#[component]
pub fn Shop() -> impl IntoView {
    let products = [
        ("Stoneware mug, ash", 2_400, None, "d9d2c5", "8a7f70"),
        ("Stoneware mug, deep sea", 2_400, Some(2_900), "cdd8dc", "34566b"),
        ("Breakfast bowl", 3_400, None, "e6dccb", "b98b5a"),
        ("Tea bowl, celadon", 4_800, None, "d5e0d2", "6d8f77"),
        ("Vase, tall", 12_900, Some(14_900), "dcd5e3", "6b5a86"),
        ("Serving plate 32 cm", 5_900, None, "e9d5d0", "a4503c"),
        ("Sugar pot", 2_900, None, "efe6d2", "c79b3b"),
        ("Milk jug", 3_100, None, "d7dde6", "50627f"),
    ];
    let card = |(title, amount, compare_at, ground, ink): (&'static str, i64, Option<i64>, &'static str, &'static str)| {
        view! {
            <a class="grid gap-3 content-start" href="/shop">
                <Picture src=drawing(ground, ink, 800, 1000) alt="" width=800 height=1000 placeholder=format!("#{ground}")/>
                <span class="grid gap-0.5"><span class="text-base">{title}</span><Price amount compare_at currency="EUR"/></span>
            </a>
        }
    };
    let quantity = RwSignal::new(1);
    view! {
        <main class="ui-page">
            <Breadcrumbs items=vec![Crumb::link("Home", "/shop"), Crumb::here("Tableware")]/>
            <h1 class="text-2xl">"Tableware"</h1>
            <div class="ui-product-grid">{products.map(card).collect_view()}</div>
            <div class="ui-row"><QuantityStepper value=quantity label="Quantity"/><Button variant=ButtonVariant::Primary size=ButtonSize::Large>"Add to cart"</Button></div>
        </main>
    }
}
