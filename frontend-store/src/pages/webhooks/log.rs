use leptos::prelude::*;
use orion_app::Loader;
use orion_types::status::WebhookDeliveryStatus;
use orion_types::webhook::{WebhookDelivery, WebhookEvent};
use orion_types::{Page, WebhookDeliveryId};
use orion_ui::*;

use super::badges::{delivery_badge, next_attempt, outcome};
use super::live::{Live, use_live};
use crate::filters::{FilterRow, NothingMatches, use_filter};

/// What has been sent to an endpoint, the newest first; it follows what happens.
#[component]
pub fn Log(
    /// Of which endpoint.
    #[prop(into)]
    endpoint: String,
    events: Loader<Page<WebhookEvent>>,
    /// The delivery that is open.
    looking: RwSignal<Option<WebhookDeliveryId>>,
) -> impl IntoView {
    let paging = use_paging();
    let status = use_filter("status", "State", Signal::stored(states()));
    let event = use_filter("event", "Event", Signal::derive(move || names(events)));
    let path = Memo::new(move |_| {
        let mut path = format!("/webhook-endpoints/{endpoint}/deliveries?limit=20");
        for (name, value) in [("status", status.value()), ("event", event.value()), ("cursor", paging.cursor())] {
            if let Some(value) = value {
                path.push_str(&format!("&{name}={}", String::from(js_sys::encode_uri_component(&value))));
            }
        }
        path
    });
    let live: Live<Page<WebhookDelivery>> = use_live(path);
    let page = live.data();
    let narrowed = move || status.value().is_some() || event.value().is_some();
    let lost = live.lost;
    let mark = move || {
        let (tone, word) = if lost.get() {
            (Tone::Warning, "No connection")
        } else {
            (Tone::Positive, "Live")
        };
        view! { <Badge tone>{word}</Badge> }
    };
    let is_empty = Memo::new(move |_| page.with(|page| page.as_ref().is_none_or(|page| page.data.is_empty())));
    let next = Signal::derive(move || page.with(|page| page.as_ref().and_then(|page| page.next_cursor.clone())));
    view! {
        <Card title="Deliveries" description="The newest first, kept for 30 days" actions=move || view! { <span class="inline-flex h-9 items-center">{mark}</span> } flush=true>
            <div class="px-4 sm:px-5 pb-3 ui-stack-tight">
                <div class="ui-toolbar">{status.menu()}{event.menu()}</div>
                <FilterRow filters=vec![status, event]/>
            </div>
            <Loaded state=live.shape() skeleton=|| view! { <TableSkeleton rows=6 columns=3/> } on_retry=move |()| live.loader.reload() let:_ready>
                {move || if is_empty.get() {
                    nothing(narrowed())
                } else {
                    view! { <Rows page looking/> }.into_any()
                }}
                <Pager paging next/>
            </Loaded>
        </Card>
    }
    .into_any()
}

fn states() -> Vec<SelectOption> {
    [
        (WebhookDeliveryStatus::Pending, "Waiting or retrying"),
        (WebhookDeliveryStatus::Delivered, "Delivered"),
        (WebhookDeliveryStatus::Failed, "Given up"),
    ]
    .map(|(status, words)| SelectOption::new(status.as_str(), words))
    .to_vec()
}

/// The names of the events, for choices; to be tracked.
pub fn names(events: Loader<Page<WebhookEvent>>) -> Vec<SelectOption> {
    let events = events.get().map(|page| page.data).unwrap_or_default();
    events
        .into_iter()
        .map(|event| SelectOption::new(event.name.clone(), event.name))
        .collect()
}

fn nothing(narrowed: bool) -> AnyView {
    if narrowed {
        let search = RwSignal::new(String::new());
        return view! { <NothingMatches text="No delivery that is kept is like this." keys=vec!["status", "event"] search/> }.into_any();
    }
    view! {
        <EmptyState compact=true icon=icons::SEND title="Nothing was sent yet" description="Deliveries appear here by themselves as soon as something happens. A test is sent at once."/>
    }
    .into_any()
}

/// The rows. Each stays the element that it is while it is shown, whatever becomes of its delivery.
#[component]
fn Rows(page: Memo<Option<Page<WebhookDelivery>>>, looking: RwSignal<Option<WebhookDeliveryId>>) -> impl IntoView {
    let ids = move || {
        page.with(|page| {
            let rows = page.as_ref().map(|page| page.data.as_slice()).unwrap_or_default();
            rows.iter().map(|delivery| delivery.id).collect::<Vec<_>>()
        })
    };
    view! {
        <ul class="divide-y divide-border border-t border-border" aria-label="Deliveries">
            <For each=ids key=|id| id.to_string() let:id>
                <Row id page looking/>
            </For>
        </ul>
    }
    .into_any()
}

#[component]
fn Row(id: WebhookDeliveryId, page: Memo<Option<Page<WebhookDelivery>>>, looking: RwSignal<Option<WebhookDeliveryId>>) -> impl IntoView {
    let delivery = Memo::new(move |before: Option<&Option<WebhookDelivery>>| {
        let now = page.with(|page| {
            page.as_ref()
                .and_then(|page| page.data.iter().find(|delivery| delivery.id == id).cloned())
        });
        now.or_else(|| before.cloned().flatten())
    });
    let content = move || delivery.get().map(|delivery| row_content(&delivery));
    view! {
        <li>
            <button type="button" class="flex w-full items-start justify-between gap-4 px-4 sm:px-5 py-3 text-start hover:bg-sunken" on:click=move |_| looking.set(Some(id))>
                {content}
            </button>
        </li>
    }
    .into_any()
}

fn row_content(delivery: &WebhookDelivery) -> AnyView {
    let test = delivery.test.then(|| view! { <Badge plain=true>"Test"</Badge> });
    let said = delivery.last_attempt.as_ref().map_or_else(|| "not tried yet".to_owned(), outcome);
    let next = delivery.next_attempt_at.as_ref().filter(|_| delivery.attempt_count > 0).map(|at| {
        view! { " · next attempt "{next_attempt(at)} }
    });
    view! {
        <span class="min-w-0">
            <span class="flex flex-wrap items-center gap-x-2">
                <span class="font-medium break-all">{delivery.event.clone()}</span>{test}
            </span>
            <span class="block text-sm text-muted">{format!("#{} · {said}", delivery.sequence)}{next}</span>
        </span>
        <span class="flex flex-col items-end gap-1 shrink-0">
            {delivery_badge(delivery)}
            <span class="text-sm text-muted"><RelativeTime at=Moment::from(delivery.created_at.0.clone())/></span>
        </span>
    }
    .into_any()
}
