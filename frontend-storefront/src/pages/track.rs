use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_app::{Reader, use_submission};
use orion_types::order::{OrderConfirmation, TrackOrder};
use orion_ui::*;

use crate::account::use_account;
use crate::browser::name_page;
use crate::parts::{OrderView, order_bar, order_title};
use crate::text::{Text, field_error, t};

/// Finds an order by its number and the e-mail address it was placed with.
#[component]
pub fn TrackPage() -> impl IntoView {
    name_page(|| t(Text::TrackOrder).to_owned());
    let number = StoredValue::new(NumberField::whole(1, i64::MAX, None));
    let email = RwSignal::new(String::new());
    let found = RwSignal::new(None::<OrderConfirmation>);
    let submission = use_submission();
    let session = use_account().session;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut reader = Reader::new();
        let body = TrackOrder {
            number: untrack(|| reader.required("/number", &number.get_value())),
            email: email.get_untracked().trim().to_owned(),
        };
        let call = move |body| async move { session.optional().post("/orders/track", &body).await };
        submission.send_read(reader.finish(body), call, move |order| found.set(Some(order)));
    };
    let problem = move || {
        let error = submission.error()?;
        if error.problem().is_some_and(|problem| !problem.errors.is_empty()) {
            return None;
        }
        let message = if error.status() == Some(404) {
            t(Text::TrackFailed).to_owned()
        } else {
            error.message()
        };
        Some(view! { <Callout tone=Tone::Critical>{message}</Callout> })
    };
    let error_at = move |pointer: &'static str| Signal::derive(move || submission.error().and_then(|error| field_error(&error, pointer)));
    move || {
        match found.get() {
        Some(order) => view! {
            <div class="shop-page">
                <header class="ui-row"><h1 class="shop-title">{order_title(order.number)}</h1>{order_bar(&order)}</header>
                <OrderView order/>
            </div>
        }
        .into_any(),
        None => view! {
            <div class="shop-page shop-page--small">
                <h1 class="shop-title">{t(Text::TrackOrder)}</h1>
                <p class="shop-lead">{t(Text::TrackText)}</p>
                <form class="ui-stack mt-8" on:submit=submit novalidate=true>
                    {problem}
                    <Field label=t(Text::OrderNumberLabel).to_owned() error=error_at("/number")><NumberInput value=number.get_value() silent=true/></Field>
                    <Field label=t(Text::Email).to_owned() error=error_at("/email")><TextInput value=email kind=InputKind::Email autocomplete="email" name="email"/></Field>
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary size=ButtonSize::Large full_width=true busy=submission.busy()>{t(Text::FindOrder)}</Button>
                </form>
            </div>
        }
        .into_any(),
    }
    }
}
