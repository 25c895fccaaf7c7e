use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::customer::{CustomerDetail, SavedAddress};
use orion_types::order::{OrderQuery, OrderSummary};
use orion_types::permission::Permission;
use orion_ui::*;

use super::list::{account_badge, called};
use crate::pages::orders::{AddressCard, OrderTable};
use crate::store::may;
use crate::walk;

/// One customer: orders, addresses, how to reach them.
#[component]
pub fn CustomerPage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let customer = use_load(move || {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        async move { client.get::<CustomerDetail>(&format!("/customers/{id}")).await }
    });
    view! {
        <div class="ui-page">
            <Loaded state=customer.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| customer.reload() let:value>
                <Detail customer=value/>
            </Loaded>
        </div>
    }
}

#[component]
fn Detail(customer: CustomerDetail) -> impl IntoView {
    let (id, registered) = (customer.id.to_string(), customer.registered);
    let (previous, next) = walk::neighbours("/customers", &id);
    let since = format_date(Moment::from(customer.created_at.0.clone()), None);
    let email = customer.email.clone();
    let confirmed = customer
        .email_verified
        .then(|| view! { " " <Badge tone=Tone::Positive>"Confirmed"</Badge> });
    let contact = vec![Definition::new(
        "E-mail",
        view! { <a class="ui-link break-all" href=format!("mailto:{email}")>{email.clone()}</a> {confirmed} },
    )];
    view! {
        <PageHeader
            title=called(&customer.name, &customer.email)
            subtitle=format!("Customer since {since}")
            back_href="/customers"
            back_label="Customers"
            badges=move || account_badge(registered)
            previous_href=Signal::stored(previous)
            next_href=Signal::stored(next)
        />
        <div class="ui-columns">
            <div class="ui-columns__main">
                {move || may(Permission::OrdersRead).then(|| view! { <Orders customer=id.clone()/> })}
            </div>
            <div class="ui-columns__side">
                <Card title="Contact"><DefinitionList items=contact/></Card>
                {customer.addresses.into_iter().map(address).collect_view()}
            </div>
        </div>
    }
}

fn address(saved: SavedAddress) -> AnyView {
    let title = if saved.is_default { "Default address" } else { "Address" };
    view! { <AddressCard title address=saved.address/> }.into_any()
}

#[component]
fn Orders(customer: String) -> impl IntoView {
    let client = use_client();
    let paging = use_paging();
    let orders = use_load(move || {
        let query = OrderQuery {
            customer: Some(customer.clone()),
            cursor: paging.cursor(),
            ..OrderQuery::default()
        };
        async move { client.get_query::<Page<OrderSummary>>("/orders", &query).await }
    });
    view! {
        <Card title="Orders" flush=true>
            <Loaded state=orders.state() skeleton=|| view! { <TableSkeleton rows=4 columns=5/> } on_retry=move |()| orders.reload() let:value>
                {if value.data.is_empty() {
                    view! { <EmptyState compact=true icon=icons::INBOX title="No orders yet" description="They appear here with the first one."/> }.into_any()
                } else {
                    view! {
                        <OrderTable rows=value.data anonymous=true/>
                        <Pager paging next=value.next_cursor/>
                    }.into_any()
                }}
            </Loaded>
        </Card>
    }
}
