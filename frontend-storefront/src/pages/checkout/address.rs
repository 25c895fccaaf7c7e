use leptos::prelude::*;
use orion_ui::*;

use super::draft::AddressFields;
use super::region::Region;
use crate::text::{Text, t};

/// The fields of an address, named so that browsers fill them in.
#[component]
pub fn AddressForm<E>(
    /// The fields.
    fields: AddressFields,
    /// `shipping` or `billing`, the section of the autofill names; empty for none.
    section: &'static str,
    /// Countries to choose from, as codes.
    countries: Vec<String>,
    /// What is wrong with a field, by its name on the wire.
    error_at: E,
) -> impl IntoView
where
    E: Fn(&'static str) -> Signal<Option<String>> + 'static,
{
    let fill = move |name: &str| {
        if section.is_empty() {
            name.to_owned()
        } else {
            format!("{section} {name}")
        }
    };
    let options = country_options(countries);
    let line = |label: Text, value: RwSignal<String>, name: &'static str, field: &'static str, optional: bool| {
        view! {
            <Field label=t(label).to_owned() optional_mark=optional error=error_at(field)><TextInput value autocomplete=fill(name) maxlength=200/></Field>
        }
        .into_any()
    };
    let region = Region::of(fields);
    view! {
        <div class="ui-form-grid">
            <div class="ui-form-grid__wide">
                <Field label=t(Text::Country).to_owned() error=error_at("country")>
                    <Select value=fields.country options placeholder=t(Text::ChooseCountry).to_owned() autocomplete=fill("country") on_change=region.forget()/>
                </Field>
            </div>
            <div class="ui-form-grid__wide">{line(Text::FullName, fields.name, "name", "name", false)}</div>
            <div class="ui-form-grid__wide">{line(Text::AddressLine1, fields.line1, "address-line1", "line1", false)}</div>
            <div class="ui-form-grid__wide">{line(Text::AddressLine2, fields.line2, "address-line2", "line2", true)}</div>
            {line(Text::PostalCode, fields.postal_code, "postal-code", "postal_code", false)}
            {line(Text::City, fields.city, "address-level2", "city", false)}
            {region.field(fill("address-level1"), error_at("region"))}
            <Field label=t(Text::Phone).to_owned() hint=t(Text::PhoneHint).to_owned() optional_mark=true error=error_at("phone")>
                <TextInput value=fields.phone kind=InputKind::Tel autocomplete=fill("tel") inputmode="tel"/>
            </Field>
        </div>
    }
    .into_any()
}

/// Countries by their names, in the order of the reader's alphabet.
fn country_options(countries: Vec<String>) -> Vec<SelectOption> {
    let mut options: Vec<SelectOption> = countries
        .into_iter()
        .map(|code| SelectOption::new(code.as_str(), country_name(&code, None)))
        .collect();
    sort_few(&mut options, |a, b| compare_words(&a.label, &b.label));
    options
}
