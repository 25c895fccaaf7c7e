use leptos::prelude::*;
use orion_app::{Refused, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::team::SecurityPolicy;
use orion_ui::*;

/// What the store says when the owner has no second factor themselves.
const OWN_FIRST: &str = "people.own_factor_first";

/// What the store wants of everybody who works for it; a member who may not change it sees it.
#[component]
pub fn PolicyCard(writes: bool) -> impl IntoView {
    let client = use_client();
    let policy = use_load(move || async move { client.get::<SecurityPolicy>("/security").await });
    view! {
        <Card title="Security">
            <Loaded state=policy.state() skeleton=|| view! { <TextSkeleton lines=2/> } on_retry=move |()| policy.reload() let:value>
                <PolicyForm value writes/>
            </Loaded>
        </Card>
    }
    .into_any()
}

#[component]
fn PolicyForm(value: SecurityPolicy, writes: bool) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let required = RwSignal::new(value.second_factor_required);
    let save = move |_| {
        let body = SecurityPolicy {
            second_factor_required: required.get_untracked(),
        };
        let call = async move { client.put::<SecurityPolicy>("/security", &body, Options::default()).await };
        submission.send(call, move |saved| {
            required.try_set(saved.second_factor_required);
            toasts.success("Saved");
        });
    };
    let own_first = move || {
        submission
            .problem(OWN_FIRST)
            .map(|_| view! { <LinkButton href="/account">"Go to your account"</LinkButton> })
    };
    view! {
        <div class="ui-stack">
            <Refused submission title="Not saved"/>
            {own_first}
            <Switch
                checked=required
                label="Everybody needs a second factor"
                hint="Who has none reaches their own account alone, from their next click on, and turns it on there. API keys go on as they are."
                disabled=!writes
            />
            {writes.then(|| view! { <div><Button variant=ButtonVariant::Primary busy=submission.busy() on_click=save>"Save"</Button></div> })}
        </div>
    }
    .into_any()
}
