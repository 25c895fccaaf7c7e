use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, path};
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::admin::{AuditEntry, AuditQuery};
use orion_ui::*;

use crate::words::{action_words, changes_words, entity_path, entity_words, with_code};

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
    let text = RwSignal::new(action.get());
    let entries = use_load(move || {
        let query = AuditQuery {
            action: action.get_opt(),
            store: store.get_opt(),
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
        let on = store.get_opt()?;
        Some(FilterChip::new("store", format!("Store: {}", code().unwrap_or(on))))
    });
    let chips = Signal::derive(move || chips.get().into_iter().collect::<Vec<_>>());
    let set = use_set_query();
    let clear = move || {
        text.set(String::new());
        set(&[("action", None), ("store", None), ("after", None)]);
    };
    let narrowed = move || action.get_opt().is_some() || store.get_opt().is_some();
    view! {
        <div class="ui-page">
            <PageHeader title="Audit log" subtitle="Every change, with who made it; it cannot be edited"/>
            <Card flush=true>
                <div class="ui-list-head">
                    <div class="ui-toolbar">
                        <SearchInput value=text label="Search actions" placeholder="Action, such as store.suspended" on_search=move |value: String| action.set(&value)/>
                    </div>
                    <FilterChips chips on_remove=move |_: String| store.clear() on_clear=move |()| store.clear()/>
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
            <EmptyState compact=true icon=icons::SEARCH title="Nothing matches" description="No entry has this action. A group, such as store, finds all of its actions.">
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
        Column::new("actor", "By", |entry: &AuditEntry| entry.actor.clone().into_any()),
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
