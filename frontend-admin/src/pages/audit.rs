use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::admin::{AuditEntry, AuditQuery};
use orion_ui::*;

/// Who did what, newest first.
#[component]
pub fn AuditPage() -> impl IntoView {
    let client = use_client();
    let (action, paging) = (use_query_param("action"), use_paging());
    let text = RwSignal::new(action.get());
    let entries = use_load(move || {
        let query = AuditQuery {
            action: action.get_opt(),
            cursor: paging.cursor(),
            ..AuditQuery::default()
        };
        async move { client.get_query::<Page<AuditEntry>>("/audit", &query).await }
    });
    view! {
        <div class="ui-page">
            <PageHeader title="Audit log" subtitle="Every change, with who made it; it cannot be edited"/>
            <div class="ui-toolbar">
                <SearchInput value=text label="Search actions" placeholder="Action, such as store.suspended" on_search=move |value: String| action.set(&value)/>
            </div>
            <Card flush=true>
                <Loaded state=entries.state() skeleton=|| view! { <TableSkeleton rows=10 columns=4/> } on_retry=move |()| entries.reload() let:value>
                    <AuditTable rows=value.data next=value.next_cursor paging/>
                </Loaded>
            </Card>
        </div>
    }
}

#[component]
fn AuditTable(rows: Vec<AuditEntry>, next: Option<String>, paging: Paging) -> impl IntoView {
    if rows.is_empty() {
        return view! { <EmptyState compact=true icon=icons::SEARCH title="Nothing matches" description="No entry has this action."/> }
            .into_any();
    }
    let columns = vec![
        Column::new("action", "Action", |entry: &AuditEntry| {
            view! { <span class="font-medium">{entry.action.clone()}</span> }.into_any()
        })
        .primary(),
        Column::new("actor", "By", |entry: &AuditEntry| entry.actor.clone().into_any()),
        Column::new("entity", "On", |entry: &AuditEntry| entry.entity.clone().into_any()).wide_only(),
        Column::new("at", "When", |entry: &AuditEntry| {
            view! { <RelativeTime at=Moment::from(entry.created_at.0.clone())/> }.into_any()
        })
        .end(),
    ];
    view! {
        <DataTable caption="Audit log" rows=Signal::stored(rows) key=|entry: &AuditEntry| entry.id.to_string() columns row_label=|entry: &AuditEntry| entry.action.clone()/>
        <Pager paging next/>
    }
    .into_any()
}
