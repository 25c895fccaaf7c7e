//! What the command palette finds beside pages: records that the member may read.

use leptos::prelude::*;
use orion_app::{Loader, use_client, use_load};
use orion_client::ApiError;
use orion_types::Page;
use orion_types::catalog::{ProductQuery, ProductSummary};
use orion_types::customer::{CustomerQuery, CustomerSummary};
use orion_types::order::{OrderQuery, OrderSummary};
use orion_types::permission::Permission;
use orion_ui::*;

use crate::pages::customers::called;
use crate::pages::orders::number;
use crate::store::may;

/// Of each kind.
const AT_MOST: u32 = 5;

type Entries = Loader<Vec<CommandEntry>>;

/// The records that the words find, and whether they are still being looked for.
pub fn use_records(words: RwSignal<String>) -> (Signal<Vec<CommandEntry>>, Signal<bool>) {
    // People before their orders: an address that is typed in whole finds both, and one person.
    let kinds: [Entries; 3] = [products(words), customers(words), orders(words)];
    let found = Signal::derive(move || kinds.iter().filter_map(Loader::get).flatten().collect::<Vec<_>>());
    let searching = Signal::derive(move || !words.with(String::is_empty) && kinds.iter().any(|kind| kind.refreshing().get()));
    (found, searching)
}

/// The words, where they are worth a question and the member may read what they would find; to be tracked.
fn asked(words: RwSignal<String>, permission: Permission) -> Option<String> {
    let words = words.get().trim().trim_start_matches('#').to_owned();
    (!words.is_empty() && may(permission)).then_some(words)
}

fn entries<T>(page: Result<Page<T>, ApiError>, entry: impl Fn(T) -> CommandEntry) -> Result<Vec<CommandEntry>, ApiError> {
    Ok(page?.data.into_iter().map(entry).collect())
}

fn products(words: RwSignal<String>) -> Entries {
    let client = use_client();
    use_load(move || {
        let words = asked(words, Permission::ProductsRead);
        async move {
            let Some(q) = words else { return Ok(Vec::new()) };
            let query = ProductQuery {
                q: Some(q),
                limit: Some(AT_MOST),
                ..ProductQuery::default()
            };
            entries(client.get_query("/products", &query).await, |product: ProductSummary| {
                CommandEntry::link(product.title, format!("/products/{}", product.id))
                    .group("Products")
                    .icon(icons::PACKAGE)
                    .detail(product.vendor)
            })
        }
    })
}

fn orders(words: RwSignal<String>) -> Entries {
    let client = use_client();
    use_load(move || {
        let words = asked(words, Permission::OrdersRead);
        async move {
            let Some(q) = words else { return Ok(Vec::new()) };
            let query = OrderQuery {
                q: Some(q),
                limit: Some(AT_MOST),
                ..OrderQuery::default()
            };
            entries(client.get_query("/orders", &query).await, |order: OrderSummary| {
                CommandEntry::link(number(order.number, order.status), format!("/orders/{}", order.id))
                    .group("Orders")
                    .icon(icons::INBOX)
                    .detail(order.customer_name)
            })
        }
    })
}

fn customers(words: RwSignal<String>) -> Entries {
    let client = use_client();
    use_load(move || {
        let words = asked(words, Permission::CustomersRead);
        async move {
            let Some(q) = words else { return Ok(Vec::new()) };
            let query = CustomerQuery {
                q: Some(q),
                limit: Some(AT_MOST),
                ..CustomerQuery::default()
            };
            entries(client.get_query("/customers", &query).await, |customer: CustomerSummary| {
                CommandEntry::link(called(&customer.name, &customer.email), format!("/customers/{}", customer.id))
                    .group("Customers")
                    .icon(icons::USERS)
                    .detail(customer.email)
            })
        }
    })
}
