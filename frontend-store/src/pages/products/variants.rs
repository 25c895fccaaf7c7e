use leptos::prelude::*;
use orion_app::Submission;
use orion_types::measure::UNITS;
use orion_types::permission::Permission;
use orion_ui::*;

use super::draft::{ProductDraft, VariantDraft};
use crate::store::{currency, may, media_src};

/// Price, SKU and stock of each variant: rows below one head on wide screens, cards on phones.
#[component]
pub fn VariantsCard(draft: ProductDraft, submission: Submission) -> impl IntoView {
    let several = Memo::new(move |_| {
        draft
            .variants
            .with(|variants| variants.iter().any(|variant| !variant.values.is_empty()))
    });
    let any_free = Memo::new(move |_| draft.variants.with(|variants| variants.iter().any(VariantDraft::is_free)) || draft.gives_away.get());
    let refused = submission.field("/variants");
    view! {
        <Card title="Prices and stock" description="Stock of a variant that exists is changed in the inventory, with a reason.">
            {move || refused.get().map(|message| view! { <Callout tone=Tone::Critical title="These variants do not work">{message}</Callout> })}
            {move || (several.get() && may(Permission::ProductsWrite)).then(|| view! { <PriceOfAll draft submission/> })}
            <div class:ui-field-rows=several>
                {move || several.get().then(head)}
                <For each=move || draft.variants.get().into_iter().enumerate() key=|(place, variant)| (*place, variant.key, variant.values.clone()) let((place, variant))>
                    <VariantRow draft place variant submission/>
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
            <span></span>
        </div>
    }
}

/// One price for every variant. Until it is applied it stands against saving: it would be lost.
#[component]
fn PriceOfAll(draft: ProductDraft, submission: Submission) -> impl IntoView {
    let price = draft.price_of_all.get_value();
    let (typed, readable) = (price.clone(), price.clone());
    let apply = move |_| {
        let Ok(Some(amount)) = untrack(|| typed.read()) else { return };
        draft
            .variants
            .with_untracked(|variants| variants.iter().for_each(|variant| variant.price.set(Some(amount))));
        typed.set(None);
    };
    view! {
        <div class="flex items-end gap-3 pb-4">
            <div class="w-40"><Field label="One price for all" error=submission.field("/price_of_all")><NumberInput value=price/></Field></div>
            <Button disabled=Signal::derive(move || !matches!(readable.read(), Ok(Some(_)))) on_click=apply>"Apply to all"</Button>
        </div>
    }
}

#[component]
fn VariantRow(draft: ProductDraft, place: usize, variant: VariantDraft, submission: Submission) -> impl IntoView {
    let error = move |field: &'static str| submission.field(format!("/variants/{place}/{field}"));
    let several = !variant.values.is_empty();
    let shown = variant.clone();
    let title = Signal::derive(move || draft.words(&shown).join(" / "));
    let class = if several {
        "ui-field-rows__row"
    } else {
        "grid gap-3 grid-cols-2 md:grid-cols-4"
    };
    let name = several.then(|| {
        let src = variant.image.as_ref().and_then(|image| media_src(image, 160));
        view! { <div class="ui-field-rows__name"><Thumbnail src alt="" size=32/><span class="min-w-0 break-words">{title}</span></div> }
    });
    // A product without options has room for everything.
    let open = RwSignal::new(!several);
    let key = variant.key;
    let actions = several.then(|| {
        let details = Signal::derive(move || format!("Details of {}", title.get()));
        let leave = Signal::derive(move || format!("Leave out {}", title.get()));
        let alone = Signal::derive(move || draft.variants.with(Vec::len) < 2);
        view! {
            <span class="inline-flex">
                <IconButton icon=icons::PENCIL label=details size=ButtonSize::Small on_click=move |_| open.update(|open| *open = !*open)/>
                {may(Permission::ProductsWrite).then(|| view! {
                    <IconButton icon=icons::TRASH label=leave size=ButtonSize::Small disabled=alone on_click=move |_| draft.leave_out(key)/>
                })}
            </span>
        }
    });
    let details = variant.clone();
    let VariantDraft {
        price, compare_at, sku, ..
    } = variant.clone();
    view! {
        <div class=class role="group" aria-label=move || several.then(|| title.get()) data-variant=place>
            {name}
            <Field label="Price" error=error("price_minor")><NumberInput value=price/></Field>
            <Field label="Compare at" error=error("compare_at_minor")><NumberInput value=compare_at/></Field>
            <Field label="SKU" error=error("sku")><TextInput value=RwSignal::from(sku) mono=true/></Field>
            <OnHand variant error=error("initial_on_hand")/>
            {actions}
            {move || open.get().then(|| view! { <Details variant=details.clone() place submission/> })}
        </div>
    }
}

