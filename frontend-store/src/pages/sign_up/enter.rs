//! The way into the dashboard of a shop that has just been opened, at its own host.

use leptos::prelude::*;
use orion_app::{Refused, use_link_token, use_session, use_submission};
use orion_client::SessionState;
use orion_types::auth::AccessToken;
use orion_types::people::SignUpToken;
use orion_ui::*;

/// Follows the link. It works once, so it is followed when it is known that nobody else's session is about to be restored.
#[component]
pub fn EnterShopPage() -> impl IntoView {
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
        let body = SignUpToken {
            token: token.get_untracked(),
        };
        let go = go.clone();
        let call = async move { session.public().post::<AccessToken>("/auth/sign-up", &body).await };
        submission.send(call, move |entered| {
            session.accept(entered);
            go("/dashboard");
        });
    });
    view! {
        <AuthLayout title="Your shop is there">
            <div class="ui-stack">
                {move || token.with(String::is_empty).then(|| view! {
                    <Callout tone=Tone::Warning title="Sign in to go on">
                        "What the link brings along is kept nowhere, and is gone once the page was loaded anew."
                    </Callout>
                })}
                <Refused submission title="Not entered"/>
                {move || submission.busy().get().then(|| view! { <TextSkeleton lines=2/> })}
                {move || (submission.failed() || token.with(String::is_empty)).then(|| view! { <LinkButton href="/login">"Sign in"</LinkButton> })}
            </div>
        </AuthLayout>
    }
    .into_any()
}
