//! The page of the mail's link: name, password, and the shop is there.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_app::{Refused, use_link_token, use_load, use_session, use_submission};
use orion_types::people::{ConfirmSignUp, OpenedStore, PendingSignUp, SignUpToken};
use orion_ui::*;

use super::fields::CodeField;
use super::use_way_in;

/// What was asked for, and the form that opens it.
#[component]
pub fn ConfirmSignUpPage() -> impl IntoView {
    let session = use_session();
    let token = use_link_token();
    let pending = use_load(move || {
        let body = SignUpToken { token: token.get() };
        async move { session.public().post::<PendingSignUp>("/sign-up/look-up", &body).await }
    });
    let title = Signal::derive(move || match pending.state().get() {
        Load::Ready(pending) => format!("Open {}", pending.name),
        _ => "Open a shop".to_owned(),
    });
    view! {
        <AuthLayout title>
            {move || match pending.state().get() {
                Load::Loading => view! { <TextSkeleton lines=4/> }.into_any(),
                Load::Failed(_) if token.with(String::is_empty) => reopened(),
                Load::Failed(error) => ended(error),
                Load::Ready(pending) if pending.has_account => known(&pending),
                Load::Ready(pending) => view! { <Confirm pending token/> }.into_any(),
            }}
        </AuthLayout>
    }
    .into_any()
}

fn reopened() -> AnyView {
    view! {
        <Callout tone=Tone::Warning title="Open the link in the mail again">
            "What it brings along is kept nowhere, and is gone once the page was loaded anew."
        </Callout>
    }
    .into_any()
}

fn ended(error: LoadError) -> AnyView {
    view! {
        <div class="ui-stack">
            <Callout tone=Tone::Critical title="There is nothing to open">{error.message}</Callout>
            <LinkButton href="/sign-up">"Begin again"</LinkButton>
        </div>
    }
    .into_any()
}

fn known(pending: &PendingSignUp) -> AnyView {
    view! {
        <div class="ui-stack">
            <Callout tone=Tone::Neutral title="You have an account already">
                {format!("Sign in as {}, and open the shop then.", pending.email)}
            </Callout>
            <LinkButton href="/login?next=%2Fsign-up">"Sign in"</LinkButton>
        </div>
    }
    .into_any()
}

/// Another address can be chosen here: one that somebody else has taken meanwhile loses nothing of the rest.
#[component]
fn Confirm(pending: PendingSignUp, token: RwSignal<String>) -> impl IntoView {
    let session = use_session();
    let submission = use_submission();
    let go_in = use_way_in();
    let code = RwSignal::new(pending.code.clone());
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let body = ConfirmSignUp {
            token: token.get_untracked(),
            code: code.get_untracked(),
            owner_name: name.get_untracked(),
            password: password.get_untracked(),
        };
        let call = async move { session.public().post::<OpenedStore>("/sign-up/confirm", &body).await };
        submission.send(call, go_in);
    };
    let taken = (!pending.code_available).then(|| {
        view! {
            <Callout tone=Tone::Warning title="The address was taken meanwhile">"Choose another one; everything else stays as you have written it."</Callout>
        }
    });
    view! {
        <form class="ui-stack" on:submit=submit novalidate=true>
            <p class="text-muted">{format!("{} is confirmed with this.", pending.email)}</p>
            <Refused submission title="Not opened"/>
            {taken}
            <CodeField code domain=pending.domain.clone() submission/>
            <Field label="Your name" error=submission.field("/owner_name")><TextInput value=name autocomplete="name" name="name"/></Field>
            <Field label="Password" hint="At least 10 characters, and not easy to guess" error=submission.field("/password")>
                <TextInput value=password kind=InputKind::Password autocomplete="new-password" name="password"/>
            </Field>
            <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy() full_width=true>"Open the shop"</Button>
        </form>
    }
    .into_any()
}
