use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::api_key::{ApiKey, MAX_API_KEYS};
use orion_types::permission::Permission;
use orion_ui::*;

use crate::store::may;

/// What the API's own pages say; of the server and not of the app.
const DOCS: &str = "/api/docs/index.html";

/// The store's API keys.
#[component]
pub fn KeyListPage() -> impl IntoView {
    let client = use_client();
    let keys = use_load(move || async move { client.get::<Page<ApiKey>>(&format!("/api-keys?limit={MAX_API_KEYS}")).await });
    let writes = may(Permission::KeysWrite);
    // An empty list has a button of its own.
    let adds = move || {
        let there = keys.get().is_some_and(|page| !page.data.is_empty());
        (writes && there).then(create_button)
    };
    view! {
        <div class="ui-page">
            <PageHeader title="API keys" subtitle="What programs ask the store by">{adds}</PageHeader>
            <Card flush=true>
                <Loaded state=keys.state() skeleton=|| view! { <TableSkeleton rows=3 columns=4/> } on_retry=move |()| keys.reload() let:value>
                    {if value.data.is_empty() { nothing(writes) } else { view! { <KeyTable rows=value.data/> }.into_any() }}
                </Loaded>
            </Card>
        </div>
    }
}

fn create_button() -> impl IntoView {
    view! { <LinkButton href="/api-keys/new" variant=ButtonVariant::Primary icon=icons::PLUS>"Create key"</LinkButton> }
}

fn nothing(writes: bool) -> AnyView {
    view! {
        <EmptyState
            icon=icons::KEY_ROUND
            title="No program has a key yet"
            description="A key lets a program ask the store in its own name: with the rights that you choose, and until you take it away."
        >
            {writes.then(create_button)}
            <a class="ui-button ui-button--secondary ui-button--medium" href=DOCS target="_blank" rel="noopener external">
                <span class="ui-button__content"><span class="ui-button__label">"What the API can do"</span><Icon icon=icons::EXTERNAL_LINK/></span>
            </a>
        </EmptyState>
    }
    .into_any()
}

#[component]
fn KeyTable(rows: Vec<ApiKey>) -> impl IntoView {
    let columns = vec![
        Column::new("name", "Key", |key: &ApiKey| {
            let (name, prefix) = (key.name.clone(), format!("{}…", key.prefix));
            view! {
                <span class="flex flex-col min-w-0">
                    <span class="font-medium break-words">{name}</span>
                    <span class="text-sm text-muted font-normal font-mono">{prefix}</span>
                </span>
            }
            .into_any()
        })
        .primary(),
        Column::new("scopes", "Rights", |key: &ApiKey| format_count(key.scopes.len() as i64).into_any()).phone(Phone::Labelled),
        Column::new("used", "Last used", last_used).phone(Phone::Labelled),
        Column::new("expires", "Expires", expires).phone(Phone::Labelled),
    ];
    view! {
        <DataTable
            caption="API keys"
            rows=Signal::stored(rows)
            key=|key: &ApiKey| key.id.to_string()
            columns
            href=|key: &ApiKey| format!("/api-keys/{}", key.id)
            row_label=|key: &ApiKey| key.name.clone()
        />
    }
}

/// When a key was last used.
pub fn last_used(key: &ApiKey) -> AnyView {
    match &key.last_used_at {
        Some(at) => {
            let at = Moment::from(at.0.clone());
            view! { <RelativeTime at/> }.into_any()
        }
        None => view! { <span class="text-muted">"never"</span> }.into_any(),
    }
}

/// When a key ends.
pub fn expires(key: &ApiKey) -> AnyView {
    match &key.expires_at {
        Some(_) if key.expired => view! { <Badge tone=Tone::Critical>"Expired"</Badge> }.into_any(),
        Some(at) => format_date(Moment::from(at.0.clone()), None).into_any(),
        None => view! { <span class="text-muted">"never"</span> }.into_any(),
    }
}
