//! The second step of signing in, for accounts with a second factor.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_client::{ApiError, Session};
use orion_types::auth::{AnswerChallenge, LoginRequest, SignInChallenge};
use orion_ui::{Button, ButtonKind, ButtonVariant, Field, TextInput, focus_input, focus_next_frame};

use crate::{Refused, use_session, use_submission};

/// Signs in with a password; what it asks for where the account has a second factor.
pub async fn sign_in(session: Session, request: LoginRequest) -> Result<Option<SignInChallenge>, ApiError> {
    match session.login(&request).await {
        Ok(()) => Ok(None),
        Err(error) => match error.challenge() {
            Some(challenge) => Ok(Some(challenge.clone())),
            None => Err(error),
        },
    }
}

/// Asks for the code.
#[component]
pub fn CodeForm(
    /// What the password has asked for.
    asked: SignInChallenge,
    /// Runs when somebody is in.
    #[prop(into)]
    on_entered: Callback<()>,
    /// Runs when the password is to be asked for again.
    #[prop(into)]
    on_again: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    let submission = use_submission();
    let code = RwSignal::new(String::new());
    let challenge = StoredValue::new(asked.token);
    focus_input("one_time_code");
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let answer = AnswerChallenge {
            challenge: challenge.get_value(),
            one_time_code: code.get_untracked(),
        };
        focus_next_frame();
        submission.send(async move { session.answer(&answer).await }, move |()| on_entered.run(()));
    };
    view! {
        <form class="ui-stack" on:submit=submit novalidate=true>
            <Refused submission title="Signing in failed"/>
            <Field
                label="Code"
                hint="Six digits from your authenticator app, or one of your recovery codes"
                error=submission.field("/one_time_code")
            >
                <TextInput value=code autocomplete="one-time-code" name="one_time_code"/>
            </Field>
            <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy() full_width=true>"Sign in"</Button>
            <Button variant=ButtonVariant::Ghost full_width=true on_click=move |_| on_again.run(())>"Begin again"</Button>
        </form>
    }
    .into_any()
}
