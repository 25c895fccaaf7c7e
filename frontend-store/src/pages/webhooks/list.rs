use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::permission::Permission;
use orion_types::webhook::{MAX_WEBHOOK_ENDPOINTS, WebhookEndpoint};
use orion_ui::*;

use super::badges::{delivery_badge, endpoint_badge, hears};
use crate::store::may;

/// What the API's own pages say about receiving; of the server and not of the app.
const DOCS: &str = "/api/docs/index.html#/webhooks";

/// Where the store's events are sent.
#[component]
pub fn EndpointListPage() -> impl IntoView {
    let client = use_client();
    let endpoints = use_load(move || async move {
        let path = format!("/webhook-endpoints?limit={MAX_WEBHOOK_ENDPOINTS}");
        client.get::<Page<WebhookEndpoint>>(&path).await
    });
    let writes = may(Permission::WebhooksWrite);
    // An empty list has a button of its own.
    let adds = move || {
        let there = endpoints.get().is_some_and(|page| !page.data.is_empty());
        (writes && there)
            .then(|| view! { <LinkButton href="/webhooks/new" variant=ButtonVariant::Primary icon=icons::PLUS>"Add endpoint"</LinkButton> })
    };
    view! {
        <div class="ui-page">
            <PageHeader title="Webhooks" subtitle="What happens in the store, told to other programs">{adds}</PageHeader>
            <Card flush=true>
                <Loaded state=endpoints.state() skeleton=|| view! { <TableSkeleton rows=3 columns=4/> } on_retry=move |()| endpoints.reload() let:value>
                    {if value.data.is_empty() {
                        nothing(writes)
                    } else {
                        view! { <EndpointTable rows=value.data/> }.into_any()
                    }}
                </Loaded>
            </Card>
        </div>
    }
}

fn nothing(writes: bool) -> AnyView {
    view! {
        <EmptyState
            icon=icons::WEBHOOK
            title="Nothing is told yet"
            description="Name an address, and the store tells it what happens: an order was placed, a product was changed. Each message is signed, comes in order, and is sent again until it is taken."
        >
            {writes.then(|| view! { <LinkButton href="/webhooks/new" variant=ButtonVariant::Primary icon=icons::PLUS>"Add endpoint"</LinkButton> })}
            <a class="ui-button ui-button--secondary ui-button--medium" href=DOCS target="_blank" rel="noopener external">
                <span class="ui-button__content"><span class="ui-button__label">"How to receive them"</span><Icon icon=icons::EXTERNAL_LINK/></span>
            </a>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn EndpointTable(rows: Vec<WebhookEndpoint>) -> impl IntoView {
    let columns = vec![
        Column::new("url", "Endpoint", |endpoint: &WebhookEndpoint| {
            let (url, description) = (endpoint.url.clone(), endpoint.description.clone());
            view! {
                <span class="flex flex-col min-w-0">
                    <span class="font-medium break-all">{url}</span>
                    <span class="text-sm text-muted font-normal truncate">{description}</span>
                </span>
            }
            .into_any()
        })
        .primary(),
        Column::new("events", "Hears", |endpoint: &WebhookEndpoint| hears(endpoint).into_any()).roomy(),
        Column::new("state", "State", endpoint_badge),
        Column::new("last", "Last delivery", last_delivery),
        Column::new("waiting", "Waiting", |endpoint: &WebhookEndpoint| {
            format_count(endpoint.waiting_count).into_any()
        })
        .phone(Phone::Labelled)
        .end(),
    ];
    view! {
        <DataTable
            caption="Endpoints"
            rows=Signal::stored(rows)
            key=|endpoint: &WebhookEndpoint| endpoint.id.to_string()
            columns
            href=|endpoint: &WebhookEndpoint| format!("/webhooks/{}", endpoint.id)
            row_label=|endpoint: &WebhookEndpoint| endpoint.url.clone()
        />
    }
}

/// The newest delivery.
fn last_delivery(endpoint: &WebhookEndpoint) -> AnyView {
    match &endpoint.last_delivery {
        Some(delivery) => view! {
            <span class="inline-flex flex-wrap items-center gap-x-2">
                {delivery_badge(delivery)}
                <RelativeTime at=Moment::from(delivery.updated_at.0.clone())/>
            </span>
        }
        .into_any(),
        None => view! { <span class="text-muted">"none yet"</span> }.into_any(),
    }
}
