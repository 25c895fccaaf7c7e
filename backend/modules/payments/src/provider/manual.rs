//! Payment outside of the shop: a person says when the money has arrived.

use std::time::Duration;

use chrono::NaiveDate;
use futures_util::FutureExt;
use futures_util::future::ready;
use orion_framework::problem::FieldErrors;
use orion_framework::tenancy::StoreContext;
use orion_types::Money;
use orion_types::checkout::{PaymentChoice, PaymentMethod};
use uuid::Uuid;

use super::{Answer, Charge, Outcome, PaymentProvider, ProviderId, Scope, Token};

/// Bank transfer and the like.
pub struct Manual;

impl PaymentProvider for Manual {
    fn id(&self) -> ProviderId {
        ProviderId::Manual
    }

    fn method(&self, store: &StoreContext) -> PaymentMethod {
        let (name, instructions) = words(&store.locale, &store.name, &store.contact_email);
        PaymentMethod {
            provider: self.id().as_str().to_owned(),
            name: name.to_owned(),
            instructions,
        }
    }

    fn patience(&self) -> Duration {
        Duration::ZERO
    }

    fn tokenise(&self, _: &PaymentChoice, _: NaiveDate, _: &mut FieldErrors) -> Option<Token> {
        None
    }

    fn authorise_and_capture<'a>(&'a self, _: Scope<'a>, _: &'a Charge) -> Answer<'a, Outcome> {
        ready(Ok(Outcome::Pending)).boxed()
    }

    fn confirm<'a>(&'a self, _: Scope<'a>, _: Uuid, _: bool) -> Answer<'a, Outcome> {
        ready(Ok(Outcome::Pending)).boxed()
    }

    fn lookup<'a>(&'a self, _: Scope<'a>, _: Uuid) -> Answer<'a, Option<Outcome>> {
        ready(Ok(Some(Outcome::Pending))).boxed()
    }

    fn call_off<'a>(&'a self, _: Scope<'a>, _: Uuid) -> Answer<'a, Outcome> {
        ready(Ok(Outcome::Declined {
            code: "called_off".to_owned(),
        }))
        .boxed()
    }

    /// A person returns what a person received; the timeline of the order tells them to.
    fn refund<'a>(&'a self, _: Scope<'a>, _: Uuid, _: Money) -> Answer<'a, ()> {
        ready(Ok(())).boxed()
    }
}

fn words(locale: &str, shop: &str, email: &str) -> (&'static str, String) {
    let (name, mut text) = match locale {
        "fr" => (
            "Virement bancaire",
            format!("Virez le total à {shop} en indiquant votre numéro de commande."),
        ),
        "de" => (
            "Überweisung",
            format!("Überweisen Sie den Betrag an {shop} und geben Sie Ihre Bestellnummer an."),
        ),
        _ => (
            "Bank transfer",
            format!("Transfer the total to {shop} and state your order number."),
        ),
    };
    if !email.is_empty() {
        text.push_str(&match locale {
            "fr" => format!(" Pour nos coordonnées bancaires, écrivez à {email}."),
            "de" => format!(" Unsere Bankverbindung erhalten Sie von {email}."),
            _ => format!(" Ask {email} for our bank details."),
        });
    }
    (name, text)
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn the_instructions_speak_the_language_of_the_shop() {
        assert_eq!(words("de", "Acme", "").0, "Überweisung");
        assert!(words("fr", "Acme", "shop@acme.test").1.ends_with("shop@acme.test."));
        assert_eq!(words("ja", "Acme", "").1, "Transfer the total to Acme and state your order number.");
    }
}
