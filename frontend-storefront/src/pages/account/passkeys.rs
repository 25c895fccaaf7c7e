//! The passkeys of an account: made, called otherwise, removed. Each is for one address of the shop, and says which.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use orion_app::{Loader, Reader, add_passkey, has_passkeys, use_load, use_submission};
use orion_client::Options;
use orion_types::passkey::{MAX_PASSKEYS, Passkey, ProvePasskeyOwner, UpdatePasskey};
use orion_types::{Page, PasskeyId, validation};
use orion_ui::*;

use crate::account::use_account;
use crate::pages::sign_in::{error_at, whole_error};
use crate::text::{Text, t, tf};

const PATH: &str = "/account/passkeys";

/// All of them, and the way to another one where the browser has them.
#[component]
pub(super) fn Passkeys() -> impl IntoView {
    let session = use_account().session;
    let passkeys = use_load(move || async move { session.optional().get::<Page<Passkey>>(PATH).await.map(|page| page.data) });
    let adding = RwSignal::new(false);
    let list = move |all: Vec<Passkey>| {
        let full = all.len() >= MAX_PASSKEYS;
        let none = all.is_empty();
        view! {
            {none.then(|| view! { <p>{t(Text::NoPasskeys)}</p> })}
            {(!none).then(|| view! { <ul class="divide-y divide-border">{all.into_iter().map(|row| shown(row, passkeys)).collect_view()}</ul> })}
            {way(full, adding)}
        }
        .into_any()
    };
    view! {
        <div class="ui-stack max-w-form">
            <h2 class="text-lg">{t(Text::Passkeys)}</h2>
            <p class="text-muted">{t(Text::PasskeysText)}</p>
            <Loaded state=passkeys.state() skeleton=|| view! { <TextSkeleton lines=2/> } on_retry=move |()| passkeys.reload() children=list/>
            {move || adding.get().then(|| view! { <NewPasskey adding passkeys/> })}
        </div>
    }
    .into_any()
}

/// How another one is added, or why none is.
fn way(full: bool, adding: RwSignal<bool>) -> AnyView {
    if full {
        return view! { <p class="text-sm text-muted">{t(Text::PasskeysFull)}</p> }.into_any();
    }
    if !has_passkeys() {
        return view! { <p class="text-sm text-muted">{t(Text::PasskeysUnknown)}</p> }.into_any();
    }
    let add = move || {
        let open = move |_| adding.set(true);
        (!adding.get()).then(|| view! { <div><Button icon=icons::PLUS on_click=open>{t(Text::AddPasskey)}</Button></div> })
    };
    add.into_any()
}

fn shown(row: Passkey, passkeys: Loader<Vec<Passkey>>) -> AnyView {
    let [renaming, removing] = [(); 2].map(|()| RwSignal::new(false));
    let id = row.id;
    let date = format_date(Moment::from(row.created_at.0.as_str()), None);
    let about = tf(Text::PasskeyFor, &[("host", &row.host), ("date", &date)]);
    let [first, second, old, name] = [(); 4].map(|()| row.name.clone());
    view! {
        <li class="flex flex-wrap items-center justify-between gap-4 py-3">
            <span class="min-w-0">
                <span class="block font-medium">{row.name}</span>
                <span class="block text-sm text-muted">{about}</span>
            </span>
            <span class="ui-row">
                <Button size=ButtonSize::Small icon=icons::PENCIL on_click=move |_| renaming.set(true)>
                    {t(Text::Edit)} " " <span class="ui-sr-only">{first}</span>
                </Button>
                <Button size=ButtonSize::Small variant=ButtonVariant::Ghost icon=icons::TRASH on_click=move |_| removing.set(true)>
                    {t(Text::Remove)} " " <span class="ui-sr-only">{second}</span>
                </Button>
            </span>
            <RenameDialog open=renaming id name=old passkeys/>
            <RemoveDialog open=removing id name passkeys/>
        </li>
    }
    .into_any()
}

