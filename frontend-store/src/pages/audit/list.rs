use leptos::prelude::*;
use orion_app::{action_words, changes_words, entity_words, in_currency, use_client, use_load, with_code};
use orion_types::Page;
use orion_types::audit::{AuditEntry, AuditLogQuery};
use orion_ui::*;

use super::words::kind_words;
use crate::filters::{NothingMatches, clear_all};
use crate::pages::exports::ExportButton;
use crate::store::currency;

/// By what the log is narrowed, all of it in the address.
const KEYS: [&str; 5] = ["action", "actor", "entity_id", "from", "to"];

/// Who did what in the store, newest first.
#[component]
pub fn AuditPage() -> impl IntoView {
    let client = use_client();
    let [action, actor, entity, from, to] = KEYS.map(use_query_param);
    let paging = use_paging();
    let entries = use_load(move || {
        let query = AuditLogQuery {
            action: action.get_opt(),
            actor: actor.get_opt(),
            entity_id: entity.get_opt(),
            from: from.get_opt(),
            to: to.get_opt(),
            cursor: paging.cursor(),
            limit: None,
        };
        async move { client.get_query::<Page<AuditEntry>>("/audit", &query).await }
    });
    let text = RwSignal::new(action.get());
    let narrowed = move || [action, actor, entity, from, to].iter().any(|param| param.get_opt().is_some());
    view! {
        <div class="ui-page">
            <PageHeader title="Audit log" subtitle="Who did what in this store. Nobody can change or remove an entry."><ExportButton kind="audit"/></PageHeader>
            <Card flush=true>
                <div class="ui-list-head">
                    <div class="ui-toolbar">
                        <SearchInput value=text label="Search actions" placeholder="Action, such as product" on_search=move |value: String| action.set(&value)/>
                        <DayFilter label="From" param=from/>
                        <DayFilter label="To" param=to/>
                    </div>
                    <Narrowed actor entity/>
                </div>
                <Loaded state=entries.state() skeleton=|| view! { <TableSkeleton rows=10 columns=4/> } on_retry=move |()| entries.reload() let:value>
                    {if value.data.is_empty() {
                        nothing(narrowed(), text)
                    } else {
                        view! {
                            <Entries rows=value.data/>
                            <Pager paging next=value.next_cursor/>
                        }.into_any()
                    }}
                </Loaded>
            </Card>
        </div>
    }
}

/// What is shown is one person's or one thing's, with a way back to everything.
#[component]
fn Narrowed(actor: QueryParam, entity: QueryParam) -> impl IntoView {
    let set = use_set_query();
    let chips = Signal::derive(move || {
        let by = actor.get_opt().map(|actor| FilterChip::new("actor", format!("By: {actor}")));
        let of = entity.get_opt().map(|_| FilterChip::new("entity_id", "One thing only".to_owned()));
        by.into_iter().chain(of).collect::<Vec<_>>()
    });
    let remove = move |key: String| set(&[(key.as_str(), None), ("after", None)]);
    let clear = move |()| clear_all(set, &["actor", "entity_id"]);
    view! { <FilterChips chips on_remove=remove on_clear=clear/> }
}

fn nothing(narrowed: bool, text: RwSignal<String>) -> AnyView {
    if narrowed {
        let told = "No entry is like this. A group of actions, such as product, finds all of them.";
        return view! { <NothingMatches text=told keys=KEYS.to_vec() search=text/> }.into_any();
    }
    view! { <EmptyState icon=icons::CLOCK title="Nothing was changed yet" description="Every change is written down here, with who made it."/> }.into_any()
}

#[component]
fn Entries(rows: Vec<AuditEntry>) -> impl IntoView {
    let currency = currency();
    let rows: Vec<AuditEntry> = rows.into_iter().map(|entry| in_currency(entry, &currency)).collect();
    let columns = vec![
        Column::new("action", "What", what).primary(),
        Column::new("entity", "On", |entry: &AuditEntry| entity_words(&entry.entity).into_any()).roomy(),
        Column::new("actor", "By", actor).phone(Phone::Labelled),
        Column::new("at", "When", |entry: &AuditEntry| {
            view! { <RelativeTime at=Moment::from(entry.created_at.0.clone())/> }.into_any()
        })
        .end(),
    ];
    view! {
        <DataTable
            caption="Audit log"
            rows=Signal::stored(rows)
            key=|entry: &AuditEntry| entry.id.to_string()
            columns
            href=|entry: &AuditEntry| format!("/audit/{}", entry.id)
            row_label=|entry: &AuditEntry| action_words(&entry.action)
        />
    }
}

fn what(entry: &AuditEntry) -> AnyView {
    let lines = changes_words(entry)
        .into_iter()
        .map(|text| view! { <span class="block text-sm text-muted font-normal break-words">{text}</span> });
    view! { <span class="block min-w-0 max-w-lg">{with_code(action_words(&entry.action), &entry.action)} {lines.collect_view()}</span> }
        .into_any()
}

fn actor(entry: &AuditEntry) -> AnyView {
    let kind = kind_words(&entry.actor_kind);
    let kind = (!kind.is_empty()).then(|| view! { <span class="block text-sm text-muted">{kind}</span> });
    let impersonation = entry.impersonation.as_ref().map(|impersonation| {
        view! { <span class="block text-sm text-muted">{format!("impersonating: {}", impersonation.reason)}</span> }
    });
    view! { <span class="block min-w-0 max-w-xs break-words">{entry.actor.clone()}{kind}{impersonation}</span> }.into_any()
}
