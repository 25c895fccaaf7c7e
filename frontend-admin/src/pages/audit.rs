use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_app::{action_words, changes_words, entity_words, use_client, use_load, with_code};
use orion_types::Page;
use orion_types::admin::AuditQuery;
use orion_types::audit::AuditEntry;
use orion_ui::*;

use crate::words::entity_path;

/// Where its pages answer.
pub fn routes() -> impl MatchNestedRoutes + Send + Clone {
    view! {
        <Route path=path!("/audit") view=AuditPage/>
    }
    .into_inner()
}

/// Who did what, newest first.
#[component]
pub fn AuditPage() -> impl IntoView {
    let client = use_client();
    let (action, store, paging) = (use_query_param("action"), use_query_param("store"), use_paging());
    let (actor, from, to) = (use_query_param("actor"), use_query_param("from"), use_query_param("to"));
    let text = RwSignal::new(action.get());
    let entries = use_load(move || {
        let query = AuditQuery {
            action: action.get_opt(),
            store: store.get_opt(),
            actor: actor.get_opt(),
            from: from.get_opt(),
            to: to.get_opt(),
            cursor: paging.cursor(),
            limit: None,
        };
        async move { client.get_query::<Page<AuditEntry>>("/audit", &query).await }
    });
    // The address has the store's id; its code is in the lines that were found.
    let code = move || {
        entries
            .get()
            .and_then(|page| page.data.first().and_then(|entry| entry.store.clone()))
    };
    let chips = Signal::derive(move || {
        let on = store
            .get_opt()
            .map(|on| FilterChip::new("store", format!("Store: {}", code().unwrap_or(on))));
        let by = actor.get_opt().map(|actor| FilterChip::new("actor", format!("By: {actor}")));
        on.into_iter().chain(by).collect::<Vec<_>>()
    });
    let set = use_set_query();
    let remove = move |key: String| set(&[(key.as_str(), None), ("after", None)]);
    let clear = move || {
        text.set(String::new());
        set(&[
            ("action", None),
            ("store", None),
            ("actor", None),
            ("from", None),
            ("to", None),
            ("after", None),
        ]);
    };
    let narrowed = move || [action, store, actor, from, to].iter().any(|param| param.get_opt().is_some());
    view! {
        <div class="ui-page">
            <PageHeader title="Audit log" subtitle="Every change, with who made it; it cannot be edited"/>
            <Card flush=true>
                <div class="ui-list-head">
                    <div class="ui-toolbar">
                        <SearchInput value=text label="Search actions" placeholder="Action, such as store.suspended" on_search=move |value: String| action.set(&value)/>
                        <DayFilter label="From" param=from/>
                        <DayFilter label="To" param=to/>
                    </div>
                    <FilterChips chips on_remove=remove on_clear=move |()| set(&[("store", None), ("actor", None), ("after", None)])/>
                </div>
                <Loaded state=entries.state() skeleton=|| view! { <TableSkeleton rows=10 columns=5/> } on_retry=move |()| entries.reload() let:value>
                    {if value.data.is_empty() {
                        nothing(narrowed(), clear)
                    } else {
                        view! {
                            <AuditTable rows=value.data/>
                            <Pager paging next=value.next_cursor/>
                        }.into_any()
                    }}
                </Loaded>
            </Card>
        </div>
    }
}

fn nothing(narrowed: bool, clear: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    if narrowed {
        view! {
            <EmptyState compact=true icon=icons::SEARCH title="Nothing matches" description="No entry is like this. A group of actions, such as store, finds all of them.">
                <Button on_click=move |_| clear()>"Clear filters"</Button>
            </EmptyState>
        }
        .into_any()
    } else {
        view! { <EmptyState icon=icons::CLOCK title="Nothing was changed yet" description="Every change is written down here, with who made it."/> }.into_any()
    }
}

#[component]
fn AuditTable(rows: Vec<AuditEntry>) -> impl IntoView {
    let columns = vec![
        Column::new("action", "What", what).primary(),
        Column::new("store", "Store", |entry: &AuditEntry| store_link(entry)),
        Column::new("entity", "On", entity).roomy(),
        Column::new("actor", "By", actor_link),
        Column::new("at", "When", |entry: &AuditEntry| {
            view! { <RelativeTime at=Moment::from(entry.created_at.0.clone())/> }.into_any()
        })
        .end(),
    ];
    view! {
        <DataTable caption="Audit log" rows=Signal::stored(rows) key=|entry: &AuditEntry| entry.id.to_string() columns row_label=|entry: &AuditEntry| entry.action.clone()/>
    }
}

fn what(entry: &AuditEntry) -> AnyView {
    let lines = changes_words(entry)
        .into_iter()
        .map(|text| view! { <span class="block text-sm text-muted font-normal break-words">{text}</span> });
    view! { <span class="block min-w-0 max-w-lg">{with_code(action_words(&entry.action), &entry.action)} {lines.collect_view()}</span> }
        .into_any()
}

/// Leads to everything that somebody did, where the log is looked through by who did it.
fn actor_link(entry: &AuditEntry) -> AnyView {
    let actor = entry.actor.clone();
    if let Some(impersonation) = &entry.impersonation {
        let href = format!("/audit?actor={}", String::from(js_sys::encode_uri_component(&actor)));
        let reason = format!("impersonating: {}", impersonation.reason);
        return view! {
            <a class="ui-link" href=app_href(&href)>{actor}</a>
            <span class="block max-w-xs text-sm text-muted break-words">{reason}</span>
        }
        .into_any();
    }
    if matches!(entry.actor_kind.as_str(), "customer" | "guest") {
        return actor.into_any();
    }
    let href = format!("/audit?actor={}", String::from(js_sys::encode_uri_component(&actor)));
    view! { <a class="ui-link" href=app_href(&href)>{actor}</a> }.into_any()
}

fn store_link(entry: &AuditEntry) -> AnyView {
    match (entry.store.clone(), entry.store_id) {
        (Some(code), Some(id)) => view! { <a class="ui-link" href=app_href(&format!("/stores/{id}"))>{code}</a> }.into_any(),
        _ => ().into_any(),
    }
}

fn entity(entry: &AuditEntry) -> AnyView {
    let name = entity_words(&entry.entity);
    match entity_path(entry) {
        Some(path) => view! { <a class="ui-link" href=app_href(&path)>{name}</a> }.into_any(),
        None => name.into_any(),
    }
}
