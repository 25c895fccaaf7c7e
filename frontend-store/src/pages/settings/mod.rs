//! The settings of the store.

mod bank;
mod general;
mod shipping;
mod tax;

use leptos::prelude::*;
use orion_app::{use_client, use_load};
use orion_types::permission::Permission;
use orion_types::store::StoreSettings;
use orion_ui::*;

use crate::store::{may, module_on};
use bank::Bank;
use general::General;
use shipping::Shipping;
use tax::Tax;

/// The settings of the store; shipping and tax belong to the orders module, the bank account to payments.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let client = use_client();
    let settings = use_load(move || async move { client.get::<StoreSettings>("/settings").await });
    let sells = Memo::new(move |_| module_on("orders"));
    let takes_money = Memo::new(move |_| module_on("payments"));
    let readonly = move || !may(Permission::SettingsWrite);
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="Settings"/>
            {move || readonly().then(|| view! { <Callout tone=Tone::Neutral title="Only the owner changes settings">"You can read them."</Callout> })}
            <Loaded state=settings.state() skeleton=|| view! { <FormSkeleton/> } on_retry=move |()| settings.reload() let:value>
                <General settings=value loader=settings/>
            </Loaded>
            {move || sells.get().then(|| view! { <Shipping/> <Tax/> })}
            {move || takes_money.get().then(|| view! { <Bank/> })}
        </div>
    }
}
