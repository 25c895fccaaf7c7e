use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::catalog::{ProductQuery, ProductSummary};
use orion_types::permission::Permission;
use orion_types::status::ProductStatus;
use orion_ui::*;

use crate::store::{may, media_src};

/// The status of a product as a badge.
pub fn status_badge(status: ProductStatus) -> AnyView {
    let (tone, word) = match status {
        ProductStatus::Active => (Tone::Positive, "Active"),
        ProductStatus::Draft => (Tone::Accent, "Draft"),
        ProductStatus::Archived => (Tone::Neutral, "Archived"),
    };
    view! { <Badge tone>{word}</Badge> }.into_any()
}

/// All products, searched, narrowed and sorted by the URL.
#[component]
pub fn ProductListPage() -> impl IntoView {
    let client = use_client();
    let (q, status, sort, paging) = (
        use_query_param("q"),
        use_query_param("status"),
        use_query_param("sort"),
        use_paging(),
    );
    let text = RwSignal::new(q.get());
    let products = use_load(move || {
        let query = ProductQuery {
            q: q.get_opt(),
            status: status.get_opt(),
            sort: sort.get_opt(),
            cursor: paging.cursor(),
            ..ProductQuery::default()
        };
        async move { client.get_query::<Page<ProductSummary>>("/products", &query).await }
    });
    let tabs = vec![
        TabItem::new("", "All"),
        TabItem::new("active", "Active"),
        TabItem::new("draft", "Draft"),
        TabItem::new("archived", "Archived"),
    ];
    let (writes, imports) = (may(Permission::ProductsWrite), may(Permission::ProductsImport));
    let clear = use_set_query();
    let order = Signal::derive(move || sort.get_opt().as_deref().and_then(Sort::parse));
    view! {
        <div class="ui-page">
            <PageHeader title="Products">
                {imports.then(|| view! { <LinkButton href="/imports" icon=icons::UPLOAD>"Import"</LinkButton> })}
                {writes.then(|| view! { <LinkButton href="/products/new" variant=ButtonVariant::Primary icon=icons::PLUS>"Add product"</LinkButton> })}
            </PageHeader>
            <Card flush=true>
                <Tabs label="Status" items=tabs active=status.signal() on_select=move |value: String| status.set(&value)/>
                <div class="ui-toolbar px-4 py-3">
                    <SearchInput value=text label="Search products" placeholder="Title or SKU" on_search=move |value: String| q.set(&value)/>
                </div>
                <Loaded state=products.state() skeleton=|| view! { <TableSkeleton rows=10 columns=5/> } on_retry=move |()| products.reload() let:value>
                    {
                        let filtered = q.get_opt().is_some() || status.get_opt().is_some();
                        let clear = clear;
                        let summary = value.total.map(|total| if total == 1 { "1 product".to_owned() } else { format!("{total} products") }).unwrap_or_default();
                        if value.data.is_empty() && filtered {
                            view! {
                                <EmptyState compact=true icon=icons::SEARCH title="Nothing matches" description="No product has these words and this status.">
                                    <Button on_click=move |_| { text.set(String::new()); clear(&[("q", None), ("status", None), ("after", None)]) }>"Clear filters"</Button>
                                </EmptyState>
                            }.into_any()
                        } else if value.data.is_empty() {
                            view! {
                                <EmptyState icon=icons::PACKAGE title="No products yet" description="Add the first one, or bring all of them from a file.">
                                    <LinkButton href="/products/new" variant=ButtonVariant::Primary>"Add product"</LinkButton>
                                    <LinkButton href="/imports">"Import a file"</LinkButton>
                                </EmptyState>
                            }.into_any()
                        } else {
                            view! {
                                <ProductTable rows=value.data order on_sort=move |order: Sort| sort.set(order.to_string())/>
                                <Pager paging next=value.next_cursor summary/>
                            }.into_any()
                        }
                    }
                </Loaded>
            </Card>
        </div>
    }
}

#[component]
fn ProductTable(rows: Vec<ProductSummary>, order: Signal<Option<Sort>>, #[prop(into)] on_sort: Callback<Sort>) -> impl IntoView {
    let columns = vec![
        Column::new("title", "Product", |product: &ProductSummary| title(product))
            .sortable()
            .primary(),
        Column::new("status", "Status", |product: &ProductSummary| status_badge(product.status)),
        Column::new("stock", "Stock", |product: &ProductSummary| stock(product)).wide_only(),
        Column::new("price", "Price", |product: &ProductSummary| price(product))
            .sortable()
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
        />
    }
}

fn title(product: &ProductSummary) -> AnyView {
    let src = product.image.as_ref().and_then(|image| media_src(image, 160));
    let (title, vendor) = (product.title.clone(), product.vendor.clone());
    view! {
        <span class="flex items-center gap-3 min-w-0">
            <Thumbnail src alt="" size=40/>
            <span class="flex flex-col min-w-0"><span class="font-medium truncate">{title}</span><span class="text-sm text-muted">{vendor}</span></span>
        </span>
    }
    .into_any()
}

fn stock(product: &ProductSummary) -> AnyView {
    match product.on_hand {
        None => view! { <span class="text-muted">"not tracked"</span> }.into_any(),
        Some(0) => view! { <Badge tone=Tone::Critical>"Out of stock"</Badge> }.into_any(),
        Some(units) if product.variant_count == 1 => units.to_string().into_any(),
        Some(units) => format!("{units} in {} variants", product.variant_count).into_any(),
    }
}

fn price(product: &ProductSummary) -> AnyView {
    let text = format_money(product.price.amount_minor, product.price.currency.code(), None);
    if product.price_varies { format!("from {text}") } else { text }.into_any()
}
