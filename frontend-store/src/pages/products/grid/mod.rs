//! Prices and stock of several products in a grid, as in a spreadsheet.

mod entry;
mod paste;
mod table;

use leptos::prelude::*;
use orion_app::{Loader, use_client, use_load};
use orion_client::{ApiError, SessionClient};
use orion_types::catalog::Product;
use orion_types::permission::Permission;
use orion_ui::*;

use crate::store::{may, module_on};
use entry::Entry;
use table::GridTable;

/// Most products in one grid.
pub const MOST: usize = 100;

/// The page of the products that the address names.
#[component]
pub fn GridPage() -> impl IntoView {
    let client = use_client();
    let ids = use_query_param("ids");
    let products = use_load(move || {
        let ids: Vec<String> = ids
            .get()
            .split(',')
            .filter(|id| !id.is_empty())
            .take(MOST)
            .map(str::to_owned)
            .collect();
        read_each(client, ids)
    });
    view! {
        <div class="ui-page">
            <PageHeader title="Prices and stock" subtitle="Paste from a spreadsheet into any cell; Enter leads to the next row" back_href="/products" back_label="Products"/>
            <Loaded state=products.state() skeleton=|| view! { <Card flush=true><TableSkeleton rows=10 columns=5/></Card> } on_retry=move |()| products.reload() let:value>
                {if value.is_empty() {
                    view! {
                        <Card><EmptyState icon=icons::PACKAGE title="No products were chosen" description="Choose some in the list, then edit their prices and stock together.">
                            <LinkButton href="/products" variant=ButtonVariant::Primary>"See products"</LinkButton>
                        </EmptyState></Card>
                    }.into_any()
                } else {
                    view! { <Grid products=value loader=products/> }.into_any()
                }}
            </Loaded>
        </div>
    }
}

async fn read_each(client: SessionClient, ids: Vec<String>) -> Result<Vec<Product>, ApiError> {
    let mut products = Vec::with_capacity(ids.len());
    for id in ids {
        products.push(client.get::<Product>(&format!("/products/{id}")).await?);
    }
    Ok(products)
}

#[component]
fn Grid(products: Vec<Product>, loader: Loader<Vec<Product>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let entries: Vec<Entry> = products.iter().map(Entry::of).collect();
    let all = StoredValue::new(entries.clone());
    let dirty = Memo::new(move |_| all.with_value(|all| all.iter().any(|entry| entry.is_dirty())));
    let busy = Signal::derive(move || all.with_value(|all| all.iter().any(|entry| entry.submission.busy().get())));
    let saved = RwSignal::new(0_i64);
    let save = move |()| {
        let changed: Vec<Entry> = all.with_value(|all| all.iter().copied().filter(|entry| untrack(|| entry.is_dirty())).collect());
        let unreadable: Vec<Entry> = changed.iter().copied().filter(|entry| entry.is_unreadable()).collect();
        saved.set(0);
        // As long as one cell cannot be read nothing is sent, and those that cannot say so.
        for entry in if unreadable.is_empty() { changed } else { unreadable } {
            entry.save(client, move || {
                saved.try_update(|saved| *saved += 1);
            });
        }
    };
    Effect::new(move |was_busy: Option<bool>| {
        let is_busy = busy.get();
        let count = saved.get_untracked();
        if was_busy == Some(true) && !is_busy && count > 0 {
            toasts.success(count_of(count, "product saved", "products saved"));
        }
        is_busy
    });
    let counts = untrack(|| module_on("inventory") && may(Permission::InventoryWrite));
    view! {
        // The bar that saves stays where it is when what a cell says makes a row higher: a press on it would miss.
        <div class="ui-stack min-h-[calc(100dvh-18rem)]"><GridTable entries counts/></div>
        <SaveBar dirty=Signal::from(dirty) busy on_save=save on_discard=move |()| loader.reload()/>
    }
}
