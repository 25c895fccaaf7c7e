use leptos::prelude::*;
use orion_app::{Refused, use_client, use_submission};
use orion_types::permission::Permission;
use orion_types::webhook::{WebhookAttempt, WebhookDelivery, WebhookDeliveryDetail, WebhookHeader};
use orion_types::{WebhookDeliveryId, WebhookEndpointId};
use orion_ui::*;

use super::badges::{delivery_badge, next_attempt, outcome};
use super::live::{Live, use_live};
use crate::store::may;

/// Spaces of a level where JSON is written for people.
const INDENT: u32 = 2;

/// One delivery: what is sent, what came back each time, and what happens next. It follows what happens.
#[component]
pub fn DeliverySheet(endpoint: WebhookEndpointId, id: WebhookDeliveryId, looking: RwSignal<Option<WebhookDeliveryId>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let open = RwSignal::new(true);
    orion_ui::watch(move || {
        if !open.get() {
            looking.set(None);
        }
    });
    let path = Memo::new(move |_| format!("/webhook-endpoints/{endpoint}/deliveries/{id}"));
    let live: Live<WebhookDeliveryDetail> = use_live(path);
    let detail = live.data();
    let title = Signal::derive(move || {
        let named = detail.with(|detail| {
            detail
                .as_ref()
                .map(|detail| (detail.delivery.event.clone(), detail.delivery.sequence))
        });
        named.map_or_else(|| "Delivery".to_owned(), |(event, sequence)| format!("{event} #{sequence}"))
    });
    let again = move |_| {
        let path = format!("/webhook-endpoints/{endpoint}/deliveries/{id}/redeliver");
        submission.send(async move { client.post::<WebhookDelivery>(&path, &()).await }, move |_| {
            toasts.success("It is sent again");
            live.loader.try_reload();
        });
    };
    let writes = may(Permission::WebhooksWrite);
    let footer = move || {
        view! {
            <div class="ui-row justify-end">
                <Button on_click=move |_| open.set(false)>"Close"</Button>
                {writes.then(|| view! { <Button variant=ButtonVariant::Primary icon=icons::ROTATE_CCW busy=submission.busy() on_click=again>"Send again"</Button> })}
            </div>
        }
    };
    view! {
        <Sheet open wide=true title footer>
            <div class="ui-stack">
                <Refused submission title="Not sent again"/>
                <Loaded state=live.shape() skeleton=|| view! { <TextSkeleton lines=8/> } on_retry=move |()| live.loader.reload() let:_ready>
                    <Content detail/>
                </Loaded>
            </div>
        </Sheet>
    }
    .into_any()
}

/// Each part is made anew only when it is something else.
#[component]
fn Content(detail: Memo<Option<WebhookDeliveryDetail>>) -> impl IntoView {
    let delivery = Memo::new(move |_| detail.with(|detail| detail.as_ref().map(|detail| detail.delivery.clone())));
    let attempts = Memo::new(move |_| detail.with(|detail| detail.as_ref().map(|detail| detail.attempts.clone()).unwrap_or_default()));
    let request = Memo::new(move |_| {
        detail.with(|detail| {
            let detail = detail.as_ref()?;
            Some((detail.url.clone(), detail.headers.clone(), detail.body.clone()))
        })
    });
    view! {
        {move || delivery.get().map(|delivery| facts(&delivery))}
        {move || attempts_view(attempts.get())}
        {move || request.get().map(request_view)}
    }
    .into_any()
}

fn facts(delivery: &WebhookDelivery) -> AnyView {
    let happened = Moment::from(delivery.occurred_at.0.clone());
    let next = match &delivery.next_attempt_at {
        Some(at) if delivery.attempt_count > 0 => {
            let exact = format_date_time(Moment::from(at.0.clone()), None);
            Some(Definition::new("Next attempt", view! { {next_attempt(at)}{format!(", {exact}")} }))
        }
        _ => None,
    };
    let mut facts = vec![
        Definition::new("State", delivery_badge(delivery)),
        Definition::new("Happened", view! { <DateTime at=happened/> }),
    ];
    facts.extend(next);
    if delivery.test {
        facts.push(Definition::new("Test", "Its body says so: “test” is true"));
    }
    // A test is about nothing but itself.
    if !delivery.test {
        facts.push(Definition::new(
            "About",
            view! { <CopyText value=delivery.object_id.clone() whole=true/> },
        ));
    }
    facts.push(Definition::new(
        "Message",
        view! { <CopyText value=delivery.message_id.to_string() whole=true/> },
    ));
    view! { <DefinitionList items=facts/> }.into_any()
}

fn attempts_view(attempts: Vec<WebhookAttempt>) -> AnyView {
    let count = attempts.len();
    let rows = attempts
        .into_iter()
        .rev()
        .enumerate()
        .map(|(place, attempt)| attempt_view(count - place, attempt));
    view! {
        <section class="ui-stack-tight">
            <h3 class="font-medium">"Attempts"</h3>
            {(count == 0).then(|| view! { <p class="text-sm text-muted">"Not tried yet."</p> })}
            <ol class="ui-stack-tight" reversed>{rows.collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn attempt_view(number: usize, attempt: WebhookAttempt) -> AnyView {
    let tone = if attempt.error.is_some() { Tone::Critical } else { Tone::Positive };
    let said = outcome(&attempt);
    // Without a status the error is what was said already.
    let why = attempt.error.filter(|_| attempt.status.is_some());
    let answer = attempt.answer.filter(|answer| !answer.is_empty());
    view! {
        <li class="rounded-md border border-border p-3 ui-stack-tight">
            <span class="flex flex-wrap items-center justify-between gap-x-4">
                <span class="inline-flex flex-wrap items-center gap-2"><Badge tone plain=true>{format!("{number}")}</Badge><span>{said}</span></span>
                <span class="text-sm text-muted"><DateTime at=Moment::from(attempt.at.0)/></span>
            </span>
            {why.map(|why| view! { <span class="text-sm">{why}</span> })}
            {answer.map(|answer| code_view("Beginning of the answer", answer))}
        </li>
    }
    .into_any()
}

fn request_view((url, headers, body): (String, Vec<WebhookHeader>, String)) -> AnyView {
    let lines: Vec<String> = headers
        .into_iter()
        .map(|header| format!("{}: {}", header.name, header.value))
        .collect();
    let request = format!("POST {url}\n{}", lines.join("\n"));
    view! {
        <section class="ui-stack-tight">
            <h3 class="font-medium">"Request"</h3>
            <p class="text-sm text-muted">"Time and signature of each attempt are its own."</p>
            {code_view("Headers", request)}
            {code_view("Body", readable(&body))}
        </section>
    }
    .into_any()
}

/// A region of code; it can be scrolled, so the keyboard reaches it.
fn code_view(label: &'static str, text: String) -> AnyView {
    view! {
        <pre class="max-h-80 overflow-auto rounded-md bg-sunken p-3 text-sm whitespace-pre-wrap break-words" tabindex="0" role="region" aria-label=label><code>{text}</code></pre>
    }
    .into_any()
}

/// JSON as people read it; what is none stays as it is.
fn readable(body: &str) -> String {
    let written = js_sys::JSON::parse(body)
        .and_then(|value| js_sys::JSON::stringify_with_replacer_and_space(&value, &wasm_bindgen::JsValue::NULL, &INDENT.into()));
    written.map_or_else(|_| body.to_owned(), String::from)
}
