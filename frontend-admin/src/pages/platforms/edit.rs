use leptos::prelude::*;
use orion_app::{Loader, Read, Reader, Refused, use_client, use_submission};
use orion_client::Options;
use orion_types::admin::{Platform, UpdatePlatform};
use orion_ui::*;

/// What is typed about a platform.
#[derive(Clone, Copy)]
struct Draft {
    name: RwSignal<String>,
    domain: RwSignal<String>,
}

impl Draft {
    /// What it would send; to be tracked.
    fn read(&self) -> Read<UpdatePlatform> {
        Reader::new().finish(UpdatePlatform {
            name: Some(self.name.get().trim().to_owned()),
            domain: Some(self.domain.get().trim().to_owned()),
        })
    }
}

/// Name and domain. Another domain moves every host of the platform at once, so that is asked about first.
#[component]
pub fn EditPlatform(platform: Platform, loader: Loader<Platform>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let draft = Draft {
        name: RwSignal::new(platform.name.clone()),
        domain: RwSignal::new(platform.domain.clone()),
    };
    let saved = untrack(|| draft.read());
    let dirty = Memo::new(move |_| draft.read() != saved);
    let asking = RwSignal::new(false);
    let (id, version, stores) = (platform.id, platform.version, platform.store_count);
    let before = StoredValue::new(platform.domain.clone());
    let save = move |()| {
        let call = move |body: UpdatePlatform| async move {
            let path = format!("/platforms/{id}");
            client.patch::<Platform>(&path, &body, Options::if_match(version)).await
        };
        asking.set(false);
        submission.send_read(untrack(|| draft.read()), call, move |platform| {
            toasts.success("Platform saved");
            loader.set(platform);
        });
    };
    let ask = move |()| {
        let moves = before.with_value(|before| draft.domain.get_untracked().trim() != before);
        if moves { asking.set(true) } else { save(()) }
    };
    let message = move || {
        let (from, to) = (before.get_value(), draft.domain.get());
        format!(
            "{} and the administration answer below {} at once, and nowhere below {from} any more: nothing redirects, passkeys of the old hosts do not work at the new ones, and everybody signs in again.",
            count_of(stores, "store", "stores"),
            to.trim(),
        )
    };
    view! {
        <Refused submission title="Not saved"/>
        <Card title="Platform">
            <div class="ui-stack">
                <Field label="Name" error=submission.field("/name")><TextInput value=draft.name maxlength=100 name="name"/></Field>
                <Field label="Domain" hint="Stores are one label below it. Change it at the address of another platform, so that you are not shut out" error=submission.field("/domain")>
                    <TextInput value=draft.domain maxlength=253 mono=true autocomplete="off" name="domain"/>
                </Field>
                <DefinitionList items=vec![Definition::new("Code", view! { <CopyText value=platform.code.clone()/> })]/>
            </div>
        </Card>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=ask on_discard=move |()| loader.reload()/>
        <ConfirmDialog
            open=asking
            title="Move the platform to another domain?"
            message=Signal::derive(message)
            confirm_label="Move it"
            tone=Tone::Critical
            busy=submission.busy()
            on_confirm=save
        />
    }
    .into_any()
}
