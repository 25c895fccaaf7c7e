//! What is asked for again before the second factor changes: the password and a code.

use leptos::prelude::*;
use orion_types::auth::{ProveSecondFactor, RecoveryCodeSet};
use orion_ui::*;

use crate::{Refused, Submission, use_client, use_submission};

/// The two fields.
#[derive(Clone, Copy)]
struct Proof {
    password: RwSignal<String>,
    code: RwSignal<String>,
    submission: Submission,
}

impl Proof {
    fn new() -> Self {
        Self {
            password: RwSignal::new(String::new()),
            code: RwSignal::new(String::new()),
            submission: use_submission(),
        }
    }

    fn body(self) -> ProveSecondFactor {
        ProveSecondFactor {
            current_password: self.password.get_untracked(),
            one_time_code: self.code.get_untracked(),
        }
    }

    fn fields(self) -> AnyView {
        let Self {
            password,
            code,
            submission,
        } = self;
        view! {
            <div class="ui-stack">
                <Refused submission title="Not changed"/>
                <Field label="Your password" error=submission.field("/current_password")>
                    <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="current_password"/>
                </Field>
                <Field label="Code" hint="Six digits from your authenticator app, or one of your recovery codes" error=submission.field("/one_time_code")>
                    <TextInput value=code autocomplete="one-time-code" name="one_time_code"/>
                </Field>
            </div>
        }
        .into_any()
    }
}

/// Makes other recovery codes.
#[component]
pub(super) fn RenewDialog(
    open: RwSignal<bool>,
    /// Gets them.
    #[prop(into)]
    on_made: Callback<RecoveryCodeSet>,
) -> impl IntoView {
    let client = use_client();
    let proof = Proof::new();
    let make = move |_| {
        let body = proof.body();
        let call = async move { client.post::<RecoveryCodeSet>("/me/second-factor/recovery-codes", &body).await };
        proof.submission.send(call, move |codes| {
            open.try_set(false);
            on_made.run(codes);
        });
    };
    view! {
        <Dialog open title="New recovery codes" description="Those you have are worth nothing from then on." footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Primary busy=proof.submission.busy() on_click=make>"Make new codes"</Button>
        }>
            {proof.fields()}
        </Dialog>
    }
    .into_any()
}

/// Turns the second factor off.
#[component]
pub(super) fn TurnOffDialog(
    open: RwSignal<bool>,
    /// Runs when it is off.
    done: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let proof = Proof::new();
    let turn_off = move |_| {
        let body = proof.body();
        let call = async move { client.post::<()>("/me/second-factor/disable", &body).await };
        proof.submission.send(call, move |()| {
            open.try_set(false);
            toasts.success("The second factor is off");
            done.run(());
        });
    };
    view! {
        <Dialog open title="Turn the second factor off?" description="Signing in takes the password alone from then on." footer=move || view! {
            <Button on_click=move |_| open.set(false)>"Cancel"</Button>
            <Button variant=ButtonVariant::Critical busy=proof.submission.busy() on_click=turn_off>"Turn off"</Button>
        }>
            {proof.fields()}
        </Dialog>
    }
    .into_any()
}
