use leptos::prelude::*;
use orion_app::{Loader, Reader, Refused, use_submission};
use orion_types::permission::Permission;
use orion_types::store::{StoreSettings, UpdateStoreSettings};
use orion_ui::*;

use super::SettingsBar;
use crate::store::may;

/// Name, language, currency, and what product pages say about delivery.
#[component]
pub fn General(settings: StoreSettings, loader: Loader<StoreSettings>) -> impl IntoView {
    let submission = use_submission();
    let text = |value: &str| RwSignal::new(value.to_owned());
    let (name, tagline, email) = (text(&settings.name), text(&settings.tagline), text(&settings.contact_email));
    let delivery = text(&settings.shipping_hint);
    let (currency, locale, zone) = (text(settings.currency.code()), text(&settings.locale), text(&settings.timezone));
    let included = RwSignal::new(settings.prices_include_tax);
    let (locked, version) = (settings.currency_locked, settings.version);
    let change = move || {
        Reader::new().finish(UpdateStoreSettings {
            name: Some(name.get()),
            tagline: Some(tagline.get()),
            contact_email: Some(email.get()),
            currency: Some(currency.get()),
            prices_include_tax: Some(included.get()),
            locale: Some(locale.get()),
            timezone: Some(zone.get()),
            shipping_hint: Some(delivery.get()),
            ..UpdateStoreSettings::default()
        })
    };
    let readonly = !may(Permission::SettingsWrite);
    let zones = zone_options(&settings.timezone);
    view! {
        <Refused submission title="Not saved"/>
        <Card title="Store">
            <div class="ui-stack">
                <Field label="Name" error=submission.field("/name")><TextInput value=name maxlength=100 disabled=readonly/></Field>
                <Field label="Tagline" error=submission.field("/tagline")><TextInput value=tagline maxlength=200 disabled=readonly/></Field>
                <Field label="Contact e-mail" hint="Customers' answers to mails arrive here" error=submission.field("/contact_email")><TextInput value=email kind=InputKind::Email disabled=readonly/></Field>
                <Field label="Delivery" hint="What product pages say about it, such as 3–5 working days" optional_mark=true error=submission.field("/shipping_hint")><TextInput value=delivery maxlength=200 disabled=readonly/></Field>
            </div>
        </Card>
        <Card title="Language and money">
            <div class="ui-stack">
                <div class="ui-form-grid">
                    <Field label="Currency" hint=if locked { "Fixed, since there are orders" } else { "Fixed once there are orders" } error=submission.field("/currency")>
                        <TextInput value=currency maxlength=3 mono=true disabled=readonly || locked/>
                    </Field>
                    <Field label="Language of the shop" error=submission.field("/locale")><Select value=locale options=Signal::stored(languages()) disabled=readonly/></Field>
                </div>
                <Field label="Time zone" hint="Where a day begins in the dashboard" error=submission.field("/timezone")><Select value=zone options=Signal::stored(zones) disabled=readonly/></Field>
                <Switch checked=included label="Prices include tax" disabled=readonly/>
            </div>
        </Card>
        <SettingsBar change=StoredValue::new(Box::new(change)) submission version loader/>
    }
}

fn languages() -> Vec<SelectOption> {
    vec![
        SelectOption::new("en", "English"),
        SelectOption::new("fr", "Français"),
        SelectOption::new("de", "Deutsch"),
    ]
}

/// The zones that the browser knows, and the store's own in any case: a list without it would silently choose another.
fn zone_options(own: &str) -> Vec<SelectOption> {
    let mut zones = time_zones();
    if !zones.iter().any(|zone| zone == own) {
        zones.insert(0, own.to_owned());
    }
    zones
        .into_iter()
        .map(|zone| SelectOption::new(zone.as_str(), zone.replace('_', " ")))
        .collect()
}
