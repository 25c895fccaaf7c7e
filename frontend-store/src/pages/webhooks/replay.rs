use leptos::prelude::*;
use orion_app::{Reader, Refused, use_client, use_submission};
use orion_types::webhook::{ReplayWebhookEndpoint, WebhookEndpoint, WebhookReplay};
use orion_ui::*;

/// Sends everything from a number on again.
#[component]
pub fn ReplayDialog(open: RwSignal<bool>, endpoint: Memo<WebhookEndpoint>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let from = StoredValue::new(NumberField::whole(1, i64::MAX, Some(1)));
    let hint = Signal::derive(move || {
        let last = endpoint.with(|endpoint| endpoint.last_sequence);
        format!(
            "The newest is {}; what is older than 30 days is no longer there",
            format_count(last)
        )
    });
    orion_ui::watch(move || {
        if open.get() {
            submission.clear();
        }
    });
    let send = move |_| {
        let id = endpoint.with_untracked(|endpoint| endpoint.id);
        let mut reader = Reader::new();
        let from_sequence = untrack(|| reader.required("/from_sequence", &from.get_value()));
        let call = move |body: ReplayWebhookEndpoint| async move {
            client
                .post::<WebhookReplay>(&format!("/webhook-endpoints/{id}/replay"), &body)
                .await
        };
        submission.send_read(reader.finish(ReplayWebhookEndpoint { from_sequence }), call, move |replay| {
            let count = count_of(replay.queued_count, "delivery is", "deliveries are");
            toasts.success(format!("{count} sent again"));
            open.try_set(false);
        });
    };
    view! {
        <Dialog open title="Replay from a number" description="Everything from this number on is sent again, in its order and with the same ids: what was delivered, what waits, and what was given up." footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=send>"Replay"</Button>
        }>
            <div class="ui-stack">
                <Refused submission title="Not replayed"/>
                <Field label="From number" hint error=submission.field("/from_sequence")><NumberInput value=from.get_value()/></Field>
            </div>
        </Dialog>
    }
    .into_any()
}
