use leptos::prelude::*;
use orion_types::auth::Session;
use orion_ui::*;

use super::device::device;
use crate::{Loader, Refused, use_client, use_session, use_submission};

/// Where one is signed in, and the way out of all of it.
#[component]
pub(super) fn SessionList(
    /// The sessions.
    sessions: Loader<Vec<Session>>,
) -> impl IntoView {
    let client = use_client();
    let session = use_session();
    let submission = use_submission();
    let asking = RwSignal::new(false);
    let leave = move |()| {
        submission.send(async move { client.delete::<()>("/me/sessions").await }, move |()| {
            leptos::task::spawn_local(async move { session.logout().await });
        });
    };
    let everywhere =
        move || view! { <Button variant=ButtonVariant::Critical on_click=move |_| asking.set(true)>"Sign out everywhere"</Button> };
    view! {
        <Card title="Where you are signed in" flush=true footer=everywhere>
            <Loaded state=sessions.state() skeleton=|| view! { <TextSkeleton lines=3/> } on_retry=move |()| sessions.reload() let:value>
                <ul class="divide-y divide-border">{value.into_iter().map(|row| view! { <Row row sessions/> }).collect_view()}</ul>
            </Loaded>
        </Card>
        <ConfirmDialog
            open=asking
            title="Sign out everywhere?"
            message="Every device has to sign in again, this one too."
            confirm_label="Sign out everywhere"
            tone=Tone::Critical
            busy=submission.busy()
            on_confirm=leave
        />
        <Refused submission title="Not signed out"/>
    }
}

#[component]
fn Row(row: Session, sessions: Loader<Vec<Session>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let (id, name) = (row.id, device(&row.user_agent));
    let end = move |_| {
        submission.send(async move { client.delete::<()>(&format!("/me/sessions/{id}")).await }, move |()| {
            toasts.success("Signed out there");
            sessions.reload();
        });
    };
    let action = if row.current {
        view! { <Badge tone=Tone::Positive>"This one"</Badge> }.into_any()
    } else {
        let name = name.clone();
        view! { <Button size=ButtonSize::Small busy=submission.busy() on_click=end>"Sign out" <span class="ui-sr-only">{name}</span></Button> }.into_any()
    };
    view! {
        <li class="flex items-center justify-between gap-4 px-4 sm:px-5 py-3">
            <span>
                <span class="block font-medium">{name}</span>
                <span class="block text-sm text-muted">
                    "Used " <RelativeTime at=Moment::from(row.last_used_at.0)/> " from " {row.ip} ", signed in " <DateTime at=Moment::from(row.created_at.0)/>
                </span>
            </span>
            {action}
        </li>
    }
}
