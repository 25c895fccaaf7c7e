use leptos::prelude::*;
use orion_app::{Loader, Read, Reader, Refused, Submission};
use orion_types::Page;
use orion_types::status::WebhookPayload;
use orion_types::webhook::{MAX_WEBHOOK_DESCRIPTION, MAX_WEBHOOK_URL, UpdateWebhookEndpoint, WebhookEndpoint, WebhookEvent};
use orion_ui::*;

use super::choices::EventChoices;

/// Every event, those that come with later versions and modules included.
const ALL: &str = "all";
/// The events that are ticked.
const CHOSEN: &str = "chosen";

/// What is typed about an endpoint.
#[derive(Clone, Copy)]
pub struct Draft {
    url: RwSignal<String>,
    description: RwSignal<String>,
    /// [`ALL`] or [`CHOSEN`].
    which: RwSignal<String>,
    chosen: RwSignal<Vec<String>>,
    payload: RwSignal<String>,
    enabled: RwSignal<bool>,
}

impl Draft {
    /// A new endpoint: everything in full, and on.
    pub fn empty() -> Self {
        Self {
            url: RwSignal::default(),
            description: RwSignal::default(),
            which: RwSignal::new(ALL.to_owned()),
            chosen: RwSignal::default(),
            payload: RwSignal::new(WebhookPayload::Full.as_str().to_owned()),
            enabled: RwSignal::new(true),
        }
    }

    /// An endpoint as it is.
    pub fn of(endpoint: &WebhookEndpoint) -> Self {
        let which = if endpoint.events.is_empty() { ALL } else { CHOSEN };
        Self {
            url: RwSignal::new(endpoint.url.clone()),
            description: RwSignal::new(endpoint.description.clone()),
            which: RwSignal::new(which.to_owned()),
            chosen: RwSignal::new(endpoint.events.clone()),
            payload: RwSignal::new(endpoint.payload.as_str().to_owned()),
            enabled: RwSignal::new(endpoint.enabled),
        }
    }

    /// What it would send; to be tracked. To the server no events means all, which is not what somebody wants who has ticked none.
    pub fn read(&self) -> Read<UpdateWebhookEndpoint> {
        let mut reader = Reader::new();
        let url = self.url.get().trim().to_owned();
        if url.is_empty() {
            reader.refuse("/url", "required", "This is required.");
        }
        let chooses = self.which.get() == CHOSEN;
        let mut events = if chooses { self.chosen.get() } else { Vec::new() };
        if chooses && events.is_empty() {
            reader.refuse("/events", "required", "Choose at least one event, or all of them.");
        }
        // The order in which they were ticked is no change.
        sort_few(&mut events, Ord::cmp);
        let body = UpdateWebhookEndpoint {
            url: Some(url),
            description: Some(self.description.get()),
            events: Some(events),
            payload: reader.chosen("/payload", &self.payload.get()),
            enabled: Some(self.enabled.get()),
        };
        reader.finish(body)
    }
}

/// The fields of an endpoint.
#[component]
pub fn EndpointForm(draft: Draft, submission: Submission, events: Loader<Page<WebhookEvent>>) -> impl IntoView {
    let which = Signal::stored(vec![
        RadioCard::new(ALL, "All events").description("Those that come with later versions of the platform as well"),
        RadioCard::new(CHOSEN, "Only some").description("Those that you tick; their numbers have no gaps either"),
    ]);
    let payloads = Signal::stored(vec![
        RadioCard::new(WebhookPayload::Full.as_str(), "Everything").description("All that the event tells, customers' data included"),
        RadioCard::new(WebhookPayload::Thin.as_str(), "Only ids").description("The receiver asks the API for what it may see"),
    ]);
    let chooses = move || draft.which.with(|which| which == CHOSEN);
    view! {
        <Refused submission title="Not saved"/>
        <Card title="Where to">
            <div class="ui-stack">
                <Field label="Address" hint="Begins with https:// and can be reached from the internet" required=true error=submission.field("/url")>
                    <TextInput value=draft.url kind=InputKind::Url maxlength=MAX_WEBHOOK_URL as u32 placeholder="https://example.com/webhooks" autocomplete="off" name="url"/>
                </Field>
                <Field label="Description" optional_mark=true hint="For people: which program listens there" error=submission.field("/description")>
                    <TextInput value=draft.description maxlength=MAX_WEBHOOK_DESCRIPTION as u32 name="description"/>
                </Field>
                <Switch checked=draft.enabled label="On" hint="What happens while it is off is counted and not sent later"/>
            </div>
        </Card>
        <Card title="What it hears">
            <div class="ui-stack">
                <RadioCards value=draft.which legend="Events" hide_legend=true options=which error=submission.fields_below("/events")/>
                <Show when=chooses>
                    <EventChoices chosen=draft.chosen events/>
                </Show>
            </div>
        </Card>
        <Card title="How much it is told">
            <RadioCards value=draft.payload legend="How much it is told" hide_legend=true options=payloads error=submission.field("/payload")/>
        </Card>
    }
    .into_any()
}
