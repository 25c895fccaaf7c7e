use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::use_load;
use orion_types::Page;
use orion_types::order::{OrderConfirmation, OrderSummary};
use orion_ui::*;

use super::AccountFrame;
use crate::account::use_account;
use crate::parts::{OrderView, order_bar, order_title, payment_badge};
use crate::shop::money;
use crate::text::{Counted, Text, count, t, tf};

/// The customer's orders, newest first.
#[component]
pub fn OrdersPage() -> impl IntoView {
    view! { <AccountFrame title=Text::Orders><OrderList/></AccountFrame> }.into_any()
}

#[component]
fn OrderList() -> impl IntoView {
    let session = use_account().session;
    let paging = use_paging();
    let orders = use_load(move || {
        let path = match paging.cursor() {
            // A cursor holds nothing that would have to be escaped.
            Some(cursor) => format!("/account/orders?cursor={cursor}"),
            None => "/account/orders".to_owned(),
        };
        async move { session.optional().get::<Page<OrderSummary>>(&path).await }
    });
    let list = move |page: Page<OrderSummary>| {
        if page.data.is_empty() {
            return view! {
                <EmptyState compact=true icon=icons::PACKAGE title=t(Text::NoOrders).to_owned() description=t(Text::NoOrdersText).to_owned()>
                    <LinkButton href="/products" variant=ButtonVariant::Primary>{t(Text::StartShopping)}</LinkButton>
                </EmptyState>
            }
            .into_any();
        }
        view! {
            <div class="shop-rows">{page.data.into_iter().map(row).collect_view()}</div>
            <Pager paging next=page.next_cursor/>
        }
        .into_any()
    };
    view! { <Loaded state=orders.state() skeleton=|| view! { <TextSkeleton lines=6/> } on_retry=move |()| orders.reload() children=list/> }
        .into_any()
}

fn row(order: OrderSummary) -> AnyView {
    let date = format_date(Moment::from(order.placed_at.0.as_str()), None);
    view! {
        <a class="shop-order-row" href=app_href(&format!("/account/orders/{}", order.id))>
            <span>
                <b class="font-semibold">{order_title(order.number)}</b><br/>
                <span class="text-sm text-muted">{tf(Text::PlacedOn, &[("date", &date)])} " · " {count(order.item_count, Counted::Items)}</span>
            </span>
            {payment_badge(order.status, order.payment_status, order.fulfilment_status)}
            <span class="shop-order-row__total">{money(order.total)}</span>
        </a>
    }
    .into_any()
}

/// One of the customer's orders.
#[component]
pub fn SavedOrderPage() -> impl IntoView {
    view! { <AccountFrame title=Text::OrderPending><SavedOrder/></AccountFrame> }.into_any()
}

#[component]
fn SavedOrder() -> impl IntoView {
    let session = use_account().session;
    let params = use_params_map();
    let order = use_load(move || {
        let path = format!("/account/orders/{}", params.read().get("id").unwrap_or_default());
        async move { session.optional().get::<OrderConfirmation>(&path).await }
    });
    let shown = |order: OrderConfirmation| {
        view! {
            <a class="shop-back shop-noprint" href=app_href("/account/orders")><Icon icon=icons::ARROW_LEFT/>{t(Text::BackToOrders)}</a>
            <div class="ui-row"><b>{order_title(order.number)}</b>{order_bar(&order)}</div>
            <OrderView order/>
        }
        .into_any()
    };
    view! { <Loaded state=order.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| order.reload() children=shown/> }
        .into_any()
}
