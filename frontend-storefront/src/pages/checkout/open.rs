//! Payments from before the page was loaded: the provider's question comes back, and nobody pays twice.

use leptos::prelude::*;
use orion_types::Page;
use orion_types::checkout::{CheckoutOutcome, OpenCheckout};
use orion_ui::*;

use super::pay::Payment;
use crate::account::use_account;
use crate::pages::order::remember_order;
use crate::shop::money;
use crate::text::{Text, t, tf};

/// Looks for payments that are not decided, asks what has to be answered and tells about the newest of the rest.
#[component]
pub fn OpenPayments(payment: Payment) -> impl IntoView {
    let session = use_account().session;
    let waiting = RwSignal::new(None::<OpenCheckout>);
    leptos::task::spawn_local(async move {
        // Without an answer the checkout goes on as it would without an open payment.
        let Ok(open) = session.optional().get::<Page<OpenCheckout>>("/checkouts/open").await else {
            return;
        };
        for one in open.data.into_iter().rev() {
            if one.outcome == CheckoutOutcome::RequiresConfirmation {
                payment.recall(one);
            } else {
                waiting.try_set(Some(one));
            }
        }
    });
    move || waiting.with(|open| open.as_ref().map(notice))
}

fn notice(open: &OpenCheckout) -> AnyView {
    let id = open.order_id.to_string();
    remember_order(&id, &open.access_token);
    view! {
        <div class="mb-6">
            <Callout tone=Tone::Warning title=tf(Text::OpenPayment, &[("price", &money(open.total))])>
                {t(Text::OpenPaymentText)} " " <a class="ui-link" href=app_href(&format!("/orders/{id}"))>{t(Text::SeeOrder)}</a>
            </Callout>
        </div>
    }
    .into_any()
}
