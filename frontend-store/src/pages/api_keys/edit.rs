use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::api_key::{ApiKey, ApiKeySecret, UpdateApiKey};
use orion_types::permission::Permission;
use orion_ui::*;

use super::dialogs::{RevokeDialog, RotateDialog};
use super::form::{Draft, KeyForm};
use super::list::{expires, last_used};
use super::secret::SecretCard;
use crate::store::may;

/// One key: what it is, what it may do, and what can be done with it.
#[component]
pub fn KeyPage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let key = use_load(move || {
        let path = format!("/api-keys/{}", id.get());
        async move { client.get::<ApiKey>(&path).await }
    });
    // Shown over the change that it comes with.
    let rotated = RwSignal::new(None::<ApiKeySecret>);
    view! {
        <div class="ui-page">
            <Loaded state=key.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| key.reload() let:value>
                <Detail key=value loader=key rotated/>
            </Loaded>
        </div>
    }
}

#[component]
fn Detail(key: ApiKey, loader: Loader<ApiKey>, rotated: RwSignal<Option<ApiKeySecret>>) -> impl IntoView {
    let writes = may(Permission::KeysWrite);
    // Another secret changes it, and leaves what somebody is typing.
    let now = RwSignal::new(key.clone());
    let main = if writes {
        view! { <EditKey key=key.clone() now loader/> }.into_any()
    } else {
        rights_view(&key)
    };
    let actions = writes.then(|| view! { <Actions key=key.clone() now rotated/> });
    view! {
        <PageHeader title=key.name.clone() subtitle=format!("{}…", key.prefix) back_href="/api-keys" back_label="API keys">{actions}</PageHeader>
        {move || rotated.get().map(|made| rotated_view(made, rotated))}
        <div class="ui-columns">
            <div class="ui-columns__main">{main}</div>
            <div class="ui-columns__side">
                <Card title="Key">{move || now.with(facts)}</Card>
            </div>
        </div>
    }
    .into_any()
}

fn rights_view(key: &ApiKey) -> AnyView {
    let rights = key.scopes.iter().map(|right| view! { <li>{right.key()}</li> }).collect_view();
    view! { <Card title="What it may do"><ul>{rights}</ul></Card> }.into_any()
}

fn rotated_view(made: ApiKeySecret, rotated: RwSignal<Option<ApiKeySecret>>) -> AnyView {
    let until = made.api_key.previous_secret_until.map(|until| {
        let until = format_date_time(Moment::from(until.0), None);
        format!("Until {until} the secret before this one is good as well, so that nothing is refused while the program changes over.")
    });
    view! {
        <SecretCard secret=made.secret note=until>
            <Button variant=ButtonVariant::Primary on_click=move |_| { rotated.set(None); keep_focus(); }>"Copied: hide it"</Button>
        </SecretCard>
    }
    .into_any()
}

fn facts(key: &ApiKey) -> AnyView {
    let secrets = match (&key.previous_prefix, &key.previous_secret_until) {
        (Some(prefix), Some(until)) => {
            format!("Two; {prefix}… until {}", format_date_time(Moment::from(until.0.clone()), None))
        }
        _ => "One".to_owned(),
    };
    let mut facts = vec![Definition::new("Last used", last_used(key))];
    facts.extend(key.last_used_ip.clone().map(|ip| Definition::new("From", ip)));
    facts.extend([
        Definition::new("Expires", expires(key)),
        Definition::new("Secrets", secrets),
        Definition::new("Created by", key.created_by.clone()),
        Definition::new("Created", view! { <DateTime at=Moment::from(key.created_at.0.clone())/> }),
    ]);
    view! { <DefinitionList items=facts/> }.into_any()
}

#[component]
fn Actions(key: ApiKey, now: RwSignal<ApiKey>, rotated: RwSignal<Option<ApiKeySecret>>) -> impl IntoView {
    let [rotating, revoking] = [(); 2].map(|()| RwSignal::new(false));
    view! {
        <Button icon=icons::KEY_ROUND disabled=key.expired on_click=move |_| rotating.set(true)>"Change the secret"</Button>
        <Button variant=ButtonVariant::QuietCritical icon=icons::TRASH on_click=move |_| revoking.set(true)>"Revoke"</Button>
        <RotateDialog open=rotating key=now rotated/>
        <RevokeDialog open=revoking key/>
    }
    .into_any()
}

#[component]
fn EditKey(key: ApiKey, now: RwSignal<ApiKey>, loader: Loader<ApiKey>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let draft = Draft::of(&key);
    let saved = untrack(|| draft.read());
    let dirty = Memo::new(move |_| draft.read() != saved);
    let id = key.id;
    let save = move |()| {
        let version = now.with_untracked(|key| key.version);
        let call = move |body: UpdateApiKey| async move {
            let path = format!("/api-keys/{id}");
            client.patch::<ApiKey>(&path, &body, Options::if_match(version)).await
        };
        submission.send_read(untrack(|| draft.read()), call, move |key| {
            toasts.success("Key saved");
            loader.set(key);
        });
    };
    view! {
        <KeyForm draft submission/>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=save on_discard=move |()| loader.reload()/>
    }
    .into_any()
}
