use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{action_words, entity_words, in_currency, sentence, use_client, use_load, value_words};
use orion_types::audit::{AuditChange, AuditEntry};
use orion_ui::*;

use super::words::{can_be_looked_for, entity_path, kind_words};
use crate::store::currency;

/// One entry, with what there was and what there is since.
#[component]
pub fn AuditEntryPage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let entry = use_load(move || {
        let id = params.with(|params| params.get("id")).unwrap_or_default();
        async move { client.get::<AuditEntry>(&format!("/audit/{id}")).await }
    });
    view! {
        <div class="ui-page">
            <Loaded state=entry.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| entry.reload() let:value>
                <Detail entry=value/>
            </Loaded>
        </div>
    }
}

#[component]
fn Detail(entry: AuditEntry) -> impl IntoView {
    let entry = in_currency(entry, &currency());
    let changes = entry.changes.clone();
    view! {
        <PageHeader title=action_words(&entry.action) subtitle=entry.action.clone() back_href="/audit" back_label="Audit log"/>
        <Card title="What happened"><DefinitionList items=facts(&entry)/></Card>
        {if changes.is_empty() {
            view! { <Card><p class="text-sm text-muted">"Nothing more was noted about it."</p></Card> }.into_any()
        } else {
            view! { <Card title="What changed" flush=true><Changes rows=changes/></Card> }.into_any()
        }}
    }
    .into_any()
}

fn facts(entry: &AuditEntry) -> Vec<Definition> {
    let at = Moment::from(entry.created_at.0.clone());
    let mut facts = vec![
        Definition::new("When", view! { <DateTime at/> }),
        Definition::new("By", by(entry)),
        Definition::new("On", on(entry)),
    ];
    if let Some(impersonation) = &entry.impersonation {
        facts.push(Definition::new("Impersonating", impersonation.reason.clone()));
    }
    if let Some(ip) = entry.ip.clone() {
        facts.push(Definition::new("From the address", view! { <CopyText value=ip whole=true/> }));
    }
    if let Some(request) = entry.request_id.clone() {
        facts.push(Definition::new("Request", view! { <CopyText value=request whole=true/> }));
    }
    facts
}

fn by(entry: &AuditEntry) -> AnyView {
    let (actor, kind) = (entry.actor.clone(), kind_words(&entry.actor_kind));
    let kind = (!kind.is_empty()).then(|| format!(", {kind}"));
    let others = can_be_looked_for(&entry.actor_kind).then(|| {
        let href = format!("/audit?actor={}", String::from(js_sys::encode_uri_component(&actor)));
        view! { " · " <a class="ui-link" href=app_href(&href)>"All of theirs"</a> }
    });
    view! { {actor.clone()}{kind}{others} }.into_any()
}

fn on(entry: &AuditEntry) -> AnyView {
    let name = entity_words(&entry.entity);
    let shown = match entity_path(entry) {
        Some(path) => view! { <a class="ui-link" href=app_href(&path)>{name}</a> }.into_any(),
        None => name.into_any(),
    };
    let others = entry.entity_id.map(|id| {
        view! { " · " <a class="ui-link" href=app_href(&format!("/audit?entity_id={id}"))>"Everything that was done to it"</a> }
    });
    view! { {shown}{others} }.into_any()
}

#[component]
fn Changes(rows: Vec<AuditChange>) -> impl IntoView {
    // A fact was noted; nothing was there before it.
    let value = |text: &str| match text {
        "" => view! { <span class="text-muted">{value_words("")}</span> }.into_any(),
        text => view! { <span class="break-words whitespace-pre-wrap">{value_words(text)}</span> }.into_any(),
    };
    let mut columns = vec![Column::new("field", "Field", |change: &AuditChange| sentence(&change.field).into_any()).primary()];
    if rows.iter().any(|change| change.before.is_some()) {
        let before = move |change: &AuditChange| change.before.as_deref().map(value).into_any();
        columns.push(Column::new("before", "Before", before).phone(Phone::Labelled));
    }
    columns.push(Column::new("after", "After", move |change: &AuditChange| value(&change.after)).phone(Phone::Labelled));
    view! {
        <DataTable
            caption="What changed"
            rows=Signal::stored(rows)
            key=|change: &AuditChange| change.field.clone()
            columns
            row_label=|change: &AuditChange| sentence(&change.field)
        />
    }
}
