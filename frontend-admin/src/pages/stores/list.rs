use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::admin::{AdminStore, StoreQuery};
use orion_ui::*;

use super::StoreTable;

/// All stores, searched, narrowed and sorted by the URL.
#[component]
pub fn StoreListPage() -> impl IntoView {
    let client = use_client();
    let (q, status, sort, paging) = (
        use_query_param("q"),
        use_query_param("status"),
        use_query_param("sort"),
        use_paging(),
    );
    let platform = use_query_param("platform");
    let text = RwSignal::new(q.get());
    let stores = use_load(move || {
        let query = StoreQuery {
            q: q.get_opt(),
            status: status.get_opt(),
            platform: platform.get_opt(),
            sort: sort.get_opt(),
            cursor: paging.cursor(),
            limit: None,
        };
        async move { client.get_query::<Page<AdminStore>>("/stores", &query).await }
    });
    let set = use_set_query();
    let clear = move || {
        text.set(String::new());
        set(&[("q", None), ("status", None), ("platform", None), ("after", None)]);
    };
    let narrowed = move || [q, status, platform].iter().any(|param| param.get_opt().is_some());
    // The address has the platform's id; its code is in the rows that were found.
    let code = move || {
        let first = stores.get().and_then(|page| page.data.into_iter().next());
        first.map(|store| store.platform_code)
    };
    let chips = Signal::derive(move || {
        let of = platform.get_opt();
        let chip = of.map(|of| FilterChip::new("platform", format!("Platform: {}", code().unwrap_or(of))));
        chip.into_iter().collect::<Vec<_>>()
    });
    let on_remove = move |_: String| set(&[("platform", None), ("after", None)]);
    let order = Signal::derive(move || sort.get_opt().as_deref().and_then(Sort::parse));
    let on_sort = Callback::new(move |order: Sort| sort.set(order.to_string()));
    view! {
        <div class="ui-page">
            <PageHeader title="Stores">
                <LinkButton href="/stores/new" variant=ButtonVariant::Primary icon=icons::PLUS>"New store"</LinkButton>
            </PageHeader>
            <Card flush=true>
                <div class="ui-list-head">
                    <Tabs label="Status" items=tabs() active=status.signal() on_select=move |value: String| status.set(&value)/>
                    <div class="ui-toolbar">
                        <SearchInput value=text label="Search stores" placeholder="Name, code, domain or owner" on_search=move |value: String| q.set(&value)/>
                    </div>
                    <FilterChips chips on_remove on_clear=move |()| set(&[("platform", None), ("after", None)])/>
                </div>
                <Loaded state=stores.state() skeleton=|| view! { <TableSkeleton rows=8 columns=6/> } on_retry=move |()| stores.reload() let:value>
                    {if value.data.is_empty() {
                        nothing(narrowed(), clear)
                    } else {
                        let summary = value.total.map(|total| total_of(total, value.total_capped, "store", "stores")).unwrap_or_default();
                        view! {
                            <StoreTable stores=value.data sort=order on_sort/>
                            <Pager paging next=value.next_cursor summary/>
                        }.into_any()
                    }}
                </Loaded>
            </Card>
        </div>
    }
}

fn tabs() -> Vec<TabItem> {
    vec![
        TabItem::new("", "All"),
        TabItem::new("active", "Active"),
        TabItem::new("suspended", "Suspended"),
        TabItem::new("archived", "Archived"),
    ]
}

fn nothing(narrowed: bool, clear: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    if narrowed {
        return view! {
            <EmptyState compact=true icon=icons::SEARCH title="Nothing matches" description="No store has these words and this status here.">
                <Button on_click=move |_| clear()>"Clear filters"</Button>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState icon=icons::STORE title="No stores yet" description="Each has a shop of its own, a dashboard and an owner.">
            <LinkButton href="/stores/new" variant=ButtonVariant::Primary>"New store"</LinkButton>
        </EmptyState>
    }
    .into_any()
}
