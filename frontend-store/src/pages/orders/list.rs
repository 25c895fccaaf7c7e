use leptos::prelude::*;
use orion_app::{Loader, use_client, use_load};
use orion_types::Page;
use orion_types::order::{OrderQuery, OrderSummary};
use orion_types::permission::Permission;
use orion_types::status::{FulfilmentStatus, PaymentStatus};
use orion_ui::*;

use super::badges::{fulfilment_word, payment_word};
use super::bulk::BulkActions;
use super::table::{OrderTable, Sorting};
use crate::bulk::{Bulk, use_bulk};
use crate::filters::{Filter, FilterRow, NothingMatches, use_filter};
use crate::pages::exports::ExportButton;
use crate::store::may;

const KEYS: [&str; 4] = ["q", "status", "payment_status", "fulfilment_status"];

/// All orders, newest first unless sorted, searched and narrowed by the URL.
#[component]
pub fn OrderListPage() -> impl IntoView {
    let client = use_client();
    let (q, status, sort, paging) = (
        use_query_param("q"),
        use_query_param("status"),
        use_query_param("sort"),
        use_paging(),
    );
    let (payment, fulfilment) = (payment_filter(), fulfilment_filter());
    let text = RwSignal::new(q.get());
    let orders = use_load(move || {
        let query = OrderQuery {
            q: q.get_opt(),
            status: status.get_opt(),
            payment_status: payment.value(),
            fulfilment_status: fulfilment.value(),
            sort: sort.get_opt(),
            cursor: paging.cursor(),
            ..OrderQuery::default()
        };
        async move { client.get_query::<Page<OrderSummary>>("/orders", &query).await }
    });
    let narrowed = move || {
        [q.get_opt(), status.get_opt(), payment.value(), fulfilment.value()]
            .iter()
            .any(Option::is_some)
    };
    let bulk = use_bulk();
    let sorting = Sorting {
        order: Signal::derive(move || sort.get_opt().as_deref().and_then(Sort::parse)),
        on_sort: Callback::new(move |order: Sort| sort.set(order.to_string())),
    };
    view! {
        <div class="ui-page">
            <PageHeader title="Orders"><ExportButton kind="orders"/></PageHeader>
            <Card flush=true>
                <div class="ui-list-head">
                    <Tabs label="Status" items=tabs() active=status.signal() on_select=move |value: String| status.set(&value)/>
                    <div class="ui-toolbar">
                        <SearchInput value=text label="Search orders" placeholder="Number or e-mail" on_search=move |value: String| q.set(&value)/>
                        {payment.menu()} {fulfilment.menu()}
                    </div>
                    <FilterRow filters=vec![payment, fulfilment]/>
                </div>
                <Loaded state=orders.state() skeleton=|| view! { <TableSkeleton rows=10 columns=6/> } on_retry=move |()| orders.reload() let:value>
                    {if value.data.is_empty() {
                        nothing(narrowed(), text)
                    } else {
                        view! {
                            <Rows rows=value.data orders bulk sorting/>
                            <Pager paging next=value.next_cursor/>
                        }.into_any()
                    }}
                </Loaded>
            </Card>
        </div>
    }
}

fn tabs() -> Vec<TabItem> {
    vec![
        TabItem::new("", "All"),
        TabItem::new("confirmed", "Open"),
        TabItem::new("completed", "Completed"),
        TabItem::new("cancelled", "Cancelled"),
    ]
}

fn payment_filter() -> Filter {
    // Below the word "Payment" the badge's own would be said twice.
    let word = |status: PaymentStatus| match status {
        PaymentStatus::Pending => "Pending",
        PaymentStatus::Failed => "Failed",
        other => payment_word(other),
    };
    let option = |status: &PaymentStatus| SelectOption::new(status.as_str(), word(*status));
    use_filter(
        "payment_status",
        "Payment",
        PaymentStatus::ALL.iter().map(option).collect::<Vec<_>>(),
    )
}

fn fulfilment_filter() -> Filter {
    let option = |status: &FulfilmentStatus| SelectOption::new(status.as_str(), fulfilment_word(*status));
    use_filter(
        "fulfilment_status",
        "Fulfilment",
        FulfilmentStatus::ALL.iter().map(option).collect::<Vec<_>>(),
    )
}

fn nothing(narrowed: bool, text: RwSignal<String>) -> AnyView {
    if narrowed {
        view! { <NothingMatches text="No order has these words and this state." keys=KEYS.to_vec() search=text/> }.into_any()
    } else {
        view! { <EmptyState icon=icons::INBOX title="No orders yet" description="They appear as soon as they are placed."/> }.into_any()
    }
}

#[component]
fn Rows(rows: Vec<OrderSummary>, orders: Loader<Page<OrderSummary>>, bulk: Bulk, sorting: Sorting) -> impl IntoView {
    if !may(Permission::OrdersWrite) {
        return view! { <OrderTable rows sorting/> }.into_any();
    }
    let shown = StoredValue::new(rows.clone());
    view! { <OrderTable rows sorting selected=bulk.selected actions=move || view! { <BulkActions rows=shown.get_value() orders bulk/> }/> }
        .into_any()
}
