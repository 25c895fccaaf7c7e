use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::customer::{CustomerOrders, CustomerQuery, CustomerSummary};
use orion_ui::*;

use crate::filters::NothingMatches;
use crate::pages::exports::ExportButton;
use crate::walk;

/// Everybody who has an account or has bought as a guest, newest first unless sorted.
#[component]
pub fn CustomerListPage() -> impl IntoView {
    let client = use_client();
    let (q, kind, sort, paging) = (use_query_param("q"), use_query_param("kind"), use_query_param("sort"), use_paging());
    let text = RwSignal::new(q.get());
    let customers = use_load(move || {
        let query = CustomerQuery {
            q: q.get_opt(),
            kind: kind.get_opt(),
            sort: sort.get_opt(),
            cursor: paging.cursor(),
            limit: None,
            ..CustomerQuery::default()
        };
        async move { client.get_query::<Page<CustomerSummary>>("/customers", &query).await }
    });
    let tabs = vec![
        TabItem::new("", "All"),
        TabItem::new("account", "Accounts"),
        TabItem::new("guest", "Guests"),
    ];
    let narrowed = move || q.get_opt().is_some() || kind.get_opt().is_some();
    let order = Signal::derive(move || sort.get_opt().as_deref().and_then(Sort::parse));
    let on_sort = Callback::new(move |order: Sort| sort.set(order.to_string()));
    view! {
        <div class="ui-page">
            <PageHeader title="Customers"><ExportButton kind="customers"/></PageHeader>
            <Card flush=true>
                <div class="ui-list-head">
                    <Tabs label="Kind" items=tabs active=kind.signal() on_select=move |value: String| kind.set(&value)/>
                    <div class="ui-toolbar">
                        <SearchInput value=text label="Search customers" placeholder="Name or e-mail" on_search=move |value: String| q.set(&value)/>
                    </div>
                </div>
                <Loaded state=customers.state() skeleton=|| view! { <TableSkeleton rows=10 columns=5/> } on_retry=move |()| customers.reload() let:value>
                    {
                        let summary = value.total.map(|total| total_of(total, value.total_capped, "customer", "customers")).unwrap_or_default();
                        if value.data.is_empty() {
                            nobody(narrowed(), text)
                        } else {
                            view! {
                                <CustomerTable rows=value.data order on_sort/>
                                <Pager paging next=value.next_cursor summary/>
                            }.into_any()
                        }
                    }
                </Loaded>
            </Card>
        </div>
    }
}

fn nobody(narrowed: bool, text: RwSignal<String>) -> AnyView {
    if narrowed {
        view! { <NothingMatches text="Nobody of this kind has these letters in the name or the e-mail address." keys=vec!["q", "kind"] search=text/> }.into_any()
    } else {
        view! { <EmptyState icon=icons::USERS title="No customers yet" description="They appear with their first order, or when they make an account."/> }.into_any()
    }
}

#[component]
fn CustomerTable(rows: Vec<CustomerSummary>, order: Signal<Option<Sort>>, on_sort: Callback<Sort>) -> impl IntoView {
    walk::remember("/customers", rows.iter().map(|customer| customer.id.to_string()).collect());
    let mut columns = vec![
        Column::new("name", "Customer", title).sortable().primary(),
        Column::new("kind", "Account", |customer: &CustomerSummary| account_badge(customer.registered)),
    ];
    // Not told to who may not see orders.
    if rows.iter().any(|customer| customer.orders.is_some()) {
        columns.extend(bought());
    }
    columns.push(
        Column::new("created_at", "Since", |customer: &CustomerSummary| {
            view! { <RelativeTime at=Moment::from(customer.created_at.0.clone())/> }.into_any()
        })
        .sortable()
        .wide_only()
        .end(),
    );
    view! {
        <DataTable
            caption="Customers"
            rows=Signal::stored(rows)
            key=|customer: &CustomerSummary| customer.id.to_string()
            columns
            href=|customer: &CustomerSummary| format!("/customers/{}", customer.id)
            row_label=|customer: &CustomerSummary| called(&customer.name, &customer.email)
            sort=order
            on_sort
        />
    }
}

fn bought() -> [Column<CustomerSummary>; 3] {
    let cell = |show: fn(&CustomerOrders) -> AnyView| move |customer: &CustomerSummary| customer.orders.as_ref().map(show).into_any();
    [
        Column::new("orders", "Orders", cell(|orders| format_count(orders.count).into_any()))
            .phone(Phone::Labelled)
            .end(),
        Column::new(
            "spent",
            "Spent",
            cell(|orders| format_money(orders.spent.amount_minor, orders.spent.currency.code(), None).into_any()),
        )
        .phone(Phone::Corner)
        .end(),
        Column::new("last_order", "Last order", cell(last_order))
            .roomy()
            .phone(Phone::Labelled)
            .end(),
    ]
}

fn last_order(orders: &CustomerOrders) -> AnyView {
    match orders.last_placed_at.clone() {
        Some(at) => view! { <RelativeTime at=Moment::from(at.0)/> }.into_any(),
        None => view! { <span class="text-muted">"none yet"</span> }.into_any(),
    }
}

fn title(customer: &CustomerSummary) -> AnyView {
    let (name, email) = (called(&customer.name, &customer.email), customer.email.clone());
    view! {
        <span class="flex items-center gap-3 min-w-0">
            <Avatar name=name.clone()/>
            <span class="flex flex-col min-w-0">
                <span class="font-medium truncate">{name}</span>
                <span class="text-sm text-muted font-normal truncate">{email}</span>
            </span>
        </span>
    }
    .into_any()
}

/// Whether somebody has an account.
pub fn account_badge(registered: bool) -> AnyView {
    if registered {
        view! { <Badge tone=Tone::Positive>"Account"</Badge> }.into_any()
    } else {
        view! { <Badge hollow=true>"Guest"</Badge> }.into_any()
    }
}

/// What somebody is called; a guest may have left no name.
pub fn called(name: &str, email: &str) -> String {
    if name.is_empty() { email.to_owned() } else { name.to_owned() }
}
