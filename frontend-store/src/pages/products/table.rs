use std::collections::BTreeSet;

use leptos::prelude::*;
use orion_types::catalog::ProductSummary;
use orion_types::status::ProductStatus;
use orion_ui::*;

use crate::store::media_src;
use crate::walk;

/// The status of a product as a badge.
pub fn status_badge(status: ProductStatus) -> AnyView {
    let (tone, word) = match status {
        ProductStatus::Active => (Tone::Positive, "Active"),
        ProductStatus::Draft => (Tone::Accent, "Draft"),
        ProductStatus::Archived => (Tone::Neutral, "Archived"),
    };
    view! { <Badge tone>{word}</Badge> }.into_any()
}

/// Products with picture, stock and price.
#[component]
pub fn ProductTable(
    rows: Vec<ProductSummary>,
    order: Signal<Option<Sort>>,
    on_sort: Callback<Sort>,
    /// The ids of the chosen rows; with it they have checkboxes.
    #[prop(optional)]
    selected: Option<RwSignal<BTreeSet<String>>>,
    /// What can be done with the chosen rows.
    #[prop(default = ViewFn::from(|| ()), into)]
    actions: ViewFn,
) -> impl IntoView {
    walk::remember("/products", rows.iter().map(|product| product.id.to_string()).collect());
    let columns = vec![
        Column::new("title", "Product", |product: &ProductSummary| title(product))
            .sortable()
            .primary(),
        Column::new("status", "Status", |product: &ProductSummary| status_badge(product.status)),
        Column::new("stock", "Stock", |product: &ProductSummary| stock(product))
            .roomy()
            .end(),
        Column::new("price", "Price", |product: &ProductSummary| price(product))
            .sortable()
            .phone(Phone::Corner)
            .end(),
        Column::new("created_at", "Updated", |product: &ProductSummary| {
            view! { <RelativeTime at=Moment::from(product.updated_at.0.clone())/> }.into_any()
        })
        .wide_only()
        .end(),
    ];
    view! {
        <DataTable
            caption="Products"
            rows=Signal::stored(rows)
            key=|product: &ProductSummary| product.id.to_string()
            columns
            href=|product: &ProductSummary| format!("/products/{}", product.id)
            row_label=|product: &ProductSummary| product.title.clone()
            sort=order
            on_sort
            selected
            bulk=actions
        />
    }
}

fn title(product: &ProductSummary) -> AnyView {
    let src = product.image.as_ref().and_then(|image| media_src(image, 160));
    let (title, vendor) = (product.title.clone(), product.vendor.clone());
    view! {
        <span class="flex items-center gap-3 min-w-0">
            <Thumbnail src alt="" size=40/>
            <span class="flex flex-col min-w-0"><span class="font-medium truncate">{title}</span><span class="text-sm text-muted font-normal">{vendor}</span></span>
        </span>
    }
    .into_any()
}

fn stock(product: &ProductSummary) -> AnyView {
    let variants = product.variant_count;
    match product.on_hand {
        None => view! { <span class="text-muted">"not tracked"</span> }.into_any(),
        Some(0) => view! { <Badge tone=Tone::Critical>"Out of stock"</Badge> }.into_any(),
        Some(units) if variants == 1 => view! { {format_count(units)} <span class="text-muted">" in stock"</span> }.into_any(),
        Some(units) => {
            let among = format!(" in {} variants", format_count(variants));
            view! { {format_count(units)} <span class="text-muted">{among}</span> }.into_any()
        }
    }
}

fn price(product: &ProductSummary) -> AnyView {
    let text = format_money(product.price.amount_minor, product.price.currency.code(), None);
    if product.price_varies { format!("from {text}") } else { text }.into_any()
}
