use leptos::prelude::*;
use orion_app::{Loader, use_client, use_submission};
use orion_client::Options;
use orion_types::permission::Permission;
use orion_types::status::FontPair;
use orion_types::store::{StoreSettings, UpdateStoreSettings};
use orion_ui::*;

use crate::store::may;

/// Name, language, currency and looks.
#[component]
pub fn General(settings: StoreSettings, loader: Loader<StoreSettings>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let text = |value: &str| RwSignal::new(value.to_owned());
    let (name, tagline, email) = (text(&settings.name), text(&settings.tagline), text(&settings.contact_email));
    let (hero_title, hero_text) = (text(&settings.hero_title), text(&settings.hero_text));
    let (story_title, story_text) = (text(&settings.brand_title), text(&settings.brand_text));
    let delivery = text(&settings.shipping_hint);
    let (currency, locale, zone) = (text(settings.currency.code()), text(&settings.locale), text(&settings.timezone));
    let included = RwSignal::new(settings.prices_include_tax);
    let fonts = text(settings.theme.fonts.as_str());
    let (accent, locked, version) = (text(&settings.theme.accent), settings.currency_locked, settings.version);
    let theme = settings.theme.clone();
    let change = move || UpdateStoreSettings {
        name: Some(name.get()),
        tagline: Some(tagline.get()),
        contact_email: Some(email.get()),
        currency: Some(currency.get()),
        prices_include_tax: Some(included.get()),
        locale: Some(locale.get()),
        timezone: Some(zone.get()),
        hero_title: Some(hero_title.get()),
        hero_text: Some(hero_text.get()),
        brand_title: Some(story_title.get()),
        brand_text: Some(story_text.get()),
        shipping_hint: Some(delivery.get()),
        theme: Some(orion_types::store::Theme {
            accent: accent.get(),
            fonts: fonts.get().parse().unwrap_or_default(),
            ..theme.clone()
        }),
    };
    let saved = untrack(&change);
    let change = StoredValue::new(change);
    let dirty = Memo::new(move |_| change.with_value(|change| change()) != saved);
    let save = move |()| {
        let body = untrack(|| change.with_value(|change| change()));
        submission.send(
            async move { client.patch::<StoreSettings>("/settings", &body, Options::if_match(version)).await },
            move |settings| {
                toasts.success("Settings saved");
                loader.set(settings);
            },
        );
    };
    let readonly = !may(Permission::SettingsWrite);
    let zones = zone_options(&settings.timezone);
    view! {
        {move || submission.message().get().map(|message| view! { <Callout tone=Tone::Critical title="Not saved">{message}</Callout> })}
        <Card title="Store">
            <div class="ui-stack">
                <Field label="Name" error=submission.field("/name")><TextInput value=name maxlength=100 disabled=readonly/></Field>
                <Field label="Tagline" error=submission.field("/tagline")><TextInput value=tagline maxlength=200 disabled=readonly/></Field>
                <Field label="Contact e-mail" hint="Customers' answers to mails arrive here" error=submission.field("/contact_email")><TextInput value=email kind=InputKind::Email disabled=readonly/></Field>
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
        <Card title="Home page">
            <div class="ui-stack">
                <Field label="Headline" error=submission.field("/hero_title")><TextInput value=hero_title maxlength=200 disabled=readonly/></Field>
                <Field label="Text below it" error=submission.field("/hero_text")><TextArea value=hero_text rows=3 disabled=readonly/></Field>
                <div class="ui-form-grid">
                    <Field label="Accent colour" hint="As #rrggbb" error=submission.field("/theme/accent")><TextInput value=accent mono=true maxlength=7 disabled=readonly/></Field>
                    <Field label="Fonts" hint="Of headings, and of everything else" error=submission.field("/theme/fonts")><Select value=fonts options=Signal::stored(font_pairs()) disabled=readonly/></Field>
                </div>
            </div>
        </Card>
        <Card title="Texts">
            <div class="ui-stack">
                <Field label="Title of your story" hint="On the home page" optional_mark=true error=submission.field("/brand_title")><TextInput value=story_title maxlength=200 disabled=readonly/></Field>
                <Field label="Your story" optional_mark=true error=submission.field("/brand_text")><TextArea value=story_text rows=5 disabled=readonly/></Field>
                <Field label="Delivery" hint="What product pages say about it, such as 3–5 working days" optional_mark=true error=submission.field("/shipping_hint")><TextInput value=delivery maxlength=200 disabled=readonly/></Field>
            </div>
        </Card>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=save on_discard=move |()| loader.reload()/>
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

fn font_pairs() -> Vec<SelectOption> {
    let option = |pair: &FontPair| {
        let (heading, body) = pair.families();
        let name = if heading == body {
            heading.to_owned()
        } else {
            format!("{heading} and {body}")
        };
        SelectOption::new(pair.as_str(), name)
    };
    FontPair::ALL.iter().map(option).collect()
}
