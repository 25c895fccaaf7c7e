//! The steps of setting an authenticator app up.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_types::auth::{ConfirmSecondFactor, CreateSecondFactor, RecoveryCodeSet, SecondFactorSetup};
use orion_ui::*;

use super::second_factor::Stage;
use crate::{Refused, use_client, use_submission};

/// Asks for the password, so that whoever finds the browser open does not shut its owner out.
#[component]
pub(super) fn Ask(stage: RwSignal<Stage>) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let password = RwSignal::new(String::new());
    focus_input("factor_password");
    let begin = move |event: SubmitEvent| {
        event.prevent_default();
        let body = CreateSecondFactor {
            current_password: password.get_untracked(),
        };
        let call = async move { client.post::<SecondFactorSetup>("/me/second-factor", &body).await };
        submission.send(call, move |setup| {
            stage.try_set(Stage::Scanning(setup));
        });
    };
    view! {
        <form class="ui-stack" on:submit=begin novalidate=true>
            <Refused submission title="Not begun"/>
            <Field label="Your password" error=submission.field("/current_password")>
                <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="factor_password"/>
            </Field>
            <div class="ui-row">
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy()>"Continue"</Button>
                <Button on_click=move |_| stage.set(Stage::Shown)>"Cancel"</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Shows the secret, and asks for a first code of it.
#[component]
pub(super) fn Scan(setup: SecondFactorSetup, stage: RwSignal<Stage>) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let code = RwSignal::new(String::new());
    focus_input("one_time_code");
    let picture = format!("data:image/svg+xml,{}", js_sys::encode_uri_component(&setup.secret_picture));
    let confirm = move |event: SubmitEvent| {
        event.prevent_default();
        let body = ConfirmSecondFactor {
            one_time_code: code.get_untracked(),
        };
        let call = async move { client.post::<RecoveryCodeSet>("/me/second-factor/confirm", &body).await };
        submission.send(call, move |codes| {
            stage.try_set(Stage::Keeping(codes));
        });
    };
    view! {
        <form class="ui-stack" on:submit=confirm novalidate=true>
            <p>"Scan this with an authenticator app, such as the one of your password manager, or type the secret into it."</p>
            <img src=picture alt="The secret for an authenticator app, as a QR code" width="192" height="192"/>
            <CopyText value=setup.secret whole=true/>
            <Refused submission title="Not turned on"/>
            <Field label="Code" hint="The six digits that the app shows now" error=submission.field("/one_time_code")>
                <TextInput value=code autocomplete="one-time-code" inputmode="numeric" name="one_time_code"/>
            </Field>
            <div class="ui-row">
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy()>"Turn on"</Button>
                <Button on_click=move |_| stage.set(Stage::Shown)>"Cancel"</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Shows recovery codes, this once.
#[component]
pub(super) fn Codes(codes: RecoveryCodeSet, done: Callback<()>) -> impl IntoView {
    view! {
        <div class="ui-stack">
            <Callout tone=Tone::Warning title="Keep your recovery codes: they are not shown again">
                "Each works once in the place of a code of the app. Keep them where you find them without your telephone: on paper, or in a password manager."
            </Callout>
            <CopyText value=codes.recovery_codes.join("\n") lines=true/>
            <div><Button variant=ButtonVariant::Primary on_click=move |_| done.run(())>"I have kept them"</Button></div>
        </div>
    }
    .into_any()
}
