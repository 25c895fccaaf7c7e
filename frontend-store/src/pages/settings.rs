use leptos::prelude::*;
use orion_app::{Loader, use_client, use_load, use_submission};
use orion_client::Options;
use orion_types::Page;
use orion_types::permission::Permission;
use orion_types::status::FontPair;
use orion_types::store::{SaveShippingMethod, SaveTaxRate, ShippingMethod, StoreSettings, TaxRate, UpdateStoreSettings};
use orion_ui::*;

use crate::store::{currency, may, module_on};

/// The settings of the store; shipping and tax belong to the orders module.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let client = use_client();
    let settings = use_load(move || async move { client.get::<StoreSettings>("/settings").await });
    let sells = Memo::new(move |_| module_on("orders"));
    view! {
        <div class="ui-page ui-page--form">
            <PageHeader title="Settings"/>
            <Loaded state=settings.state() skeleton=|| view! { <FormSkeleton/> } on_retry=move |()| settings.reload() let:value>
                <General settings=value loader=settings/>
            </Loaded>
            {move || sells.get().then(|| view! { <Shipping/> <Tax/> })}
        </div>
    }
}

#[component]
fn General(settings: StoreSettings, loader: Loader<StoreSettings>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let text = |value: &str| RwSignal::new(value.to_owned());
    let (name, tagline, email) = (text(&settings.name), text(&settings.tagline), text(&settings.contact_email));
    let (hero_title, hero_text) = (text(&settings.hero_title), text(&settings.hero_text));
    let (currency, locale) = (text(settings.currency.code()), text(&settings.locale));
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
        hero_title: Some(hero_title.get()),
        hero_text: Some(hero_text.get()),
        theme: Some(orion_types::store::Theme {
            accent: accent.get(),
            fonts: fonts.get().parse().unwrap_or_default(),
            ..theme.clone()
        }),
        ..UpdateStoreSettings::default()
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
    let locales = vec![
        SelectOption::new("en", "English"),
        SelectOption::new("fr", "Français"),
        SelectOption::new("de", "Deutsch"),
    ];
    let pairs = FontPair::ALL
        .iter()
        .map(|pair| {
            let (heading, body) = pair.families();
            let name = if heading == body {
                heading.to_owned()
            } else {
                format!("{heading} and {body}")
            };
            SelectOption::new(pair.as_str(), name)
        })
        .collect::<Vec<_>>();
    view! {
        {readonly.then(|| view! { <Callout tone=Tone::Neutral title="Only the owner changes settings">"You can read them."</Callout> })}
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
                    <Field label="Language of the shop" error=submission.field("/locale")><Select value=locale options=Signal::stored(locales) disabled=readonly/></Field>
                </div>
                <Switch checked=included label="Prices include tax" disabled=readonly/>
            </div>
        </Card>
        <Card title="Home page">
            <div class="ui-stack">
                <Field label="Headline" error=submission.field("/hero_title")><TextInput value=hero_title maxlength=200 disabled=readonly/></Field>
                <Field label="Text below it" error=submission.field("/hero_text")><TextArea value=hero_text rows=3 disabled=readonly/></Field>
                <div class="ui-form-grid">
                    <Field label="Accent colour" hint="As #rrggbb" error=submission.field("/theme/accent")><TextInput value=accent mono=true maxlength=7 disabled=readonly/></Field>
                    <Field label="Fonts" hint="Of headings, and of everything else" error=submission.field("/theme/fonts")><Select value=fonts options=Signal::stored(pairs) disabled=readonly/></Field>
                </div>
            </div>
        </Card>
        <SaveBar dirty=Signal::from(dirty) busy=submission.busy() on_save=save on_discard=move |()| loader.reload()/>
    }
}

#[component]
fn Shipping() -> impl IntoView {
    let client = use_client();
    let methods = use_load(move || async move { client.get::<Page<ShippingMethod>>("/settings/shipping-methods").await });
    view! {
        <Loaded state=methods.state() skeleton=|| view! { <FormSkeleton/> } on_retry=move |()| methods.reload() let:value>
            {value.data.into_iter().map(|method| view! { <Method method on_saved=move |()| methods.reload()/> }).collect_view()}
        </Loaded>
    }
}

