use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_types::auth::{AccountEmail, ChangeEmail};
use orion_ui::*;

use super::code::CodeField;
use crate::{Refused, use_client, use_load, use_submission};

/// The address of the account: whether it is confirmed, and the way to another one.
#[component]
pub(super) fn EmailCard() -> impl IntoView {
    let client = use_client();
    let account = use_load(move || async move { client.get::<AccountEmail>("/me").await });
    view! {
        <Card title="E-mail address" description="You sign in with it, and what the platform has to say goes there.">
            <Loaded state=account.state() skeleton=|| view! { <TextSkeleton lines=2/> } on_retry=move |()| account.reload() let:value>
                <div class="ui-stack">
                    <State account=value/>
                    <EmailForm/>
                </div>
            </Loaded>
        </Card>
    }
    .into_any()
}

/// The address, and a link to confirm it where that is not done.
#[component]
fn State(account: AccountEmail) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let ask = move |_| {
        let call = async move { client.post::<()>("/me/email/link", &()).await };
        submission.send(call, move |()| toasts.success("A link is on its way"));
    };
    let AccountEmail { email, email_verified } = account;
    if email_verified {
        return view! { <p class="flex flex-wrap items-center gap-2"><span class="break-all">{email}</span><Badge tone=Tone::Positive>"Confirmed"</Badge></p> }
            .into_any();
    }
    view! {
        <Callout tone=Tone::Warning title="Your address is not confirmed">
            <div class="ui-stack">
                <p>{format!("A link to {email} shows that you read its mails. It works once and within a day.")}</p>
                <Refused submission title="Not sent"/>
                <div><Button size=ButtonSize::Small busy=submission.busy() on_click=ask>"Send a link"</Button></div>
            </div>
        </Callout>
    }
    .into_any()
}

/// Asks for another address.
#[component]
fn EmailForm() -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let [email, password, code] = [(); 3].map(|()| RwSignal::new(String::new()));
    let asked = RwSignal::new(false);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let body = ChangeEmail {
            email: email.get_untracked(),
            current_password: password.get_untracked(),
            one_time_code: code.get_untracked(),
        };
        asked.set(false);
        submission.send(async move { client.post::<()>("/me/email", &body).await }, move |()| {
            email.try_set(String::new());
            password.try_set(String::new());
            code.try_set(String::new());
            asked.try_set(true);
        });
    };
    let told = move || {
        asked.get().then(|| {
            view! {
                <Callout tone=Tone::Positive title="Look into the mailbox of the new address">
                    "It counts once its link was followed; then you are signed out on every other device."
                </Callout>
            }
        })
    };
    view! {
        <form class="ui-stack" on:submit=save novalidate=true>
            <Refused submission title="Not changed"/>
            {told}
            <Field label="New e-mail address" error=submission.field("/email")>
                <TextInput value=email kind=InputKind::Email autocomplete="email" name="new_email"/>
            </Field>
            <Field label="Your password" error=submission.field("/current_password")>
                <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="email_password"/>
            </Field>
            <CodeField submission value=code/>
            <div><Button kind=ButtonKind::Submit busy=submission.busy()>"Change address"</Button></div>
        </form>
    }
    .into_any()
}
