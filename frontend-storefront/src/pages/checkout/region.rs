//! The state, province or prefecture of an address: chosen where the country's are known.

use leptos::prelude::*;
use orion_app::{Loader, use_load};
use orion_types::customer::CountryRegions;
use orion_ui::*;

use super::draft::AddressFields;
use crate::account::use_account;
use crate::text::{Text, t};

/// What the chosen country says about regions, and the one of the address.
#[derive(Clone, Copy)]
pub struct Region {
    fields: AddressFields,
    known: Loader<CountryRegions>,
}

/// How the field looks.
#[derive(Clone, Copy, PartialEq)]
enum Look {
    Hidden,
    Typed { needed: bool },
    Chosen { needed: bool },
}

impl Region {
    /// Asks what the country says, now and whenever another one is chosen.
    pub fn of(fields: AddressFields) -> Self {
        let session = use_account().session;
        let known = use_load(move || {
            let country = fields.country.get();
            async move {
                if country.is_empty() {
                    return Ok(CountryRegions::default());
                }
                session.public().get(&format!("/countries/{country}/regions")).await
            }
        });
        Self { fields, known }
    }

    /// Forgets the region: a state of the country before is none of this one.
    pub fn forget(self) -> Callback<String> {
        let region = self.fields.region;
        Callback::new(move |_| region.set(String::new()))
    }

    fn look(self) -> Look {
        let fields = self.fields;
        match self.known.get() {
            Some(known) if !known.regions.is_empty() => Look::Chosen { needed: known.needed },
            Some(known) if known.named => Look::Typed { needed: known.needed },
            // What was typed or saved is shown anyhow.
            _ if fields.region.with_untracked(|region| !region.is_empty()) => Look::Typed { needed: false },
            _ => Look::Hidden,
        }
    }

    /// The known regions, and whatever the address has already.
    fn options(self) -> Vec<SelectOption> {
        let present = self.fields.region.get();
        let known = self.known.get().map(|known| known.regions).unwrap_or_default();
        let mut options: Vec<SelectOption> = known
            .into_iter()
            .map(|region| SelectOption::new(region.code, region.name))
            .collect();
        if !present.is_empty() && options.iter().all(|option| option.value != present) {
            options.insert(0, SelectOption::new(present.clone(), present));
        }
        options
    }

    /// The field, hidden where addresses name no region.
    pub fn field(self, autocomplete: String, error: Signal<Option<String>>) -> AnyView {
        let look = Memo::new(move |_| self.look());
        let value = self.fields.region;
        let label = t(Text::Region).to_owned();
        let shown = move || {
            let (label, autocomplete) = (label.clone(), autocomplete.clone());
            match look.get() {
                Look::Hidden => ().into_any(),
                Look::Typed { needed } => view! {
                    <Field label optional_mark=!needed error><TextInput value autocomplete maxlength=200/></Field>
                }
                .into_any(),
                Look::Chosen { needed } => view! {
                    <Field label optional_mark=!needed error>
                        <Select value options=Signal::derive(move || self.options()) placeholder=t(Text::ChooseRegion).to_owned() autocomplete/>
                    </Field>
                }
                .into_any(),
            }
        };
        shown.into_any()
    }
}
