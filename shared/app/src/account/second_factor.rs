use leptos::prelude::*;
use orion_types::auth::{RecoveryCodeSet, SecondFactor, SecondFactorSetup};
use orion_ui::*;

use super::prove::{RenewDialog, TurnOffDialog};
use super::set_up::{Ask, Codes, Scan};
use crate::{use_client, use_load};

/// How far somebody has come.
#[derive(Clone)]
pub(super) enum Stage {
    /// What there is.
    Shown,
    /// Their password is asked for.
    Asking,
    /// An app is to take the secret over.
    Scanning(SecondFactorSetup),
    /// The recovery codes are to be kept.
    Keeping(RecoveryCodeSet),
}

/// Whether signing in takes a code of an authenticator app, and the way to turn that on and off.
#[component]
pub(super) fn SecondFactorCard(
    /// Runs when it was turned on and the recovery codes are kept, and when it was turned off.
    #[prop(into)]
    on_changed: Callback<()>,
) -> impl IntoView {
    let client = use_client();
    let factor = use_load(move || async move { client.get::<SecondFactor>("/me/second-factor").await });
    let stage = RwSignal::new(Stage::Shown);
    let done = Callback::new(move |()| {
        stage.set(Stage::Shown);
        factor.reload();
        on_changed.run(());
    });
    view! {
        <Card title="Second factor" description="A code of an app on your telephone, asked for after the password.">
            {move || match stage.get() {
                Stage::Shown => view! {
                    <Loaded state=factor.state() skeleton=|| view! { <TextSkeleton lines=2/> } on_retry=move |()| factor.reload() let:value>
                        <Shown value stage done/>
                    </Loaded>
                }.into_any(),
                Stage::Asking => view! { <Ask stage/> }.into_any(),
                Stage::Scanning(setup) => view! { <Scan setup stage/> }.into_any(),
                Stage::Keeping(codes) => view! { <Codes codes done/> }.into_any(),
            }}
        </Card>
    }
    .into_any()
}

#[component]
fn Shown(value: SecondFactor, stage: RwSignal<Stage>, done: Callback<()>) -> impl IntoView {
    let Some(since) = value.on_since else {
        return view! {
            <div class="ui-stack">
                <p>"It is off: whoever has your password is in."</p>
                <div><Button variant=ButtonVariant::Primary on_click=move |_| stage.set(Stage::Asking)>"Set up an authenticator app"</Button></div>
            </div>
        }
        .into_any();
    };
    let [renewing, leaving] = [(); 2].map(|()| RwSignal::new(false));
    let left = value.recovery_codes_left;
    view! {
        <div class="ui-stack">
            <p><Badge tone=Tone::Positive>"On"</Badge> " since " <DateTime at=Moment::from(since.0)/></p>
            <p class="text-sm text-muted">{format!("Recovery codes left: {left}")}</p>
            {(left < 3).then(|| view! { <Callout tone=Tone::Warning title="Few recovery codes are left">"Make new ones before you need the last."</Callout> })}
            <div class="ui-row">
                <Button on_click=move |_| renewing.set(true)>"New recovery codes"</Button>
                <Button variant=ButtonVariant::Critical on_click=move |_| leaving.set(true)>"Turn off"</Button>
            </div>
            <RenewDialog open=renewing on_made=move |codes: RecoveryCodeSet| stage.set(Stage::Keeping(codes))/>
            <TurnOffDialog open=leaving done/>
        </div>
    }
    .into_any()
}
