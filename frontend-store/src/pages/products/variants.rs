use leptos::prelude::*;
use orion_app::Submission;
use orion_ui::*;

use super::draft::{ProductDraft, VariantDraft};
use crate::store::currency;

/// Price, SKU and stock of each variant.
#[component]
pub fn VariantsCard(draft: ProductDraft, submission: Submission) -> impl IntoView {
    view! {
        <Card title="Prices and stock" description="Stock of a variant that exists is changed in the inventory, with a reason.">
            <div class="ui-stack">
                <For each=move || draft.variants.get().into_iter().enumerate() key=|(place, variant)| (*place, variant.values.clone()) let((place, variant))>
                    <VariantRow place variant submission/>
                </For>
            </div>
        </Card>
    }
}

#[component]
fn VariantRow(place: usize, variant: VariantDraft, submission: Submission) -> impl IntoView {
    let error = move |field: &'static str| {
        let pointer = format!("/variants/{place}/{field}");
        Signal::derive(move || submission.error().and_then(|error| orion_app::field_error(&error, &pointer)))
    };
    let title = if variant.values.is_empty() {
        None
    } else {
        Some(variant.values.join(" / "))
    };
    let stock = match variant.on_hand {
        Some(units) => view! { <Field label="On hand"><p class="h-control flex items-center tabular-nums">{units.to_string()}</p></Field> }.into_any(),
        None if variant.id.is_some() => view! { <Field label="On hand"><p class="h-control flex items-center text-muted">"not tracked"</p></Field> }.into_any(),
        None => view! { <Field label="On hand" error=error("initial_on_hand")><NumberInput value=RwSignal::from(variant.stock.clone()) min=0/></Field> }.into_any(),
    };
    view! {
        <div class="ui-stack border-b border-border pb-4 last:border-0 last:pb-0" data-variant=place>
            {title.map(|title| view! { <p class="font-medium">{title}</p> })}
            <div class="grid gap-3 grid-cols-2 md:grid-cols-4">
                <Field label="Price" error=error("price_minor")><MoneyInput value=RwSignal::from(variant.price.clone()) currency=currency()/></Field>
                <Field label="Compare at" error=error("compare_at_minor")><MoneyInput value=RwSignal::from(variant.compare_at.clone()) currency=currency()/></Field>
                <Field label="SKU" error=error("sku")><TextInput value=RwSignal::from(variant.sku.clone()) maxlength=64 mono=true/></Field>
                {stock}
            </div>
        </div>
    }
}
