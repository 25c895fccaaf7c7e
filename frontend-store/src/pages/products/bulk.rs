use leptos::prelude::*;
use orion_app::{Loader, use_client};
use orion_types::Page;
use orion_types::catalog::{Product, ProductSummary};
use orion_ui::*;

use crate::bulk::{Bulk, BulkProgress};

/// What can be done with the chosen products; the server decides for each whether its state allows it.
#[component]
pub fn BulkActions(rows: Vec<ProductSummary>, products: Loader<Page<ProductSummary>>, bulk: Bulk) -> impl IntoView {
    let client = use_client();
    let rows = StoredValue::new(rows);
    let all = move |verb: &'static str, done: &'static str| {
        let chosen = rows.with_value(|rows| bulk.of(rows, |product| (product.id.to_string(), product.title.clone())));
        let call = move |id: String| async move { client.post::<Product>(&format!("/products/{id}/{verb}"), &()).await };
        bulk.run(chosen, done, call, move || products.reload());
    };
    let busy = bulk.busy();
    view! {
        <Button size=ButtonSize::Small busy on_click=move |_| all("publish", "published")>"Publish"</Button>
        <Button size=ButtonSize::Small icon=icons::ARCHIVE busy on_click=move |_| all("archive", "archived")>"Archive"</Button>
        <BulkProgress bulk/>
    }
}
