use leptos::prelude::*;
use orion_app::Submission;
use orion_types::permission::Permission;
use orion_ui::*;

use super::draft::{ProductDraft, VariantDraft};
use crate::store::{may, media_src, money_field};

/// Price, SKU and stock of each variant: rows below one head on wide screens, cards on phones.
#[component]
pub fn VariantsCard(draft: ProductDraft, submission: Submission) -> impl IntoView {
    let several = Memo::new(move |_| {
        draft
            .variants
            .with(|variants| variants.iter().any(|variant| !variant.values.is_empty()))
    });
    let any_free = Memo::new(move |_| draft.variants.with(|variants| variants.iter().any(VariantDraft::is_free)) || draft.gives_away.get());
    view! {
        <Card title="Prices and stock" description="Stock of a variant that exists is changed in the inventory, with a reason.">
            {move || (several.get() && may(Permission::ProductsWrite)).then(|| view! { <PriceOfAll draft/> })}
            <div class:ui-field-rows=several>
                {move || several.get().then(head)}
                <For each=move || draft.variants.get().into_iter().enumerate() key=|(place, variant)| (*place, variant.values.clone()) let((place, variant))>
                    <VariantRow place variant submission/>
                </For>
            </div>
            {move || any_free.get().then(|| view! {
                <div class="pt-4"><Checkbox checked=draft.gives_away label="Give it away for free" hint="What costs 0 can be ordered without paying for it."/></div>
            })}
        </Card>
    }
}

/// What each column is; each field says so too, to those who do not see the columns.
fn head() -> impl IntoView {
    view! {
        <div class="ui-field-rows__head" aria-hidden="true">
            <span>"Variant"</span>
            <span>"Price"</span>
            <span>"Compare at"</span>
            <span>"SKU"</span>
            <span>"On hand"</span>
        </div>
    }
}

/// One price for every variant.
#[component]
fn PriceOfAll(draft: ProductDraft) -> impl IntoView {
    let price = money_field(None);
    let (typed, readable) = (price.clone(), price.clone());
    let apply = move |_| {
        let Ok(Some(price)) = untrack(|| typed.read()) else { return };
        draft
            .variants
            .with_untracked(|variants| variants.iter().for_each(|variant| variant.price.set(Some(price))));
    };
    view! {
        <div class="flex items-end gap-3 pb-4">
            <div class="w-40"><Field label="One price for all"><NumberInput value=price/></Field></div>
            <Button disabled=Signal::derive(move || !matches!(readable.read(), Ok(Some(_)))) on_click=apply>"Apply to all"</Button>
        </div>
    }
}

#[component]
fn VariantRow(place: usize, variant: VariantDraft, submission: Submission) -> impl IntoView {
    let error = move |field: &'static str| submission.field(format!("/variants/{place}/{field}"));
    let title = variant.values.join(" / ");
    let several = !variant.values.is_empty();
    let class = if several {
        "ui-field-rows__row"
    } else {
        "grid gap-3 grid-cols-2 md:grid-cols-4"
    };
    let name = several.then(|| {
        let src = variant.image.as_ref().and_then(|image| media_src(image, 160));
        view! { <div class="ui-field-rows__name"><Thumbnail src alt="" size=32/><span class="min-w-0">{title.clone()}</span></div> }
    });
    let stock = match variant.on_hand {
        Some(units) => {
            view! { <Field label="On hand"><p class="h-control flex items-center text-sm tabular-nums">{units.to_string()}</p></Field> }
                .into_any()
        }
        None if variant.id.is_some() => {
            view! { <Field label="On hand"><p class="h-control flex items-center text-sm text-muted">"not tracked"</p></Field> }.into_any()
        }
        None => {
            view! { <Field label="On hand" error=error("initial_on_hand")><NumberInput value=variant.stock.clone()/></Field> }.into_any()
        }
    };
    view! {
        <div class=class role="group" aria-label=several.then_some(title) data-variant=place>
            {name}
            <Field label="Price" error=error("price_minor")><NumberInput value=variant.price.clone()/></Field>
            <Field label="Compare at" error=error("compare_at_minor")><NumberInput value=variant.compare_at.clone()/></Field>
            <Field label="SKU" error=error("sku")><TextInput value=RwSignal::from(variant.sku.clone()) maxlength=64 mono=true/></Field>
            {stock}
        </div>
    }
}
