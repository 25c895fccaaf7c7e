//! The fields about the shop that is to be.

use std::time::Duration;

use leptos::prelude::*;
use orion_app::{Submission, use_load, use_session};
use orion_i18n::Locale;
use orion_types::people::{CodeAvailability, SignUpOffer};
use orion_types::validation::slugify;
use orion_ui::*;

use super::complaint;

/// So long nothing has to be typed before a code is asked about.
const REST: Duration = Duration::from_millis(300);

/// What is typed about the shop.
#[derive(Clone, Copy)]
pub struct ShopFields {
    pub name: RwSignal<String>,
    pub code: RwSignal<String>,
    pub currency: RwSignal<String>,
    pub locale: RwSignal<String>,
    accepted: RwSignal<bool>,
    offer: StoredValue<SignUpOffer>,
}

impl ShopFields {
    /// Nothing is typed yet.
    pub fn new(offer: SignUpOffer) -> Self {
        let text = |value: &str| RwSignal::new(value.to_owned());
        Self {
            name: text(""),
            code: text(""),
            currency: text("EUR"),
            locale: text("en"),
            accepted: RwSignal::new(false),
            offer: StoredValue::new(offer),
        }
    }

    /// The version of the terms that is accepted, where there are terms and they are.
    pub fn terms_version(self) -> Option<String> {
        let version = self.offer.with_value(|offer| offer.terms_version.clone());
        Some(version).filter(|version| !version.is_empty() && self.accepted.get_untracked())
    }
}

/// Name, address, currency, language and the terms of the shop.
#[component]
pub fn ShopForm(fields: ShopFields, submission: Submission) -> impl IntoView {
    let suggest = move |name: String| {
        if fields.code.get_untracked().is_empty() {
            fields.code.set(slugify(&name));
        }
    };
    let locales: Vec<SelectOption> = Locale::ALL
        .iter()
        .map(|locale| SelectOption::new(locale.code(), locale.name()))
        .collect();
    let domain = fields.offer.with_value(|offer| offer.domain.clone());
    view! {
        <Field label="Name of the shop" error=submission.field("/name")>
            <TextInput value=fields.name maxlength=100 name="shop_name" autofocus=true on_change=suggest/>
        </Field>
        <CodeField code=fields.code domain submission/>
        <div class="ui-form-grid">
            <Field label="Currency" hint="Three letters, such as EUR; fixed once there are orders" error=submission.field("/currency")>
                <TextInput value=fields.currency maxlength=3 mono=true name="currency"/>
            </Field>
            <Field label="Language" hint="The shop's own" error=submission.field("/locale")>
                <Select value=fields.locale options=Signal::stored(locales)/>
            </Field>
        </div>
        {terms(fields, submission)}
    }
    .into_any()
}

/// What has to be accepted, where anything has.
fn terms(fields: ShopFields, submission: Submission) -> Option<AnyView> {
    let address = fields.offer.with_value(|offer| offer.terms_url.clone());
    (!address.is_empty()).then(|| {
        view! {
            <div class="ui-stack-tight">
                <Checkbox checked=fields.accepted label="I accept the terms of the platform"/>
                <p class="ui-field__hint"><a class="ui-link" href=address target="_blank" rel="noopener external">"Read the terms"</a></p>
                {complaint(submission, "/terms_version")}
            </div>
        }
        .into_any()
    })
}

/// The code of a shop, with what is known of it while it is typed.
#[component]
pub fn CodeField(code: RwSignal<String>, domain: String, submission: Submission) -> impl IntoView {
    let hint = format!("The first part of its address, before .{domain}: letters a–z, digits and hyphens");
    view! {
        <div class="ui-stack-tight">
            <Field label="Address" hint error=submission.field("/code")>
                <TextInput value=code maxlength=63 mono=true autocomplete="off" name="code"/>
            </Field>
            <Availability code domain/>
        </div>
    }
    .into_any()
}

/// Says whether the code is free, once the typing rests.
#[component]
fn Availability(code: RwSignal<String>, domain: String) -> impl IntoView {
    let session = use_session();
    let asked = RwSignal::new(code.get_untracked());
    orion_ui::watch(move || {
        let typed = code.get();
        let timer = set_timeout_with_handle(
            move || {
                asked.try_set(typed);
            },
            REST,
        );
        on_cleanup(move || {
            if let Ok(timer) = timer {
                timer.clear();
            }
        });
    });
    let answer = use_load(move || {
        let typed = String::from(js_sys::encode_uri_component(&asked.get()));
        async move {
            session
                .public()
                .get::<CodeAvailability>(&format!("/sign-up/code?code={typed}"))
                .await
        }
    });
    let said = move || {
        if asked.with(String::is_empty) {
            return String::new();
        }
        match answer.state().get() {
            Load::Ready(answer) if answer.available => format!("{}.{domain} is free.", answer.code),
            Load::Ready(answer) => format!("This {}.", answer.reason),
            Load::Loading | Load::Failed(_) => String::new(),
        }
    };
    view! { <p class="text-sm text-muted" role="status">{said}</p> }.into_any()
}
