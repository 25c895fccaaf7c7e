use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::Page;
use orion_types::domain::{Domain, StoreLabel};
use orion_types::permission::Permission;
use orion_ui::*;

use super::label::LabelCard;
use super::words::status_badge;
use crate::store::may;

/// The store's domains.
#[component]
pub fn DomainListPage() -> impl IntoView {
    let client = use_client();
    let domains = use_load(move || async move { client.get::<Page<Domain>>("/domains").await });
    let label = use_load(move || async move { client.get::<StoreLabel>("/label").await });
    let writes = may(Permission::DomainsWrite);
    // An empty list has a button of its own.
    let adds = move || {
        let there = domains.get().is_some_and(|page| !page.data.is_empty());
        (writes && there).then(add_button)
    };
    view! {
        <div class="ui-page">
            <PageHeader title="Domains" subtitle="What your shop is reached under">{adds}</PageHeader>
            <Card flush=true>
                <Loaded state=domains.state() skeleton=|| view! { <TableSkeleton rows=3 columns=3/> } on_retry=move |()| domains.reload() let:value>
                    {if value.data.is_empty() { nothing(writes) } else { view! { <DomainTable rows=value.data/> }.into_any() }}
                </Loaded>
            </Card>
            <Loaded state=label.state() skeleton=|| view! { <TextSkeleton lines=2/> } on_retry=move |()| label.reload() let:value>
                <LabelCard label=value writes/>
            </Loaded>
        </div>
    }
}

fn add_button() -> impl IntoView {
    view! { <LinkButton href="/domains/new" variant=ButtonVariant::Primary icon=icons::PLUS>"Add domain"</LinkButton> }
}

fn nothing(writes: bool) -> AnyView {
    view! {
        <EmptyState
            icon=icons::GLOBE
            title="No domain of your own yet"
            description="With one, customers find your shop under your own name, such as shop.example.com. You need a domain that you have registered, and a way to its records."
        >
            {writes.then(add_button)}
        </EmptyState>
    }
    .into_any()
}

#[component]
fn DomainTable(rows: Vec<Domain>) -> impl IntoView {
    let columns = vec![
        Column::new("name", "Domain", |domain: &Domain| {
            let primary = domain
                .primary
                .then(|| view! { <Badge tone=Tone::Accent plain=true>"Primary"</Badge> });
            view! {
                <span class="ui-row">
                    <span class="font-medium break-all">{domain.name.clone()}</span>
                    {primary}
                </span>
            }
            .into_any()
        })
        .primary(),
        Column::new("status", "State", status_badge).phone(Phone::Labelled),
        Column::new("checked", "Last check", |domain: &Domain| match &domain.last_checked_at {
            Some(at) => {
                let at = Moment::from(at.0.clone());
                view! { <RelativeTime at/> }.into_any()
            }
            None => view! { <span class="text-muted">"never"</span> }.into_any(),
        })
        .phone(Phone::Labelled),
    ];
    view! {
        <DataTable
            caption="Domains"
            rows=Signal::stored(rows)
            key=|domain: &Domain| domain.id.to_string()
            columns
            href=|domain: &Domain| format!("/domains/{}", domain.id)
            row_label=|domain: &Domain| domain.name.clone()
        />
    }
}
