//! The language of the page. The server has decided it; another one is another page load, so no sentence is reactive.

use std::cell::Cell;

use leptos::prelude::document;
use orion_client::ApiError;
use orion_i18n::{Locale, fill};
use orion_types::FieldProblem;
use orion_ui::UiText;

pub use orion_i18n::{Counted, Text};

thread_local! {
    static LOCALE: Cell<Locale> = const { Cell::new(Locale::En) };
}

/// Takes the language from the document.
pub fn speak_the_page() {
    let lang = document().document_element().and_then(|root| root.get_attribute("lang"));
    if let Some(locale) = lang.as_deref().and_then(Locale::parse) {
        LOCALE.set(locale);
    }
}

/// The language of the page.
pub fn locale() -> Locale {
    LOCALE.get()
}

/// A sentence.
pub fn t(text: Text) -> &'static str {
    text.words(locale())
}

/// A sentence with values in place of its names.
pub fn tf(text: Text, values: &[(&str, &str)]) -> String {
    fill(t(text), values)
}

/// A count with the right form of its noun.
pub fn count(count: i64, things: Counted) -> String {
    things.say(count, locale())
}

/// What is wrong with a field of the last answer. The server's own words are half sentences in English, so none of them is shown.
pub fn field_error(error: &ApiError, pointer: &str) -> Option<String> {
    let FieldProblem { code, .. } = error.problem()?.field(pointer)?;
    let text = match (pointer, code.as_str()) {
        // The code is the provider's own reason, and not for the one at the counter.
        ("/payment", _) => Text::FieldCardDeclined,
        (_, "required") => Text::FieldRequired,
        (_, "invalid_email") => Text::FieldEmail,
        (_, "invalid_postal_code") => Text::FieldPostalCode,
        (_, "invalid_region") => Text::FieldRegion,
        (_, "invalid_card_number") => Text::FieldCardNumber,
        (_, "not_a_test_card") => Text::FieldTestCard,
        (_, "invalid_expiry") => Text::FieldExpiry,
        (_, "expired") => Text::FieldExpired,
        (_, "invalid_cvc") => Text::FieldCvc,
        (_, "invalid_phone") => Text::FieldPhone,
        (_, "taken") => Text::FieldTaken,
        (_, "too_weak") => Text::FieldTooWeak,
        (_, "too_short") => Text::FieldTooShort,
        (_, "too_long") => Text::FieldTooLong,
        _ => Text::FieldInvalid,
    };
    Some(t(text).to_owned())
}

/// What a problem with a passkey is called, of the browser or of the server; `None` for every other one.
pub fn passkey_error(error: &ApiError) -> Option<&'static str> {
    let text = match error.problem()?.code.as_str() {
        "form.passkey_cancelled" => Text::PasskeyCancelled,
        "form.passkey_there" | "people.passkey_known" => Text::PasskeyThere,
        "form.passkey_not_here" | "people.no_passkeys_here" => Text::PasskeyNotHere,
        "form.passkey_unable" => Text::PasskeyUnable,
        "form.passkey_not_done" => Text::PasskeyNotDone,
        "people.passkey_refused" => Text::PasskeyRefused,
        "people.passkey_challenge_ended" => Text::PasskeyEnded,
        "people.too_many_passkeys" => Text::PasskeysFull,
        _ => return None,
    };
    Some(t(text))
}

/// The kit's own words.
pub fn kit_words() -> UiText {
    UiText {
        close: t(Text::Close).into(),
        cancel: t(Text::Cancel).into(),
        retry: t(Text::Retry).into(),
        next: t(Text::Next).into(),
        previous: t(Text::Previous).into(),
        pages: t(Text::Pages).into(),
        error_title: t(Text::ErrorTitle).into(),
        gone_title: t(Text::GoneTitle).into(),
        gone_text: t(Text::GoneText).into(),
        back_to_list: t(Text::BackToList).into(),
        request_id: t(Text::RequestId).into(),
        loading: t(Text::Loading).into(),
        optional: t(Text::Optional).into(),
        show_password: t(Text::ShowPassword).into(),
        hide_password: t(Text::HidePassword).into(),
        clear: t(Text::Clear).into(),
        clear_all: t(Text::ClearAll).into(),
        remove: t(Text::Remove).into(),
        search: t(Text::Search).into(),
        save: t(Text::Save).into(),
        navigation: t(Text::Menu).into(),
        skip_to_content: t(Text::SkipToContent).into(),
        breadcrumbs: t(Text::Breadcrumbs).into(),
        decrease: t(Text::DecreaseQuantity).into(),
        increase: t(Text::IncreaseQuantity).into(),
        price_before: t(Text::PriceBefore).into(),
        price_now: t(Text::PriceNow).into(),
        price_from: t(Text::PriceFrom).into(),
        form_errors: t(Text::FormErrors).into(),
        copy: t(Text::Copy).into(),
        copied: t(Text::Copied).into(),
        just_now: t(Text::JustNow).into(),
        ..UiText::default()
    }
}
