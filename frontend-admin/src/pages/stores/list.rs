use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::admin::{AdminStore, StoreQuery};
use orion_ui::*;

use super::StoreTable;

/// All stores, searched and narrowed by the URL.
#[component]
pub fn StoreListPage() -> impl IntoView {
    let client = use_client();
    let (q, status, paging) = (use_query_param("q"), use_query_param("status"), use_paging());
    let text = RwSignal::new(q.get());
    let stores = use_load(move || {
        let query = StoreQuery {
            q: q.get_opt(),
            status: status.get_opt(),
            cursor: paging.cursor(),
            ..StoreQuery::default()
        };
        async move { client.get_query::<Page<AdminStore>>("/stores", &query).await }
    });
    let tabs = vec![
        TabItem::new("", "All"),
        TabItem::new("active", "Active"),
        TabItem::new("suspended", "Suspended"),
        TabItem::new("archived", "Archived"),
    ];
    let clear = use_set_query();
    view! {
        <div class="ui-page">
            <PageHeader title="Stores">
                <LinkButton href="/stores/new" variant=ButtonVariant::Primary icon=icons::PLUS>"New store"</LinkButton>
            </PageHeader>
            <Card flush=true>
                <Tabs label="Status" items=tabs active=status.signal() on_select=move |value: String| status.set(&value)/>
                <div class="ui-toolbar px-4 py-3">
                    <SearchInput value=text label="Search stores" placeholder="Name, code, domain or owner" on_search=move |value: String| q.set(&value)/>
                </div>
                <Loaded state=stores.state() skeleton=|| view! { <TableSkeleton rows=8 columns=6/> } on_retry=move |()| stores.reload() let:value>
                    {
                        let clear = clear;
                        let summary = value.total.map(|total| format!("{total} stores")).unwrap_or_default();
                        if value.data.is_empty() {
                            view! {
                                <EmptyState compact=true icon=icons::SEARCH title="Nothing matches" description="No store has these words and this status.">
                                    <Button on_click=move |_| { text.set(String::new()); clear(&[("q", None), ("status", None), ("after", None)]) }>"Clear filters"</Button>
                                </EmptyState>
                            }.into_any()
                        } else {
                            view! {
                                <StoreTable stores=value.data/>
                                <Pager paging next=value.next_cursor summary/>
                            }.into_any()
                        }
                    }
                </Loaded>
            </Card>
        </div>
    }
}
