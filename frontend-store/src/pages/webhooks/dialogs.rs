//! What is asked before something is done with an endpoint.

use leptos::prelude::*;
use orion_app::{Loader, Refused, use_client, use_submission};
use orion_types::webhook::{TestWebhookEndpoint, WebhookDelivery, WebhookEndpoint, WebhookEvent, WebhookSecret};
use orion_types::{Page, WebhookDeliveryId};
use orion_ui::*;

use super::live::Live;
use super::log::names;

/// Sends the example of an event, and opens its delivery, which shows what came back.
#[component]
pub fn TestDialog(
    open: RwSignal<bool>,
    endpoint: Memo<WebhookEndpoint>,
    events: Loader<Page<WebhookEvent>>,
    looking: RwSignal<Option<WebhookDeliveryId>>,
) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let event = RwSignal::new(String::new());
    // Those that it hears, first of all.
    let options = Memo::new(move |_| {
        let heard = endpoint.with(|endpoint| endpoint.events.clone());
        let all = names(events);
        let hears = |option: &SelectOption| heard.is_empty() || heard.contains(&option.value);
        let kept: Vec<SelectOption> = all.iter().filter(|option| hears(option)).cloned().collect();
        if kept.is_empty() { all } else { kept }
    });
    orion_ui::watch(move || {
        if open.get() {
            let first = options.with(|options| options.first().map(|option| option.value.clone()));
            event.update(|event| {
                if event.is_empty() {
                    *event = first.unwrap_or_default();
                }
            });
            submission.clear();
        }
    });
    let send = move |_| {
        let id = endpoint.with_untracked(|endpoint| endpoint.id);
        let body = TestWebhookEndpoint {
            event: event.get_untracked(),
        };
        let call = async move {
            client
                .post::<WebhookDelivery>(&format!("/webhook-endpoints/{id}/test"), &body)
                .await
        };
        submission.send(call, move |delivery| {
            open.try_set(false);
            looking.try_set(Some(delivery.id));
        });
    };
    view! {
        <Dialog open title="Send a test" description="The example of an event, signed as all others are. Its body says that it is a test." footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary icon=icons::SEND busy=submission.busy() on_click=send>"Send it"</Button>
        }>
            <div class="ui-stack">
                <Refused submission title="Not sent"/>
                <Field label="Event" error=submission.field("/event")><Select value=event options=Signal::from(options)/></Field>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Gives the endpoint another secret, which the page shows then.
#[component]
pub fn RotateDialog(
    open: RwSignal<bool>,
    endpoint: Memo<WebhookEndpoint>,
    rotated: RwSignal<Option<WebhookSecret>>,
    live: Live<WebhookEndpoint>,
) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let rotate = move |()| {
        let id = endpoint.with_untracked(|endpoint| endpoint.id);
        let call = async move {
            client
                .post::<WebhookSecret>(&format!("/webhook-endpoints/{id}/secret/rotate"), &())
                .await
        };
        submission.send(call, move |made| {
            open.try_set(false);
            live.loader.follow(made.endpoint.clone());
            rotated.try_set(Some(made));
        });
    };
    let message = Signal::derive(move || {
        let two = endpoint.with(|endpoint| endpoint.previous_secret_until.is_some());
        let older = if two {
            " The one from before the last rotation ends now."
        } else {
            ""
        };
        format!(
            "The endpoint gets another secret, which is shown once. The present one signs beside it for 24 hours, so that the receiver can change over.{older}"
        )
    });
    view! {
        <ConfirmDialog open title="Rotate the secret?" message confirm_label="Rotate" busy=submission.busy() on_confirm=rotate/>
    }
    .into_any()
}

/// Asks before an endpoint goes.
#[component]
pub fn DeleteDialog(open: RwSignal<bool>, endpoint: Memo<WebhookEndpoint>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let submission = use_submission();
    let delete = move |()| {
        let id = endpoint.with_untracked(|endpoint| endpoint.id);
        let go = go.clone();
        submission.send(
            async move { client.delete::<()>(&format!("/webhook-endpoints/{id}")).await },
            move |()| {
                toasts.success("Endpoint deleted");
                open.try_set(false);
                go("/webhooks");
            },
        );
    };
    let message = Signal::derive(move || {
        let waiting = endpoint.with(|endpoint| endpoint.waiting_count);
        let waiting = match waiting {
            0 => String::new(),
            waiting => format!(
                " {} never sent.",
                count_of(waiting, "waiting delivery is", "waiting deliveries are")
            ),
        };
        format!("Its secrets and its log go with it.{waiting}")
    });
    view! {
        <ConfirmDialog open title="Delete this endpoint?" message confirm_label="Delete" tone=Tone::Critical busy=submission.busy() on_confirm=delete/>
    }
    .into_any()
}
