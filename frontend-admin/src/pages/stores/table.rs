use leptos::prelude::*;
use orion_types::admin::AdminStore;
use orion_types::status::StoreStatus;
use orion_ui::*;

/// The status of a store as a badge.
pub fn status_badge(status: StoreStatus) -> AnyView {
    let (tone, word) = match status {
        StoreStatus::Active => (Tone::Positive, "Active"),
        StoreStatus::Suspended => (Tone::Critical, "Suspended"),
        StoreStatus::Archived => (Tone::Neutral, "Archived"),
    };
    view! { <Badge tone>{word}</Badge> }.into_any()
}

/// Stores as rows that lead to their page.
#[component]
pub fn StoreTable(
    stores: Vec<AdminStore>,
    /// What they are sorted by, where they can be.
    #[prop(optional, into)]
    sort: Signal<Option<Sort>>,
    /// Runs with the wanted order; without it nothing is to be sorted.
    #[prop(optional)]
    on_sort: Option<Callback<Sort>>,
) -> impl IntoView {
    let sortable = |column: Column<AdminStore>| if on_sort.is_some() { column.sortable() } else { column };
    let columns = vec![
        sortable(Column::new("name", "Store", name)).primary(),
        Column::new("status", "Status", |store: &AdminStore| status_badge(store.status)),
        Column::new("platform", "Platform", |store: &AdminStore| store.platform_code.clone().into_any()).wide_only(),
        Column::new("owner", "Owner", |store: &AdminStore| store.owner_email.clone().into_any()).wide_only(),
        Column::new("currency", "Currency", |store: &AdminStore| store.currency.to_string().into_any()),
        sortable(Column::new("created_at", "Created", |store: &AdminStore| {
            view! { <RelativeTime at=Moment::from(store.created_at.0.clone())/> }.into_any()
        }))
        .end(),
    ];
    let on_sort = on_sort.unwrap_or_else(|| Callback::new(|_| ()));
    view! {
        <DataTable
            caption="Stores"
            rows=Signal::stored(stores)
            key=|store: &AdminStore| store.id.to_string()
            columns
            href=|store: &AdminStore| format!("/stores/{}", store.id)
            row_label=|store: &AdminStore| store.name.clone()
            sort
            on_sort
        />
    }
}

fn name(store: &AdminStore) -> AnyView {
    let (name, host) = (
        store.name.clone(),
        store
            .domains
            .iter()
            .find(|domain| domain.is_primary)
            .map_or(store.code.clone(), |domain| domain.host.clone()),
    );
    view! { <span class="flex flex-col"><span class="font-medium">{name}</span><span class="text-sm text-muted font-normal">{host}</span></span> }
        .into_any()
}
