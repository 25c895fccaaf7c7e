use leptos::prelude::*;
use orion_app::{Loader, Refused, use_client, use_submission};
use orion_types::admin::{DisablePlatform, Platform};
use orion_ui::*;

/// Switches a platform off, and on again.
#[component]
pub fn DangerZone(platform: Platform, loader: Loader<Platform>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let (asking, reason) = (RwSignal::new(false), RwSignal::new(String::new()));
    let (id, active) = (platform.id, platform.active);
    let changed = move |platform: Platform| {
        asking.try_set(false);
        toasts.success(if platform.active {
            "The platform is on again"
        } else {
            "The platform is switched off"
        });
        loader.set(platform);
    };
    let disable = move |_| {
        let body = DisablePlatform {
            reason: reason.get_untracked(),
        };
        let call = async move { client.post::<Platform>(&format!("/platforms/{id}/disable"), &body).await };
        submission.send(call, changed);
    };
    let enable = move |_| {
        let call = async move { client.post::<Platform>(&format!("/platforms/{id}/enable"), &()).await };
        submission.send(call, changed);
    };
    let action = if active {
        view! { <Button variant=ButtonVariant::QuietCritical on_click=move |_| asking.set(true)>"Switch platform off"</Button> }.into_any()
    } else {
        view! { <Button variant=ButtonVariant::Primary busy=submission.busy() on_click=enable>"Switch platform on"</Button> }.into_any()
    };
    let said = if active {
        "Switched off, none of its hosts leads anywhere: shops, dashboards and its administration are gone until it is on again. Nothing is deleted."
    } else {
        "Shops, dashboards and its administration are where they were as soon as it is on again."
    };
    let stores = count_of(platform.store_count, "store", "stores");
    let description = format!(
        "{stores} cannot be reached from then on, neither by customers nor by staff, under own domains either. Orders, mails and payments that wait go on waiting. The reason is kept in the audit log."
    );
    view! {
        <Card title=if active { "Danger zone" } else { "Status" }>
            <div class="ui-stack">
                <p class="text-sm text-muted">{said}</p>
                {move || (!asking.get()).then(|| view! { <Refused submission title="That did not work"/> })}
                {action}
            </div>
        </Card>
        <Dialog
            open=asking
            title=format!("Switch {} off?", platform.name)
            description
            footer=move || view! {
                <Button on_click=move |_| asking.set(false)>"Leave it on"</Button>
                <Button variant=ButtonVariant::Critical busy=submission.busy() on_click=disable>"Switch off"</Button>
            }
        >
            <div class="ui-stack">
                <Refused submission title="Not switched off"/>
                <Field label="Reason" error=submission.field("/reason")><TextInput value=reason maxlength=500 autocomplete="off" name="reason"/></Field>
            </div>
        </Dialog>
    }
    .into_any()
}
