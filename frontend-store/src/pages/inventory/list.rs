use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::inventory::{InventoryLevel, InventoryQuery};
use orion_types::permission::Permission;
use orion_ui::*;

use super::adjust::AdjustDialog;
use super::movements::MovementSheet;
use crate::store::may;

/// The stock of every variant.
#[component]
pub fn InventoryPage() -> impl IntoView {
    let client = use_client();
    let (q, stock, paging) = (use_query_param("q"), use_query_param("stock"), use_paging());
    let text = RwSignal::new(q.get());
    let levels = use_load(move || {
        let query = InventoryQuery {
            q: q.get_opt(),
            stock: stock.get_opt(),
            cursor: paging.cursor(),
            limit: Some(50),
        };
        async move { client.get_query::<Page<InventoryLevel>>("/inventory", &query).await }
    });
    let adjusting = RwSignal::new(None::<InventoryLevel>);
    let looking = RwSignal::new(None::<InventoryLevel>);
    let tabs = vec![TabItem::new("", "All"), TabItem::new("low", "Low"), TabItem::new("out", "Sold out")];
    view! {
        <div class="ui-page">
            <PageHeader title="Inventory" subtitle="On hand less reserved is available"/>
            <Card flush=true>
                <Tabs label="Stock" items=tabs active=stock.signal() on_select=move |value: String| stock.set(&value)/>
                <div class="ui-toolbar px-4 py-3">
                    <SearchInput value=text label="Search stock" placeholder="Product or SKU" on_search=move |value: String| q.set(&value)/>
                </div>
                <Loaded state=levels.state() skeleton=|| view! { <TableSkeleton rows=10 columns=6/> } on_retry=move |()| levels.reload() let:value>
                    <LevelTable rows=value.data adjusting looking/>
                    <Pager paging next=value.next_cursor/>
                </Loaded>
            </Card>
            {move || adjusting.get().map(|level| view! { <AdjustDialog level adjusting on_done=move |()| levels.reload()/> })}
            {move || looking.get().map(|level| view! { <MovementSheet level looking/> })}
        </div>
    }
}

#[component]
fn LevelTable(
    rows: Vec<InventoryLevel>,
    adjusting: RwSignal<Option<InventoryLevel>>,
    looking: RwSignal<Option<InventoryLevel>>,
) -> impl IntoView {
    if rows.is_empty() {
        return view! { <EmptyState compact=true icon=icons::PACKAGE title="Nothing here" description="No variant has this stock and these words."/> }.into_any();
    }
    let writes = may(Permission::InventoryWrite);
    let columns = vec![
        Column::new("product", "Product", |level: &InventoryLevel| {
            let (title, variant) = (level.product_title.clone(), level.variant_title.clone());
            view! { <span class="flex flex-col"><span class="font-medium">{title}</span><span class="text-sm text-muted">{variant}</span></span> }.into_any()
        })
        .primary(),
        Column::new("sku", "SKU", |level: &InventoryLevel| level.sku.clone().into_any()).wide_only(),
        Column::new("on_hand", "On hand", |level: &InventoryLevel| level.on_hand.to_string().into_any()).phone(Phone::Labelled).end(),
        Column::new("reserved", "Reserved", |level: &InventoryLevel| level.reserved.to_string().into_any()).phone(Phone::Labelled).end(),
        Column::new("available", "Available", |level: &InventoryLevel| available(level.available)).phone(Phone::Labelled).end(),
        Column::new("actions", "", move |level: &InventoryLevel| {
            let (to_adjust, to_see) = (level.clone(), level.clone());
            view! {
                <span class="ui-row justify-end">
                    <IconButton icon=icons::CLOCK label=format!("Movements of {}", level.product_title) on_click=move |_| looking.set(Some(to_see.clone()))/>
                    {writes.then(|| view! { <Button size=ButtonSize::Small on_click=move |_| adjusting.set(Some(to_adjust.clone()))>"Adjust"</Button> })}
                </span>
            }
            .into_any()
        })
        .phone(Phone::Corner)
        .end(),
    ];
    view! {
        <DataTable
            caption="Stock"
            rows=Signal::stored(rows)
            key=|level: &InventoryLevel| level.variant_id.to_string()
            columns
            row_label=|level: &InventoryLevel| format!("{} {}", level.product_title, level.variant_title)
        />
    }
    .into_any()
}

fn available(units: i32) -> AnyView {
    let tone = match units {
        ..=0 => Tone::Critical,
        1..=orion_types::inventory::LOW_STOCK => Tone::Warning,
        _ => Tone::Neutral,
    };
    view! { <Badge tone>{units.to_string()}</Badge> }.into_any()
}
