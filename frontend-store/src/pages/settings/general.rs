use leptos::prelude::*;
use orion_app::{Loader, Reader, Refused, use_submission};
use orion_i18n::Locale;
use orion_types::Currency;
use orion_types::permission::Permission;
use orion_types::store::{StoreSettings, UpdateStoreSettings};
use orion_types::time_zone::time_zones;
use orion_types::validation::{MAX_PRICE_RATE, PRICE_RATE_DECIMALS};
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
    let (present, prices) = (settings.currency, settings.price_count);
    let rate = NumberField::decimal(PRICE_RATE_DECIMALS, MAX_PRICE_RATE, None);
    let asked = rate.clone();
    // Prices mean nothing without their currency: another one asks what they become.
    let moved = Memo::new(move |_| other_currency(&currency.get(), present).filter(|_| prices > 0));
    let change = move || {
        let mut reader = Reader::new();
        let price_rate = moved.get().map(|_| decimal_text(reader.required("/price_rate", &rate)));
        reader.finish(UpdateStoreSettings {
            name: Some(name.get()),
            tagline: Some(tagline.get()),
            contact_email: Some(email.get()),
            currency: Some(currency.get()),
            price_rate,
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
                {move || moved.get().map(|to| {
                    let rate = asked.clone();
                    view! {
                    <Callout tone=Tone::Warning title=format!("{} in {present}", count_of(prices, "price is", "prices are"))>
                        <div class="ui-stack">
                            <span>{format!("All of them, shipping included, become amounts in {to} as you save: what they are now times the rate, rounded. 1 keeps the figures.")}</span>
                            <Field label=format!("1 {present} is") error=submission.field("/price_rate")>
                                <NumberInput value=rate suffix=Signal::stored(to.code().to_owned())/>
                            </Field>
                        </div>
                    </Callout>
                }})}
                <Field label="Time zone" hint="Where a day begins in the dashboard" error=submission.field("/timezone")><Select value=zone options=Signal::stored(zones) disabled=readonly/></Field>
                <Switch checked=included label="Prices include tax" disabled=readonly/>
            </div>
        </Card>
        <SettingsBar change=StoredValue::new(Box::new(change)) submission version loader/>
    }
}

/// The currency that is typed, when it is one and not the present one.
fn other_currency(typed: &str, present: Currency) -> Option<Currency> {
    let typed = typed.trim().to_ascii_uppercase();
    let known = Currency::all().into_iter().find(|currency| currency.code() == typed);
    known.filter(|currency| *currency != present)
}

/// A rate in units of its last decimal, as the server reads it.
fn decimal_text(rate: i64) -> String {
    let whole = 10_i64.pow(PRICE_RATE_DECIMALS);
    format!("{}.{:0width$}", rate / whole, rate % whole, width = PRICE_RATE_DECIMALS as usize)
}

fn languages() -> Vec<SelectOption> {
    let options = Locale::ALL.iter().map(|locale| SelectOption::new(locale.code(), locale.name()));
    options.collect()
}

/// The zones by their names of today, and the store's own in any case: a list without it would silently choose another.
fn zone_options(own: &str) -> Vec<SelectOption> {
    let mut zones: Vec<&str> = time_zones().collect();
    if !zones.contains(&own) {
        zones.insert(0, own);
    }
    zones
        .into_iter()
        .map(|zone| SelectOption::new(zone, zone.replace('_', " ")))
        .collect()
}
