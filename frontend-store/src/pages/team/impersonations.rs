//! Who of the platform's administration has been in the dashboard.

use leptos::prelude::*;
use orion_app::{Loader, use_client, use_load, use_submission};
use orion_types::Page;
use orion_types::impersonation::{Impersonation, ImpersonationQuery};
use orion_types::status::ImpersonationStatus;
use orion_ui::*;

/// Each of them with its reason, the newest first, and the way to end one that goes on; nothing while nobody has been here.
#[component]
pub fn ImpersonationCard(writes: bool) -> impl IntoView {
    let client = use_client();
    let paging = use_paging();
    let loader = use_load(move || {
        let query = ImpersonationQuery {
            cursor: paging.cursor(),
            ..ImpersonationQuery::default()
        };
        async move { client.get_query::<Page<Impersonation>>("/impersonations", &query).await }
    });
    move || match loader.state().get() {
        Load::Ready(page) if page.data.is_empty() => ().into_any(),
        Load::Ready(page) => {
            let rows = page.data.into_iter();
            let rows = rows.map(|row| view! { <Row row loader writes/> }).collect_view();
            view! {
                <Card title="Impersonations" description="When somebody who runs the platform was in this dashboard. All that they changed is in the audit log." flush=true>
                    <ul class="divide-y divide-border">{rows}</ul>
                    <Pager paging next=page.next_cursor/>
                </Card>
            }
            .into_any()
        }
        Load::Loading => view! { <TextSkeleton lines=2/> }.into_any(),
        Load::Failed(error) => {
            let again = move |()| loader.reload();
            view! { <ErrorState message=error.message request_id=Signal::stored(error.request_id) on_retry=again/> }.into_any()
        }
    }
}

/// How far one has come.
fn badge(status: ImpersonationStatus) -> AnyView {
    let (tone, words) = match status {
        ImpersonationStatus::Waiting => (Tone::Accent, "About to begin"),
        ImpersonationStatus::Running => (Tone::Warning, "In the dashboard now"),
        ImpersonationStatus::Ended => (Tone::Neutral, "Ended"),
        ImpersonationStatus::Unused => (Tone::Neutral, "Never begun"),
    };
    view! { <Badge tone>{words}</Badge> }.into_any()
}

#[component]
fn Row(row: Impersonation, loader: Loader<Page<Impersonation>>, writes: bool) -> impl IntoView {
    let open = matches!(row.status, ImpersonationStatus::Waiting | ImpersonationStatus::Running);
    let end = (writes && open).then(|| view! { <End id=row.id.to_string() name=row.name.clone() loader/> });
    let does = if row.may_change { "could change things" } else { "could look only" };
    let ended = row.ended_by.map(|by| format!(", ended by {by}"));
    view! {
        <li class="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-4 sm:px-5 py-3">
            <span class="min-w-0">
                <span class="flex flex-wrap items-center gap-2 font-medium break-words">{row.name} {badge(row.status)}</span>
                <span class="block break-words">{row.reason}</span>
                <span class="block text-sm text-muted break-words">
                    {row.email} ", " {does} ", " <DateTime at=Moment::from(row.began_at.unwrap_or(row.created_at).0)/>
                    " until " <DateTime at=Moment::from(row.ended_at.unwrap_or(row.ends_at).0)/> {ended}
                </span>
            </span>
            {end}
        </li>
    }
    .into_any()
}

#[component]
fn End(id: String, name: String, loader: Loader<Page<Impersonation>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let path = StoredValue::new(format!("/impersonations/{id}/cancel"));
    let end = move |_| {
        submission.send(
            async move { client.post::<Impersonation>(&path.get_value(), &()).await },
            move |_| {
                toasts.success("Ended; nothing is open to them from now on");
                loader.reload();
                keep_focus();
            },
        );
    };
    view! { <Button size=ButtonSize::Small variant=ButtonVariant::Critical busy=submission.busy() on_click=end>"End" <span class="ui-sr-only">{name}</span></Button> }
        .into_any()
}
