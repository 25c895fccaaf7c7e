use leptos::prelude::*;
use orion_app::{Loader, device, use_client, use_submission};
use orion_types::auth::Session;
use orion_types::people::PersonDetail;
use orion_ui::*;

/// The devices on which somebody is signed in, and the way out of all of them.
#[component]
pub fn SessionsCard(detail: PersonDetail, loader: Loader<PersonDetail>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let asking = RwSignal::new(false);
    let id = detail.person.id;
    let end = move |()| {
        let call = async move { client.delete::<()>(&format!("/users/{id}/sessions")).await };
        submission.send(call, move |()| {
            asking.try_set(false);
            toasts.success("Signed out everywhere");
            loader.reload();
            keep_focus();
        });
    };
    let none = detail.sessions.is_empty();
    let rows = detail.sessions.into_iter().map(row).collect_view();
    let actions = move || {
        (!none).then(|| {
            view! { <Button size=ButtonSize::Small on_click=move |_| asking.set(true)>"Sign out everywhere"</Button> }
        })
    };
    view! {
        <Card title="Devices" description="Where they are signed in, here or in a dashboard" flush=true actions>
            {none.then(|| view! { <p class="px-4 sm:px-5 py-4 text-sm text-muted">"They are signed in nowhere."</p> })}
            <ul class="divide-y divide-border">{rows}</ul>
        </Card>
        <ConfirmDialog
            open=asking
            title=format!("Sign {} out everywhere?", detail.person.name)
            message="Every device has to sign in again, and a mail says so. The account stays on."
            confirm_label="Sign out"
            tone=Tone::Critical
            busy=submission.busy()
            on_confirm=end
        />
    }
    .into_any()
}

fn row(session: Session) -> AnyView {
    view! {
        <li class="ui-row justify-between px-4 sm:px-5 py-3">
            <span class="min-w-0">
                <span class="block font-medium">{device(&session.user_agent)}</span>
                <span class="block text-sm text-muted">
                    "Used " <RelativeTime at=Moment::from(session.last_used_at.0)/> " from " {session.ip} ", signed in " <DateTime at=Moment::from(session.created_at.0)/>
                </span>
            </span>
            {session.current.then(|| view! { <Badge tone=Tone::Positive>"This one"</Badge> })}
        </li>
    }
    .into_any()
}
