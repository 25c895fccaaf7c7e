use leptos::prelude::*;
use orion_app::{Loader, use_client, use_load};
use orion_types::Page;
use orion_types::catalog::{CategorySummary, ProductQuery, ProductSummary};
use orion_types::permission::Permission;
use orion_ui::*;

use super::bulk::{BulkActions, Query};
use super::table::ProductTable;
pub use super::table::status_badge;
use crate::bulk::{Bulk, use_bulk};
use crate::filters::{FilterRow, NothingMatches, use_filter};
use crate::pages::exports::ExportButton;
use crate::store::{may, module_on};

const KEYS: [&str; 4] = ["q", "status", "category", "stock"];

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
    let category = use_filter("category", "Category", categories());
    let stock = use_filter(
        "stock",
        "Stock",
        vec![SelectOption::new("low", "Low"), SelectOption::new("out", "Out of stock")],
    );
    let text = RwSignal::new(q.get());
    let query = move |cursor| ProductQuery {
        q: q.get_opt(),
        status: status.get_opt(),
        category: category.value(),
        stock: stock.value(),
        sort: sort.get_opt(),
        cursor,
        limit: None,
        ..ProductQuery::default()
    };
    let products = use_load(move || {
        let query = query(paging.cursor());
        async move { client.get_query::<Page<ProductSummary>>("/products", &query).await }
    });
    let whole = Query::new(move |cursor| untrack(|| query(cursor)));
    let narrowed = move || {
        [q.get_opt(), status.get_opt(), category.value(), stock.value()]
            .iter()
            .any(Option::is_some)
    };
    let bulk = use_bulk();
    let order = Signal::derive(move || sort.get_opt().as_deref().and_then(Sort::parse));
    let on_sort = Callback::new(move |order: Sort| sort.set(order.to_string()));
    view! {
        <div class="ui-page">
            <Head/>
            <Card flush=true>
                <div class="ui-list-head">
                    <Tabs label="Status" items=tabs() active=status.signal() on_select=move |value: String| status.set(&value)/>
                    <div class="ui-toolbar">
                        <SearchInput value=text label="Search products" placeholder="Title or SKU" on_search=move |value: String| q.set(&value)/>
                        {category.menu()}
                        {move || module_on("inventory").then(|| stock.menu())}
                    </div>
                    <FilterRow filters=vec![category, stock]/>
                </div>
                <Loaded state=products.state() skeleton=|| view! { <TableSkeleton rows=10 columns=5/> } on_retry=move |()| products.reload() let:value>
                    {if value.data.is_empty() {
                        nothing(narrowed(), text)
                    } else {
                        let more = value.next_cursor.is_some() || paging.turned() > 0;
                        let summary = value.total.map(|total| total_of(total, value.total_capped, "product", "products")).unwrap_or_default();
                        view! {
                            <Rows rows=value.data more query=whole products bulk order on_sort/>
                            <Pager paging next=value.next_cursor summary/>
                        }.into_any()
                    }}
                </Loaded>
            </Card>
        </div>
    }
}

#[component]
fn Head() -> impl IntoView {
    let (writes, imports) = (may(Permission::ProductsWrite), may(Permission::ProductsImport));
    view! {
        <PageHeader title="Products">
            <ExportButton kind="products"/>
            {imports.then(|| view! { <LinkButton href="/imports" icon=icons::UPLOAD>"Import"</LinkButton> })}
            {writes.then(|| view! { <LinkButton href="/products/new" variant=ButtonVariant::Primary icon=icons::PLUS>"Add product"</LinkButton> })}
        </PageHeader>
    }
}

fn tabs() -> Vec<TabItem> {
    vec![
        TabItem::new("", "All"),
        TabItem::new("active", "Active"),
        TabItem::new("draft", "Draft"),
        TabItem::new("archived", "Archived"),
    ]
}

/// The categories as choices, those below another with its name before theirs. Without them the list works all the same.
fn categories() -> Signal<Vec<SelectOption>> {
    let client = use_client();
    let categories = use_load(move || async move { client.get::<Page<CategorySummary>>("/categories").await });
    Signal::derive(move || {
        let known = categories.get().map(|page| page.data).unwrap_or_default();
        let parent = |category: &CategorySummary| known.iter().find(|other| Some(other.id) == category.parent_id);
        let mut options: Vec<SelectOption> = known
            .iter()
            .map(|category| {
                let above = parent(category).map(|parent| format!("{} / ", parent.name)).unwrap_or_default();
                SelectOption::new(category.id.to_string(), above + &category.name)
            })
            .collect();
        // As people read them: by code points "Öl" would come after "Zebra".
        sort_few(&mut options, |one, other| compare_words(&one.label, &other.label));
        options
    })
}

fn nothing(narrowed: bool, text: RwSignal<String>) -> AnyView {
    if narrowed {
        return view! { <NothingMatches text="No product has these words and these filters." keys=KEYS.to_vec() search=text/> }.into_any();
    }
    view! {
        <EmptyState icon=icons::PACKAGE title="No products yet" description="Add the first one, or bring all of them from a file.">
            <LinkButton href="/products/new" variant=ButtonVariant::Primary>"Add product"</LinkButton>
            <LinkButton href="/imports">"Import a file"</LinkButton>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn Rows(
    rows: Vec<ProductSummary>,
    more: bool,
    query: Query,
    products: Loader<Page<ProductSummary>>,
    bulk: Bulk,
    order: Signal<Option<Sort>>,
    on_sort: Callback<Sort>,
) -> impl IntoView {
    if !may(Permission::ProductsWrite) {
        return view! { <ProductTable rows order on_sort/> }.into_any();
    }
    let shown = StoredValue::new(rows.clone());
    view! { <ProductTable rows order on_sort selected=bulk.selected actions=move || view! { <BulkActions rows=shown.get_value() more query products bulk/> }/> }
        .into_any()
}
