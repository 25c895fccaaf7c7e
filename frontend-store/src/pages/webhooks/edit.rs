use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, use_client, use_load, use_submission};
use orion_client::{Options, idempotency_key};
use orion_types::Page;
use orion_types::webhook::{CreateWebhookEndpoint, UpdateWebhookEndpoint, WebhookEndpoint, WebhookEvent, WebhookSecret};
use orion_ui::*;

use super::form::{Draft, EndpointForm};
use super::secret::SecretCard;

/// The events that there are to choose from.
pub fn use_events() -> Loader<Page<WebhookEvent>> {
    let client = use_client();
    use_load(move || async move { client.get::<Page<WebhookEvent>>("/webhook-events").await })
}

/// A new endpoint; when it is there, its secret in place of the form.
#[component]
pub fn NewEndpointPage() -> impl IntoView {
    // Throwing everything away is starting anew.
    let starts = RwSignal::new(0_u32);
    let made = RwSignal::new(None::<WebhookSecret>);
    let body = move || {
        starts.track();
        match made.get() {
            Some(made) => secret_view(made),
            None => view! { <NewEndpoint made on_discard=move |()| starts.update(|starts| *starts += 1)/> }.into_any(),
        }
    };
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="New endpoint" back_href="/webhooks" back_label="Webhooks"/>
            {body}
        </div>
    }
}

fn secret_view(made: WebhookSecret) -> AnyView {
    let href = format!("/webhooks/{}", made.id);
    view! {
        <SecretCard secret=made.secret>
            <LinkButton href=href.clone() variant=ButtonVariant::Primary>"Copied: go to the endpoint"</LinkButton>
        </SecretCard>
    }
    .into_any()
}

#[component]
fn NewEndpoint(made: RwSignal<Option<WebhookSecret>>, #[prop(into)] on_discard: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let events = use_events();
    let submission = use_submission();
    let draft = Draft::empty();
    let blank = untrack(|| draft.read());
    let dirty = Memo::new(move |_| draft.read() != blank);
    // One for the endpoint, however often it is sent until there is an answer.
    let key = StoredValue::new(idempotency_key());
    let save = move |()| {
        let once = Options::idempotent(key.get_value());
        let call = move |asked: UpdateWebhookEndpoint| async move {
            let body = CreateWebhookEndpoint {
                url: asked.url.unwrap_or_default(),
                description: asked.description.unwrap_or_default(),
                events: asked.events.unwrap_or_default(),
                payload: asked.payload.unwrap_or_default(),
                enabled: asked.enabled.unwrap_or(true),
            };
            client.post_with::<WebhookSecret>("/webhook-endpoints", &body, once).await
        };
        submission.send_read(untrack(|| draft.read()), call, move |secret| {
            toasts.success("Endpoint added");
            made.try_set(Some(secret));
            keep_focus();
        });
    };
    view! {
        <EndpointForm draft submission events/>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() save_label="Add endpoint" on_save=save on_discard/>
    }
    .into_any()
}

/// Changes an endpoint.
#[component]
pub fn EditEndpointPage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let endpoint = use_load(move || {
        let path = format!("/webhook-endpoints/{}", id.get());
        async move { client.get::<WebhookEndpoint>(&path).await }
    });
    let back = Signal::derive(move || format!("/webhooks/{}", id.get()));
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="Edit endpoint" back_href=back back_label="Endpoint"/>
            <Loaded state=endpoint.state() skeleton=|| view! { <FormSkeleton/> } on_retry=move |()| endpoint.reload() let:value>
                <EditEndpoint endpoint=value loader=endpoint/>
            </Loaded>
        </div>
    }
}

#[component]
fn EditEndpoint(endpoint: WebhookEndpoint, loader: Loader<WebhookEndpoint>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let events = use_events();
    let submission = use_submission();
    let draft = Draft::of(&endpoint);
    let saved = untrack(|| draft.read());
    let dirty = Memo::new(move |_| draft.read() != saved);
    let (id, version) = (endpoint.id, endpoint.version);
    let save = move |()| {
        let call = move |body: UpdateWebhookEndpoint| async move {
            let path = format!("/webhook-endpoints/{id}");
            client.patch::<WebhookEndpoint>(&path, &body, Options::if_match(version)).await
        };
        submission.send_read(untrack(|| draft.read()), call, move |endpoint| {
            toasts.success("Endpoint saved");
            loader.set(endpoint);
        });
    };
    view! {
        <EndpointForm draft submission events/>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=save on_discard=move |()| loader.reload()/>
    }
    .into_any()
}
