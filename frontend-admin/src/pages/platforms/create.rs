use leptos::prelude::*;
use orion_app::{Refused, use_client, use_submission};
use orion_types::admin::{CreatePlatform, Platform};
use orion_types::validation::slugify;
use orion_ui::*;

/// A new platform: its domain is on at once, with all optional modules.
#[component]
pub fn NewPlatformPage() -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let go = use_go();
    let submission = use_submission();
    let [name, code, domain] = [(); 3].map(|()| RwSignal::new(String::new()));
    let suggest_code = move |name: String| {
        if code.get_untracked().is_empty() {
            code.set(slugify(&name));
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let go = go.clone();
        let body = CreatePlatform {
            code: code.get_untracked(),
            name: name.get_untracked(),
            domain: domain.get_untracked(),
            modules: None,
        };
        let call = async move { client.post::<Platform>("/platforms", &body).await };
        submission.send(call, move |platform| {
            toasts.success(format!("{} was created", platform.name));
            go(&format!("/platforms/{}", platform.id));
        });
    };
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="New platform" subtitle="A domain with stores below it" back_href="/platforms" back_label="Platforms"/>
            <form class="ui-stack" on:submit=submit novalidate=true>
                <Refused submission title="The platform was not created"/>
                <Card title="Platform" description="It is on at once, on every server, with all optional modules; those are switched on its page.">
                    <div class="ui-stack">
                        <Field label="Name" error=submission.field("/name")><TextInput value=name maxlength=100 name="name" on_change=suggest_code/></Field>
                        <Field label="Code" hint="What it is called in lists and commands; it stays. Letters a–z, digits and hyphens" error=submission.field("/code")>
                            <TextInput value=code maxlength=63 mono=true name="code"/>
                        </Field>
                        <Field label="Domain" hint="Stores are one label below it, the administration is at admin. before it; both have to lead to this installation" error=submission.field("/domain")>
                            <TextInput value=domain maxlength=253 mono=true autocomplete="off" name="domain"/>
                        </Field>
                    </div>
                </Card>
                <div class="ui-row justify-end">
                    <LinkButton href="/platforms">"Cancel"</LinkButton>
                    <Button kind=ButtonKind::Submit variant=ButtonVariant::Primary busy=submission.busy()>"Create platform"</Button>
                </div>
            </form>
        </div>
    }
    .into_any()
}