/// Asks for a name and the password, and then the device for its owner.
#[component]
fn NewPasskey(adding: RwSignal<bool>, passkeys: Loader<Vec<Passkey>>) -> impl IntoView {
    let session = use_account().session;
    let toasts = use_toasts();
    let submission = use_submission();
    let (name, password) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    focus_input("passkey_name");
    let add = move |event: SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked();
        let mut reader = Reader::new();
        // Before the device keeps a passkey that the server does not take.
        if let Err(error) = validation::name(&name) {
            reader.refuse("/name", error.code(), error.to_string());
        }
        let proof = ProvePasskeyOwner {
            current_password: password.get_untracked(),
            one_time_code: String::new(),
        };
        submission.send_read(
            reader.finish((name, proof)),
            move |(name, proof)| add_passkey(session.optional(), PATH, name, proof),
            move |_| {
                adding.try_set(false);
                toasts.success(t(Text::PasskeyAdded));
                passkeys.reload();
            },
        );
    };
    view! {
        <form class="ui-stack" on:submit=add novalidate=true>
            {whole_error(submission, Text::PasskeyFailed)}
            <Field label=t(Text::PasskeyName).to_owned() hint=t(Text::PasskeyNameHint).to_owned() error=error_at(submission, "/name")>
                <TextInput value=name name="passkey_name"/>
            </Field>
            <Field label=t(Text::CurrentPassword).to_owned() error=error_at(submission, "/current_password")>
                <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="passkey_password"/>
            </Field>
            <div class="ui-row">
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy()>{t(Text::Save)}</Button>
                <Button on_click=move |_| adding.set(false)>{t(Text::Cancel)}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Another name.
#[component]
fn RenameDialog(open: RwSignal<bool>, id: PasskeyId, name: String, passkeys: Loader<Vec<Passkey>>) -> impl IntoView {
    let session = use_account().session;
    let submission = use_submission();
    let name = RwSignal::new(name);
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        let body = UpdatePasskey {
            name: name.get_untracked(),
        };
        let call = async move {
            let path = format!("{PATH}/{id}");
            session.optional().put::<Passkey>(&path, &body, Options::default()).await
        };
        submission.send(call, move |_| {
            open.try_set(false);
            passkeys.reload();
        });
    };
    view! {
        <Dialog open title=t(Text::RenamePasskey).to_owned()>
            <form class="ui-stack" on:submit=save novalidate=true>
                {whole_error(submission, Text::PasskeyFailed)}
                <Field label=t(Text::PasskeyName).to_owned() error=error_at(submission, "/name")>
                    <TextInput value=name name="passkey_new_name"/>
                </Field>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary full_width=true busy=submission.busy()>{t(Text::Save)}</Button>
            </form>
        </Dialog>
    }
    .into_any()
}

/// Removes it, with the password.
#[component]
fn RemoveDialog(open: RwSignal<bool>, id: PasskeyId, name: String, passkeys: Loader<Vec<Passkey>>) -> impl IntoView {
    let session = use_account().session;
    let toasts = use_toasts();
    let submission = use_submission();
    let password = RwSignal::new(String::new());
    let remove = move |event: SubmitEvent| {
        event.prevent_default();
        let body = ProvePasskeyOwner {
            current_password: password.get_untracked(),
            one_time_code: String::new(),
        };
        let call = async move { session.optional().post::<()>(&format!("{PATH}/{id}/delete"), &body).await };
        submission.send(call, move |()| {
            open.try_set(false);
            toasts.success(t(Text::PasskeyRemoved));
            passkeys.reload();
        });
    };
    let title = tf(Text::RemovePasskey, &[("name", &name)]);
    view! {
        <Dialog open title description=t(Text::RemovePasskeyText).to_owned()>
            <form class="ui-stack" on:submit=remove novalidate=true>
                {whole_error(submission, Text::PasskeyFailed)}
                <Field label=t(Text::CurrentPassword).to_owned() error=error_at(submission, "/current_password")>
                    <TextInput value=password kind=InputKind::Password autocomplete="current-password" name="passkey_password"/>
                </Field>
                <Button kind=ButtonKind::Submit variant=ButtonVariant::Critical full_width=true busy=submission.busy()>{t(Text::Remove)}</Button>
            </form>
        </Dialog>
    }
    .into_any()
}
