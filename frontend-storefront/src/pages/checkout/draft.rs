//! What the customer has typed so far.

use leptos::prelude::*;
use orion_types::Money;
use orion_types::ShippingMethodId;
use orion_types::checkout::{CheckoutOptions, PaymentChoice, PlaceOrder};
use orion_types::customer::Address;
use orion_types::store::ShippingMethod;
use orion_ui::{RadioCard, icons};

use crate::shop::money;
use crate::text::{Text, t, tf};

/// The fields of a postal address.
#[derive(Clone, Copy)]
pub struct AddressFields {
    pub name: RwSignal<String>,
    pub line1: RwSignal<String>,
    pub line2: RwSignal<String>,
    pub city: RwSignal<String>,
    pub region: RwSignal<String>,
    pub postal_code: RwSignal<String>,
    pub country: RwSignal<String>,
    pub phone: RwSignal<String>,
}

impl AddressFields {
    /// Empty fields; the country is chosen where there is only one.
    pub fn new(countries: &[String]) -> Self {
        let empty = || RwSignal::new(String::new());
        let only = if countries.len() == 1 {
            countries[0].clone()
        } else {
            String::new()
        };
        Self {
            name: empty(),
            line1: empty(),
            line2: empty(),
            city: empty(),
            region: empty(),
            postal_code: empty(),
            country: RwSignal::new(only),
            phone: empty(),
        }
    }

    /// Puts a known address into the fields.
    pub fn fill(&self, address: &Address) {
        self.name.set(address.name.clone());
        self.line1.set(address.line1.clone());
        self.line2.set(address.line2.clone());
        self.city.set(address.city.clone());
        self.region.set(address.region.clone());
        self.postal_code.set(address.postal_code.clone());
        self.country.set(address.country.clone());
        self.phone.set(address.phone.clone());
    }

    /// The address as it is sent.
    pub fn read(&self) -> Address {
        let text = |field: RwSignal<String>| field.with_untracked(|text| text.trim().to_owned());
        Address {
            name: text(self.name),
            line1: text(self.line1),
            line2: text(self.line2),
            city: text(self.city),
            region: text(self.region),
            postal_code: text(self.postal_code),
            country: text(self.country),
            phone: text(self.phone),
        }
    }
}

/// Everything the checkout asks for.
#[derive(Clone, Copy)]
pub struct Draft {
    pub email: RwSignal<String>,
    pub shipping: AddressFields,
    pub billing: AddressFields,
    pub billing_same: RwSignal<bool>,
    pub shipping_method: RwSignal<String>,
    pub provider: RwSignal<String>,
    pub card_number: RwSignal<String>,
    pub expiry: RwSignal<String>,
    pub cvc: RwSignal<String>,
    pub note: RwSignal<String>,
}

impl Draft {
    /// Nothing typed; the first way of shipping and of paying chosen.
    pub fn new(options: &CheckoutOptions) -> Self {
        let text = |text: String| RwSignal::new(text);
        let method = options
            .shipping_methods
            .first()
            .map(|method| method.id.to_string())
            .unwrap_or_default();
        let provider = options
            .payment_methods
            .first()
            .map(|method| method.provider.clone())
            .unwrap_or_default();
        Self {
            email: text(String::new()),
            shipping: AddressFields::new(&options.countries),
            billing: AddressFields::new(&options.countries),
            billing_same: RwSignal::new(true),
            shipping_method: text(method),
            provider: text(provider),
            card_number: text(String::new()),
            expiry: text(String::new()),
            cvc: text(String::new()),
            note: text(String::new()),
        }
    }

    /// The chosen way of shipping.
    pub fn shipping_id(&self) -> Option<ShippingMethodId> {
        self.shipping_method.with(|id| id.parse().ok())
    }

    /// Whether a card is asked for.
    pub fn is_card(&self) -> bool {
        self.provider.with(|provider| provider == "test-card")
    }

    /// The order as it is sent; none while no way of shipping is chosen.
    pub fn order(&self, total: Money) -> Option<PlaceOrder> {
        let shipping_method_id = self.shipping_method.with_untracked(|id| id.parse().ok())?;
        let card = self.provider.with_untracked(|provider| provider == "test-card");
        let typed = |field: RwSignal<String>| field.with_untracked(|text| text.trim().to_owned());
        let payment = if card {
            let digits = self
                .card_number
                .with_untracked(|number| number.chars().filter(|c| !c.is_whitespace() && *c != '-').collect());
            PaymentChoice::TestCard {
                card_number: digits,
                expiry: typed(self.expiry),
                cvc: typed(self.cvc),
            }
        } else {
            PaymentChoice::Manual
        };
        Some(PlaceOrder {
            email: typed(self.email),
            shipping_address: self.shipping.read(),
            billing_address: (!self.billing_same.get_untracked()).then(|| self.billing.read()),
            shipping_method_id,
            payment,
            expected_total_minor: total.amount_minor,
            note: typed(self.note),
        })
    }
}

/// The ways of shipping as choices with their prices.
pub fn shipping_cards(methods: &[ShippingMethod]) -> Vec<RadioCard> {
    let card = |method: &ShippingMethod| {
        let price = if method.price.amount_minor == 0 {
            t(Text::Free).to_owned()
        } else {
            money(method.price)
        };
        let card = RadioCard::new(method.id.to_string(), method.name.as_str())
            .trailing(price)
            .icon(icons::TRUCK);
        match method.free_from {
            Some(from) => card.description(tf(Text::FreeFrom, &[("price", &money(from))])),
            None => card,
        }
    };
    methods.iter().map(card).collect()
}