/// The units of a variant; typed only before it exists.
#[component]
fn OnHand(variant: VariantDraft, error: Signal<Option<String>>) -> impl IntoView {
    let tracked = RwSignal::from(variant.track_inventory.clone());
    let (exists, on_hand, stock) = (variant.id.is_some(), variant.on_hand, variant.stock);
    move || {
        let words = match (tracked.get(), on_hand) {
            (false, _) => "not tracked".to_owned(),
            (true, Some(units)) => units.to_string(),
            (true, None) if exists => "not tracked".to_owned(),
            (true, None) => {
                let value = stock.clone();
                return view! { <Field label="On hand" error><NumberInput value/></Field> }.into_any();
            }
        };
        view! { <Field label="On hand"><p class="h-control flex items-center text-sm tabular-nums text-muted">{words}</p></Field> }
            .into_any()
    }
}

/// What a variant is beyond its price.
#[component]
fn Details(variant: VariantDraft, place: usize, submission: Submission) -> impl IntoView {
    let error = move |field: &'static str| submission.field(format!("/variants/{place}/{field}"));
    let readonly = !may(Permission::ProductsWrite);
    let content = variant.clone();
    view! {
        <div class="ui-field-rows__details">
            <Field label="Cost" hint="What you pay; customers never see it" error=error("cost_minor")><NumberInput value=variant.cost.clone()/></Field>
            <Field label="Weight" error=error("weight_grams")><NumberInput value=variant.weight.clone() suffix="kg"/></Field>
            <Field label="Barcode" error=error("barcode")><TextInput value=RwSignal::from(variant.barcode.clone()) mono=true/></Field>
            <ContentFields variant=content place submission readonly/>
            <div class="ui-stack-tight">
                <Checkbox checked=RwSignal::from(variant.requires_shipping.clone()) label="Has to be shipped" hint="Off for downloads and services" disabled=readonly/>
                <Checkbox checked=RwSignal::from(variant.taxable.clone()) label="Taxed" disabled=readonly/>
                <Checkbox checked=RwSignal::from(variant.track_inventory.clone()) label="Keep stock" hint="Off: always on sale" disabled=readonly/>
            </div>
        </div>
    }
}

/// How much is in it, with the price per kilogram, litre or metre that follows from it.
#[component]
fn ContentFields(variant: VariantDraft, place: usize, submission: Submission, readonly: bool) -> impl IntoView {
    let error = move |field: &'static str| submission.field(format!("/variants/{place}/content/{field}"));
    let unit = |sign: &str| SelectOption::new(sign, sign.replace('2', "²").replace('3', "³"));
    let units: Vec<SelectOption> = std::iter::once(SelectOption::new("", "–"))
        .chain(UNITS.iter().map(|known| unit(known.sign)))
        .collect();
    let priced = variant.clone();
    let per_unit = move || {
        let (minor, base) = priced.unit_price()?;
        let base = base.replace('2', "²").replace('3', "³");
        Some(view! { <p class="text-sm text-muted tabular-nums">{format!("{} / {base}", format_money(minor, &currency(), None))}</p> })
    };
    view! {
        <div class="ui-stack-tight">
            <div class="grid grid-cols-[minmax(0,1fr)_5rem] gap-2">
                <Field label="Content" error=error("amount_milli")><NumberInput value=variant.content.clone()/></Field>
                <Field label="Unit" error=error("unit")><Select value=RwSignal::from(variant.content_unit.clone()) options=Signal::stored(units) disabled=readonly/></Field>
            </div>
            {per_unit}
        </div>
    }
}
