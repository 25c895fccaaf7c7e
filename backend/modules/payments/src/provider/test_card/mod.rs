//! A card provider for trying the shop out. The number decides what happens; books of its own make it answer like a real one.

mod books;
mod calls;
mod card;

use orion_framework::StoreAccess;
use std::time::Duration;

use chrono::NaiveDate;
use futures_util::FutureExt;
use orion_framework::problem::FieldErrors;
use orion_i18n::{Locale, Text};
use orion_types::Money;
use orion_types::checkout::{PaymentChoice, PaymentMethod};
use uuid::Uuid;

pub use calls::SOURCE;

use super::{Answer, Charge, Outcome, PaymentProvider, ProviderId, Token};
use books::Verdict;
use card::Behaviour;

/// The provider `test-card`.
pub struct TestCard;

impl PaymentProvider for TestCard {
    fn id(&self) -> ProviderId {
        ProviderId::TestCard
    }

    fn method(&self, locale: Locale) -> PaymentMethod {
        let provider = self.id().as_str().to_owned();
        PaymentMethod {
            provider,
            name: Text::TestCardName.words(locale).to_owned(),
            instructions: Text::TestCardText.words(locale).to_owned(),
        }
    }

    fn patience(&self) -> Duration {
        Duration::from_millis(500)
    }

    fn tokenise(&self, choice: &PaymentChoice, today: NaiveDate, errors: &mut FieldErrors) -> Option<Token> {
        match choice {
            PaymentChoice::Manual => None,
            PaymentChoice::TestCard { card_number, expiry, cvc } => card::tokenise(card_number, expiry, cvc, today, errors),
        }
    }

    fn authorise_and_capture<'a>(&'a self, access: &'a StoreAccess, charge: &'a Charge) -> Answer<'a, Outcome> {
        async move {
            let behaviour = Behaviour::of_token(&charge.token);
            let entry = books::open(access, charge, behaviour.verdict()).await?;
            if behaviour.never_answers() {
                // The charge is on the books, but the line is dead.
                return std::future::pending().await;
            }
            Ok(entry.outcome())
        }
        .boxed()
    }

    fn confirm<'a>(&'a self, access: &'a StoreAccess, key: Uuid, accept: bool) -> Answer<'a, Outcome> {
        let verdict = if accept { Verdict::Approved } else { Verdict::Declined };
        async move {
            Ok(books::decide(access, key, verdict)
                .await?
                .map_or(Outcome::Pending, |entry| entry.outcome()))
        }
        .boxed()
    }

    fn lookup<'a>(&'a self, access: &'a StoreAccess, key: Uuid) -> Answer<'a, Option<Outcome>> {
        async move { Ok(books::find(access, key).await?.map(|entry| entry.outcome())) }.boxed()
    }

    fn call_off<'a>(&'a self, access: &'a StoreAccess, key: Uuid) -> Answer<'a, Outcome> {
        async move { Ok(books::call_off(access, key).await?.outcome()) }.boxed()
    }

    fn refund<'a>(&'a self, access: &'a StoreAccess, key: Uuid, amount: Money) -> Answer<'a, ()> {
        books::refund(access, key, amount).boxed()
    }
}
