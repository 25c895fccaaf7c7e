use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::inventory::{InventoryLevel, InventoryQuery};
use orion_types::permission::Permission;
use orion_ui::*;

use super::adjust::AdjustDialog;
use super::movements::MovementSheet;
use crate::filters::NothingMatches;
use crate::pages::exports::ExportButton;
use crate::store::{may, media_src};

/// The stock of every variant.
#[component]
pub fn InventoryPage() -> impl IntoView {
    let client = use_client();
    let (q, stock, sort, paging) = (
        use_query_param("q"),
        use_query_param("stock"),
        use_query_param("sort"),
        use_paging(),
    );
    let text = RwSignal::new(q.get());
    let levels = use_load(move || {
        let query = InventoryQuery {
            q: q.get_opt(),
            stock: stock.get_opt(),
            sort: sort.get_opt(),
            cursor: paging.cursor(),
            limit: Some(50),
            ..InventoryQuery::default()
        };
        async move { client.get_query::<Page<InventoryLevel>>("/inventory", &query).await }
    });
    let dialogs = Dialogs {
        adjusting: RwSignal::new(None),
        looking: RwSignal::new(None),
    };
    let Dialogs { adjusting, looking } = dialogs;
    let tabs = vec![TabItem::new("", "All"), TabItem::new("low", "Low"), TabItem::new("out", "Sold out")];
    let narrowed = move || q.get_opt().is_some() || stock.get_opt().is_some();
    let order = Signal::derive(move || sort.get_opt().as_deref().and_then(Sort::parse));
    let on_sort = Callback::new(move |order: Sort| sort.set(order.to_string()));
    view! {
        <div class="ui-page">
            <PageHeader title="Inventory" subtitle="On hand less reserved is available"><ExportButton kind="stock"/></PageHeader>
            <Card flush=true>
                <div class="ui-list-head">
                    <Tabs label="Stock" items=tabs active=stock.signal() on_select=move |value: String| stock.set(&value)/>
                    <div class="ui-toolbar">
                        <SearchInput value=text label="Search stock" placeholder="Product or SKU" on_search=move |value: String| q.set(&value)/>
                    </div>
                </div>
                <Loaded state=levels.state() skeleton=|| view! { <TableSkeleton rows=10 columns=6/> } on_retry=move |()| levels.reload() let:value>
                    {if value.data.is_empty() {
                        nothing(narrowed(), text)
                    } else {
                        view! {
                            <LevelTable rows=value.data dialogs order on_sort/>
                            <Pager paging next=value.next_cursor/>
                        }.into_any()
                    }}
                </Loaded>
            </Card>
            {move || adjusting.get().map(|level| view! { <AdjustDialog level adjusting on_done=move |()| levels.reload()/> })}
            {move || looking.get().map(|level| view! { <MovementSheet level looking/> })}
        </div>
    }
}

/// The variant whose stock is being changed, and the one whose history is open.
#[derive(Clone, Copy)]
struct Dialogs {
    adjusting: RwSignal<Option<InventoryLevel>>,
    looking: RwSignal<Option<InventoryLevel>>,
}

fn nothing(narrowed: bool, text: RwSignal<String>) -> AnyView {
    if narrowed {
        return view! { <NothingMatches text="No variant has this stock and these words." keys=vec!["q", "stock"] search=text/> }
            .into_any();
    }
    view! {
        <EmptyState icon=icons::PACKAGE title="No stock yet" description="Variants appear here as soon as their stock is kept.">
            {may(Permission::ProductsRead).then(|| view! { <LinkButton href="/products">"See products"</LinkButton> })}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn LevelTable(rows: Vec<InventoryLevel>, dialogs: Dialogs, order: Signal<Option<Sort>>, on_sort: Callback<Sort>) -> impl IntoView {
    let (writes, sees_products) = (may(Permission::InventoryWrite), may(Permission::ProductsRead));
    let count = |of: fn(&InventoryLevel) -> i32| move |level: &InventoryLevel| format_count(of(level).into()).into_any();
    let columns = vec![
        Column::new("product", "Product", move |level: &InventoryLevel| title(level, sees_products))
            .sortable()
            .primary(),
        Column::new("sku", "SKU", |level: &InventoryLevel| level.sku.clone().into_any()).wide_only(),
        Column::new("on_hand", "On hand", count(|level| level.on_hand))
            .phone(Phone::Labelled)
            .end(),
        Column::new("reserved", "Reserved", count(|level| level.reserved))
            .roomy()
            .phone(Phone::Labelled)
            .end(),
        Column::new("available", "Available", |level: &InventoryLevel| available(level.available))
            .sortable()
            .phone(Phone::Labelled)
            .end(),
        Column::new("actions", "", move |level: &InventoryLevel| actions(level, dialogs, writes))
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
            sort=order
            on_sort
        />
    }
}

fn title(level: &InventoryLevel, sees_products: bool) -> AnyView {
    let src = level.image.as_ref().and_then(|image| media_src(image, 160));
    let (title, variant) = (level.product_title.clone(), level.variant_title.clone());
    let title = if sees_products {
        view! { <a class="font-medium hover:underline" href=app_href(&format!("/products/{}", level.product_id))>{title}</a> }.into_any()
    } else {
        view! { <span class="font-medium">{title}</span> }.into_any()
    };
    view! {
        <span class="flex items-center gap-3 min-w-0">
            <Thumbnail src alt="" size=40/>
            <span class="flex flex-col min-w-0">
                {title}
                <span class="text-sm text-muted font-normal">{variant}</span>
            </span>
        </span>
    }
    .into_any()
}

fn actions(level: &InventoryLevel, Dialogs { adjusting, looking }: Dialogs, writes: bool) -> AnyView {
    let (to_adjust, to_see) = (level.clone(), level.clone());
    // The rows' buttons read alike; those who do not see the row hear whose they are.
    let whose = format!(" of {} {}", level.product_title, level.variant_title);
    let adjust = writes.then(|| {
        let whose = whose.clone();
        view! {
            <Button size=ButtonSize::Small on_click=move |_| adjusting.set(Some(to_adjust.clone()))>
                "Adjust"<span class="ui-sr-only">{whose}</span>
            </Button>
        }
    });
    view! {
        <span class="ui-row justify-end">
            <Button variant=ButtonVariant::Ghost size=ButtonSize::Small on_click=move |_| looking.set(Some(to_see.clone()))>
                "History"<span class="ui-sr-only">{whose}</span>
            </Button>
            {adjust}
        </span>
    }
    .into_any()
}

fn available(units: i32) -> AnyView {
    let count = format_count(units.into());
    match units {
        ..=0 => view! { <Badge tone=Tone::Critical>"sold out"</Badge> }.into_any(),
        1..=orion_types::inventory::LOW_STOCK => view! { <Badge tone=Tone::Warning>{count} " · low"</Badge> }.into_any(),
        _ => count.into_any(),
    }
}
