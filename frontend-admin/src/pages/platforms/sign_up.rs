use leptos::prelude::*;
use orion_app::{Loader, Read, Reader, Refused, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::PlatformId;
use orion_types::people::{MAX_OWN_STORES, SignUpPolicy, UpdateSignUpPolicy};
use orion_ui::*;

/// Whether people open shops on the platform by themselves, and on which terms.
#[component]
pub fn SignUpCard(platform: PlatformId) -> impl IntoView {
    let client = use_client();
    let policy = use_load(move || async move { client.get::<SignUpPolicy>(&format!("/platforms/{platform}/sign-up")).await });
    view! {
        <Loaded state=policy.state() skeleton=|| view! { <Card><TextSkeleton lines=4/></Card> } on_retry=move |()| policy.reload() let:value>
            <Policy platform policy=value loader=policy/>
        </Loaded>
    }
    .into_any()
}

/// What is typed about it.
#[derive(Clone)]
struct Draft {
    allowed: RwSignal<bool>,
    max_stores: NumberField,
    terms_url: RwSignal<String>,
    terms_version: RwSignal<String>,
}

impl Draft {
    fn of(policy: &SignUpPolicy) -> Self {
        Self {
            allowed: RwSignal::new(policy.allowed),
            max_stores: NumberField::whole(1, MAX_OWN_STORES.into(), Some(policy.max_stores.into())),
            terms_url: RwSignal::new(policy.terms_url.clone()),
            terms_version: RwSignal::new(policy.terms_version.clone()),
        }
    }

    /// What it would send; to be tracked.
    fn read(&self) -> Read<UpdateSignUpPolicy> {
        let mut reader = Reader::new();
        let body = UpdateSignUpPolicy {
            allowed: self.allowed.get(),
            max_stores: reader.required("/max_stores", &self.max_stores),
            terms_url: self.terms_url.get().trim().to_owned(),
            terms_version: self.terms_version.get().trim().to_owned(),
        };
        reader.finish(body)
    }
}

#[component]
fn Policy(platform: PlatformId, policy: SignUpPolicy, loader: Loader<SignUpPolicy>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let version = policy.version;
    let draft = Draft::of(&policy);
    let kept = StoredValue::new(draft.clone());
    let save = move |_| {
        let call = move |body: UpdateSignUpPolicy| async move {
            let path = format!("/platforms/{platform}/sign-up");
            client.put::<SignUpPolicy>(&path, &body, Options::if_match(version)).await
        };
        submission.send_read(untrack(|| kept.with_value(Draft::read)), call, move |policy| {
            toasts.success("Sign-up saved");
            loader.set(policy);
        });
    };
    view! {
        <Card title="Sign-up" description="The platform's own address leads to a page on which people open shops by themselves, after they have confirmed their address.">
            <div class="ui-stack">
                <Refused submission title="Not saved"/>
                <Switch checked=draft.allowed label="People may open shops by themselves"/>
                <Field label="Shops of one account" hint="At most, 1 to 50" error=submission.field("/max_stores")>
                    <NumberInput value=draft.max_stores/>
                </Field>
                <Field label="Address of the terms" hint="Begins with https://; empty, as the version, where nothing has to be accepted" error=submission.field("/terms_url")>
                    <TextInput value=draft.terms_url maxlength=500 autocomplete="off" name="terms_url"/>
                </Field>
                <Field label="Version of the terms" hint="Kept with what each shop has accepted, such as 2026-12" error=submission.field("/terms_version")>
                    <TextInput value=draft.terms_version maxlength=50 mono=true autocomplete="off" name="terms_version"/>
                </Field>
                <div class="ui-row justify-end">
                    {move || submission.is_stale().then(|| view! { <Button on_click=move |_| loader.reload()>"Load the present state"</Button> })}
                    <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=save>"Save sign-up"</Button>
                </div>
            </div>
        </Card>
    }
    .into_any()
}
