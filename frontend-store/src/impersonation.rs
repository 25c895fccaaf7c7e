//! An administrator in this dashboard: how they come in, what every page says while they are here, and how they leave.

use leptos::prelude::*;
use orion_app::{Refused, use_client, use_link_token, use_session, use_submission};
use orion_client::SessionState;
use orion_types::auth::AccessToken;
use orion_types::impersonation::{ImpersonationToken, RunningImpersonation};
use orion_ui::*;

use crate::store::use_profile;

/// The impersonation that the session is for; to be tracked.
pub fn running() -> Option<RunningImpersonation> {
    use_profile().get().and_then(|profile| profile.current)?.impersonation
}

/// Leaves the store: the session is over, here and at the server.
fn use_leave() -> (Signal<bool>, impl Fn() + Copy + Send + Sync + 'static) {
    let client = use_client();
    let session = use_session();
    let toasts = use_toasts();
    let submission = use_submission();
    let leave = move || {
        submission.send(async move { client.post::<()>("/impersonation/leave", &()).await }, move |()| {
            toasts.success("You have left the store");
            leptos::task::spawn_local(async move { session.logout().await });
        });
    };
    (submission.busy(), leave)
}

/// Who is here, why and until when, above every page; it stays until they leave. It is one line or a few on a telephone, and a long reason is cut off to
/// the eye alone.
#[component]
pub fn ImpersonationBanner(
    running: RunningImpersonation,
    /// Whose session it is.
    name: String,
) -> impl IntoView {
    let (busy, leave) = use_leave();
    let does = if running.may_change {
        "You may change things."
    } else {
        "You may look and change nothing."
    };
    let (reason, title) = (running.reason.clone(), running.reason.clone());
    view! {
        <section role="status" aria-label="Impersonation" class="sticky top-15 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 px-4 sm:px-5 py-2 border-b border-border bg-warning-soft text-sm">
            <div class="min-w-0 flex-1 basis-60">
                <p class="font-medium text-warning">
                    {name} ", you are impersonating in this store until " <DateTime at=Moment::from(running.ends_at.0)/> ". " {does}
                </p>
                <p class="line-clamp-2 break-words" title=title>"Reason: " {reason}</p>
            </div>
            <Button size=ButtonSize::Small icon=icons::LOG_OUT busy on_click=move |_| leave()>"Leave"</Button>
        </section>
    }
    .into_any()
}

/// Follows the link of an impersonation. It works once, so it is followed when it is known that nobody else's session is about to be restored.
#[component]
pub fn ImpersonationPage() -> impl IntoView {
    let session = use_session();
    let submission = use_submission();
    let token = use_link_token();
    let go = use_go();
    let followed = StoredValue::new(false);
    orion_ui::watch(move || {
        let waits = session.state().get() == SessionState::Restoring || token.with(String::is_empty);
        if waits || followed.get_value() {
            return;
        }
        followed.set_value(true);
        let body = ImpersonationToken {
            token: token.get_untracked(),
        };
        let go = go.clone();
        let call = async move { session.public().post::<AccessToken>("/auth/impersonation", &body).await };
        submission.send(call, move |entered| {
            session.accept(entered);
            go("/dashboard");
        });
    });
    view! {
        <AuthLayout title="Entering the dashboard">
            <div class="ui-stack">
                {move || token.with(String::is_empty).then(|| view! {
                    <Callout tone=Tone::Warning title="Begin again in the administration">
                        "What the link brings along is kept nowhere, and is gone once the page was loaded anew."
                    </Callout>
                })}
                <Refused submission title="Not entered"/>
                {move || submission.busy().get().then(|| view! { <TextSkeleton lines=2/> })}
            </div>
        </AuthLayout>
    }
    .into_any()
}
