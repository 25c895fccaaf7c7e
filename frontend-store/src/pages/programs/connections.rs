use leptos::prelude::*;
use orion_app::{Loader, use_client, use_load, use_submission};
use orion_types::Page;
use orion_types::oauth::{Connection, ConnectionQuery};
use orion_types::page::MAX_LIMIT;
use orion_ui::*;

use crate::store::page_store;

/// One's own connections in this store, on the page of one's account; nothing where there are none.
#[component]
pub fn OwnConnections() -> impl IntoView {
    page_store().is_some().then(|| view! { <OwnCard/> })
}

#[component]
fn OwnCard() -> impl IntoView {
    let client = use_client();
    let loader = use_load(move || {
        // Nobody has more than fit on a page.
        let query = ConnectionQuery {
            own: Some(true),
            limit: Some(MAX_LIMIT),
            ..ConnectionQuery::default()
        };
        async move { client.get_query::<Page<Connection>>("/connections", &query).await }
    });
    move || match loader.state().get() {
        Load::Ready(page) if page.data.is_empty() => ().into_any(),
        Load::Ready(page) => view! {
            <Card title="Connected programs" description="They act for you in this store, with what you let them do." flush=true>
                {connection_rows(page.data, loader, true)}
            </Card>
        }
        .into_any(),
        Load::Loading => ().into_any(),
        // Whoever does not work here has none here.
        Load::Failed(error) if error.missing || error.forbidden => ().into_any(),
        Load::Failed(error) => {
            let again = move |()| loader.reload();
            view! { <ErrorState title="Connected programs could not be loaded" message=error.message request_id=Signal::stored(error.request_id) on_retry=again/> }
                .into_any()
        }
    }
}

/// That nobody has connected anything.
pub fn no_connections() -> AnyView {
    view! {
        <EmptyState
            compact=true
            icon=icons::BLOCKS
            title="No program acts for anybody here"
            description="Whoever connects one is asked here first, and chooses what it may do."
        />
    }
    .into_any()
}

/// Connections with what they may do, and the way to end them: one's own, and others' for who `may_end_others`.
pub fn connection_rows(rows: Vec<Connection>, loader: Loader<Page<Connection>>, may_end_others: bool) -> AnyView {
    let rows = rows
        .into_iter()
        .map(|row| view! { <Row row loader may_end_others/> })
        .collect_view();
    view! { <ul class="divide-y divide-border">{rows}</ul> }.into_any()
}

#[component]
fn Row(row: Connection, loader: Loader<Page<Connection>>, may_end_others: bool) -> impl IntoView {
    let revoke = (row.own || may_end_others).then(|| view! { <Revoke row=row.clone() loader/> });
    let rights: Vec<&str> = row.rights.iter().map(|right| right.key()).collect();
    let says = row
        .document_host
        .clone()
        .map(|host| view! { <Badge tone=Tone::Neutral>{host}</Badge> });
    let used = match row.last_used_at.clone() {
        Some(at) => view! { "last used " <RelativeTime at=Moment::from(at.0)/> }.into_any(),
        None => "never used".into_any(),
    };
    view! {
        <li class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 sm:px-5 py-3">
            <span class="min-w-0">
                <span class="flex flex-wrap items-center gap-2 font-medium break-words">{row.program.clone()} {says}</span>
                <span class="block break-words">{rights.join(", ")}</span>
                <span class="block text-sm text-muted break-words">
                    {format!("For {}, since ", row.person)} <DateTime at=Moment::from(row.created_at.0.clone())/> ", " {used}
                </span>
            </span>
            {revoke}
        </li>
    }
    .into_any()
}

#[component]
fn Revoke(row: Connection, loader: Loader<Page<Connection>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let open = RwSignal::new(false);
    let id = row.id;
    let revoke = move |()| {
        submission.send(async move { client.delete::<()>(&format!("/connections/{id}")).await }, move |()| {
            toasts.success("Revoked; its next request is refused");
            open.try_set(false);
            loader.reload();
            keep_focus();
        });
    };
    let message = format!(
        "{} may do nothing more for {}. To act again it has to ask again.",
        row.program, row.person
    );
    view! {
        <Button size=ButtonSize::Small variant=ButtonVariant::QuietCritical on_click=move |_| open.set(true)>
            "Revoke" <span class="ui-sr-only">{row.program.clone()}</span>
        </Button>
        <ConfirmDialog open title="Revoke what this program may do?" message confirm_label="Revoke" tone=Tone::Critical busy=submission.busy() on_confirm=revoke/>
    }
    .into_any()
}