#[component]
fn Method(method: ShippingMethod, #[prop(into)] on_saved: Callback<()>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let name = RwSignal::new(method.name.clone());
    let price = RwSignal::new(Some(method.price.amount_minor));
    let free_from = RwSignal::new(method.free_from.map(|money| money.amount_minor));
    let (id, version, active) = (method.id, method.version, method.active);
    let save = move |_| {
        let body = SaveShippingMethod {
            name: name.get_untracked(),
            price_minor: price.get_untracked().unwrap_or(0),
            free_from_minor: free_from.get_untracked(),
            active,
        };
        let call = async move {
            client
                .put::<ShippingMethod>(&format!("/settings/shipping-methods/{id}"), &body, Options::if_match(version))
                .await
        };
        submission.send(call, move |_| {
            toasts.success("Shipping saved");
            on_saved.run(());
        });
    };
    let readonly = !may(Permission::SettingsWrite);
    view! {
        <Card title="Shipping" footer=move || may(Permission::SettingsWrite).then(|| view! { <Button busy=submission.busy() on_click=save>"Save shipping"</Button> })>
            <div class="ui-stack">
                {move || submission.message().get().map(|message| view! { <Callout tone=Tone::Critical title="Not saved">{message}</Callout> })}
                <Field label="Name" error=submission.field("/name")><TextInput value=name maxlength=100 disabled=readonly/></Field>
                <div class="ui-form-grid">
                    <Field label="Price" error=submission.field("/price_minor")><MoneyInput value=price currency=currency() disabled=readonly/></Field>
                    <Field label="Free from" optional_mark=true error=submission.field("/free_from_minor")><MoneyInput value=free_from currency=currency() disabled=readonly/></Field>
                </div>
            </div>
        </Card>
    }
}

#[component]
fn Tax() -> impl IntoView {
    let client = use_client();
    let rate = use_load(move || async move { client.get::<TaxRate>("/settings/tax-rate").await });
    view! {
        <Loaded state=rate.state() skeleton=|| view! { <FormSkeleton/> } on_retry=move |()| rate.reload() let:value>
            <Rate rate=value loader=rate/>
        </Loaded>
    }
}

#[component]
fn Rate(rate: TaxRate, loader: Loader<TaxRate>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let (name, percent) = (RwSignal::new(rate.name.clone()), RwSignal::new(percent_text(rate.rate_bp)));
    let unreadable = RwSignal::new(false);
    let version = rate.version;
    let save = move |_| {
        let rate_bp = percent.with_untracked(|text| basis_points(text));
        unreadable.set(rate_bp.is_none());
        let Some(rate_bp) = rate_bp else { return };
        let body = SaveTaxRate {
            name: name.get_untracked(),
            rate_bp,
        };
        submission.send(
            async move { client.put::<TaxRate>("/settings/tax-rate", &body, Options::if_match(version)).await },
            move |rate| {
                toasts.success("Tax saved");
                loader.set(rate);
            },
        );
    };
    let refused = submission.field("/rate_bp");
    let error = Signal::derive(move || {
        unreadable
            .get()
            .then(|| "A percentage with at most two decimals, such as 17 or 8.1".to_owned())
            .or_else(|| refused.get())
    });
    let readonly = !may(Permission::SettingsWrite);
    view! {
        <Card title="Tax" footer=move || may(Permission::SettingsWrite).then(|| view! { <Button busy=submission.busy() on_click=save>"Save tax"</Button> })>
            <div class="ui-form-grid">
                <Field label="Name" error=submission.field("/name")><TextInput value=name maxlength=100 disabled=readonly/></Field>
                <Field label="Rate" error><TextInput value=percent inputmode="decimal" suffix="%" maxlength=6 disabled=readonly/></Field>
            </div>
        </Card>
    }
}

/// 1750 as `17.5`.
fn percent_text(basis_points: u32) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `17.5`, or `17,5`, as 1750.
fn basis_points(text: &str) -> Option<u32> {
    let text = text.trim().replace(',', ".");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || decimals.len() > 2 || !is_number(whole) || !is_number(decimals) {
        return None;
    }
    format!("{whole}{decimals:0<2}").parse().ok()
}
