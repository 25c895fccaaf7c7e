use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_types::WebhookDeliveryId;
use orion_types::status::WebhookOff;
use orion_types::webhook::{WebhookEndpoint, WebhookSecret};
use orion_ui::*;

use super::actions::Actions;
use super::badges::{endpoint_badge, payload_words};
use super::delivery::DeliverySheet;
use super::edit::use_events;
use super::live::{Live, use_live};
use super::log::Log;
use super::secret::SecretCard;

/// One endpoint: what it is, what can be done with it, and what was sent to it. It follows what happens.
#[component]
pub fn EndpointPage() -> impl IntoView {
    let params = use_params_map();
    let path = Memo::new(move |_| {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        format!("/webhook-endpoints/{id}")
    });
    let live: Live<WebhookEndpoint> = use_live(path);
    let endpoint = live.data();
    view! {
        <div class="ui-page">
            <Loaded state=live.shape() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| live.loader.reload() let:_ready>
                {endpoint.get_untracked().map(|first| view! { <Detail first live/> })}
            </Loaded>
        </div>
    }
}

#[component]
fn Detail(
    /// The endpoint as it came first.
    first: WebhookEndpoint,
    live: Live<WebhookEndpoint>,
) -> impl IntoView {
    let id = first.id;
    let newest = live.data();
    let endpoint = Memo::new(move |_| newest.get().unwrap_or_else(|| first.clone()));
    let events = use_events();
    let looking = RwSignal::new(None::<WebhookDeliveryId>);
    let rotated = RwSignal::new(None::<WebhookSecret>);
    view! {
        <PageHeader
            title=Signal::derive(move || endpoint.with(called))
            subtitle=Signal::derive(move || endpoint.with(|endpoint| endpoint.url.clone()))
            back_href="/webhooks"
            back_label="Webhooks"
            badges=move || view! { {move || endpoint.with(endpoint_badge)} }
        >
            <Actions endpoint live events looking rotated/>
        </PageHeader>
        <Trouble endpoint/>
        {move || rotated.get().map(|made| rotated_view(made, rotated))}
        <div class="ui-columns">
            <div class="ui-columns__main">
                <Log endpoint=id.to_string() events looking/>
            </div>
            <div class="ui-columns__side">
                <Card title="Endpoint"><Facts endpoint/></Card>
            </div>
        </div>
        {move || looking.get().map(|delivery| view! { <DeliverySheet endpoint=id id=delivery looking/> })}
    }
    .into_any()
}

/// What people call it: its description, or the host that it is on.
fn called(endpoint: &WebhookEndpoint) -> String {
    if !endpoint.description.is_empty() {
        return endpoint.description.clone();
    }
    let (_, place) = endpoint.url.split_once("://").unwrap_or(("", &endpoint.url));
    place.split('/').next().unwrap_or(place).to_owned()
}

fn rotated_view(made: WebhookSecret, rotated: RwSignal<Option<WebhookSecret>>) -> AnyView {
    let until = made.endpoint.previous_secret_until.map(|until| {
        let until = format_date_time(Moment::from(until.0), None);
        format!("Until {until} the secret before this one signs as well, so that nothing is refused while the receiver changes over.")
    });
    view! {
        <SecretCard secret=made.secret note=until>
            <Button variant=ButtonVariant::Primary on_click=move |_| { rotated.set(None); keep_focus(); }>"Copied: hide it"</Button>
        </SecretCard>
    }
    .into_any()
}

/// Says what is wrong with the endpoint, and what to do about it.
#[component]
fn Trouble(endpoint: Memo<WebhookEndpoint>) -> impl IntoView {
    let trouble = Memo::new(move |_| {
        endpoint.with(|endpoint| {
            let since = endpoint.failing_since.clone();
            (endpoint.enabled, endpoint.off_reason, endpoint.off_at.clone(), since)
        })
    });
    let told = move || {
        let at = |time: Option<orion_types::Timestamp>| time.map(|time| format_date_time(Moment::from(time.0), None)).unwrap_or_default();
        let (tone, title, text) = match trouble.get() {
            (true, _, _, None) => return None,
            (true, _, _, since) => (
                Tone::Warning,
                format!("Nothing has arrived since {}", at(since)),
                "It is tried again, less and less often. After three days of it the endpoint is switched off, and the owner gets a mail.",
            ),
            (false, Some(WebhookOff::Failing), off, _) => (
                Tone::Critical,
                format!("Switched off after failures: {}", at(off)),
                "For three days nothing could be delivered. Send a test once the receiver works: for that, switch it on. What waits is sent then.",
            ),
            (false, Some(WebhookOff::Gone), off, _) => (
                Tone::Critical,
                format!("The receiver says that it is gone: {}", at(off)),
                "It has answered 410. Give the endpoint another address, or delete it.",
            ),
            (false, None, off, _) => (
                Tone::Neutral,
                format!("Switched off: {}", at(off)),
                "What happens now is counted and not sent later.",
            ),
        };
        Some(view! { <Callout tone title>{text}</Callout> })
    };
    view! { {told} }.into_any()
}

/// What the endpoint is. Each value follows by itself.
#[component]
fn Facts(endpoint: Memo<WebhookEndpoint>) -> impl IntoView {
    let url = Memo::new(move |_| endpoint.with(|endpoint| endpoint.url.clone()));
    let events = Memo::new(move |_| endpoint.with(|endpoint| endpoint.events.clone()));
    let told = move || match events.get().as_slice() {
        [] => "All".into_any(),
        names => {
            view! { <ul class="break-all">{names.iter().map(|name| view! { <li>{name.clone()}</li> }).collect_view()}</ul> }.into_any()
        }
    };
    let count = move |of: fn(&WebhookEndpoint) -> i64| move || format_count(endpoint.with(of));
    let previous = move || {
        endpoint.with(|endpoint| match &endpoint.previous_secret_until {
            Some(until) => format!("Two, the older one until {}", format_date_time(Moment::from(until.0.clone()), None)),
            None => "One".to_owned(),
        })
    };
    let made = Moment::from(endpoint.with_untracked(|endpoint| endpoint.created_at.0.clone()));
    let facts = vec![
        Definition::new("Address", view! { <CopyText value=url/> }),
        Definition::new("Events", told),
        Definition::new("Sent", move || endpoint.with(|endpoint| payload_words(endpoint.payload))),
        Definition::new("Newest number", count(|endpoint| endpoint.last_sequence)),
        Definition::new("Waiting", count(|endpoint| endpoint.waiting_count)),
        Definition::new("Secrets that sign", previous),
        Definition::new("Added", view! { <DateTime at=made/> }),
    ];
    view! { <DefinitionList items=facts/> }.into_any()
}
