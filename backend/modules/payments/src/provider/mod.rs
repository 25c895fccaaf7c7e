//! Who moves the money: the contract of a payment provider, and the providers there are.

mod manual;
mod test_card;

use orion_framework::StoreAccess;
use std::time::Duration;

use chrono::NaiveDate;
use futures_util::future::BoxFuture;
use orion_framework::db::{DbError, StoreTx};
use orion_framework::incoming::IncomingSource;
use orion_framework::problem::FieldErrors;
use orion_i18n::Locale;
use orion_types::Money;
use orion_types::checkout::{PaymentChoice, PaymentMethod};
use orion_types::order::PaymentDetail;
use uuid::Uuid;

pub use manual::how_to_pay;

/// The providers that tell by themselves what becomes of charges.
pub const INCOMING: &[IncomingSource] = &[test_card::SOURCE];

use manual::Manual;
use test_card::TestCard;

/// A provider by its name in tables and on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProviderId {
    /// Money that arrives outside of the shop, such as a bank transfer.
    Manual,
    /// Cards that exist only for trying the shop out.
    TestCard,
}

impl ProviderId {
    /// The spelling in the tables and on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::TestCard => "test-card",
        }
    }

    /// The provider with this spelling.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Manual, Self::TestCard].into_iter().find(|id| id.as_str() == text)
    }

    /// The provider that a customer chose.
    pub const fn of(choice: &PaymentChoice) -> Self {
        match choice {
            PaymentChoice::Manual => Self::Manual,
            PaymentChoice::TestCard { .. } => Self::TestCard,
        }
    }

    /// Whether the order waits for an answer of the provider before it counts.
    pub const fn answers_at_once(self) -> bool {
        matches!(self, Self::TestCard)
    }
}

/// What a provider gave for a card; the number itself goes nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The provider's name for the card.
    pub token: String,
    /// The last four digits, for people.
    pub last4: String,
}

/// What a provider is asked to take.
#[derive(Debug, Clone)]
pub struct Charge {
    /// The payment's id; the same key always gets the same answer and moves money once.
    pub key: Uuid,
    /// How much.
    pub amount: Money,
    /// From which card.
    pub token: String,
}

/// What a provider says about a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The money is taken.
    Captured {
        /// The provider's name for the charge.
        reference: String,
    },
    /// The card's owner has to agree first.
    RequiresConfirmation {
        /// The provider's name for the charge.
        reference: String,
    },
    /// Nothing is taken and nothing will be.
    Declined {
        /// Why, for programs: `card_declined`, `not_confirmed` …
        code: String,
    },
    /// Nobody knows yet.
    Pending,
}

/// A provider could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// The key was used for another amount.
    #[error("the charge {0} was made for another amount")]
    Conflict(Uuid),
    /// The provider's books cannot be reached.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for ProviderError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

/// What a customer still has to pay.
#[derive(Debug, Clone, Copy)]
pub struct Due {
    /// The language the customer reads.
    pub locale: Locale,
    /// The order's number, by which the shop recognises the money.
    pub number: Option<i64>,
    /// How much.
    pub amount: Money,
}

/// How a customer pays what is open; empty when there is nothing to do.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Instructions {
    /// All of it, for a mail.
    pub text: String,
    /// The facts, for a page; empty where there are none to name.
    pub details: Vec<PaymentDetail>,
}

/// The answer of a provider, on its way.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, ProviderError>>;

/// A payment provider. Nothing here runs inside a transaction of the shop, and every call may be repeated.
pub trait PaymentProvider: Send + Sync {
    /// Which one it is.
    fn id(&self) -> ProviderId;

    /// How it is offered in the shop, to somebody who reads `locale`.
    fn method(&self, locale: Locale) -> PaymentMethod;

    /// How to pay orders that wait for their money, each in turn; empty when there is nothing for the customer to do.
    ///
    /// # Errors
    /// The database cannot be read.
    fn instructions(&self, _: &mut StoreTx, due: &[Due]) -> Result<Vec<Instructions>, DbError> {
        Ok(due.iter().map(|_| Instructions::default()).collect())
    }

    /// How long the shop waits for an answer before it goes on without one.
    fn patience(&self) -> Duration;

    /// Turns what the customer typed into a token; what is wrong goes into `errors`.
    fn tokenise(&self, choice: &PaymentChoice, today: NaiveDate, errors: &mut FieldErrors) -> Option<Token>;

    /// Takes the money.
    fn authorise_and_capture<'a>(&'a self, access: &'a StoreAccess, charge: &'a Charge) -> Answer<'a, Outcome>;

    /// Passes on whether the card's owner agrees.
    fn confirm<'a>(&'a self, access: &'a StoreAccess, key: Uuid, accept: bool) -> Answer<'a, Outcome>;

    /// What became of a charge; `None` when the provider has never heard of it.
    fn lookup<'a>(&'a self, access: &'a StoreAccess, key: Uuid) -> Answer<'a, Option<Outcome>>;

    /// Makes sure that nothing is taken from now on, even if the charge arrives later; answers [`Outcome::Captured`] when it is too late.
    fn call_off<'a>(&'a self, access: &'a StoreAccess, key: Uuid) -> Answer<'a, Outcome>;

    /// Gives captured money back.
    fn refund<'a>(&'a self, access: &'a StoreAccess, key: Uuid, amount: Money) -> Answer<'a, ()>;
}

/// The provider behind an id.
pub fn provider(id: ProviderId) -> &'static dyn PaymentProvider {
    match id {
        ProviderId::Manual => &Manual,
        ProviderId::TestCard => &TestCard,
    }
}

/// The providers that a shop offers. Test cards stay out of production: everybody knows the number that approves.
pub fn offered(production: bool) -> Vec<&'static dyn PaymentProvider> {
    let all: [&dyn PaymentProvider; 2] = [&Manual, &TestCard];
    all.into_iter()
        .filter(|provider| !(production && provider.id() == ProviderId::TestCard))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn test_cards_are_not_offered_in_production() {
        let ids = |production| offered(production).iter().map(|provider| provider.id()).collect::<Vec<_>>();
        assert_eq!(ids(true), [ProviderId::Manual]);
        assert_eq!(ids(false), [ProviderId::Manual, ProviderId::TestCard]);
    }

    #[test]
    fn a_provider_is_spelled_the_same_everywhere() {
        for id in [ProviderId::Manual, ProviderId::TestCard] {
            assert_eq!(ProviderId::parse(id.as_str()), Some(id));
            assert_eq!(provider(id).id(), id);
        }
        assert_eq!(ProviderId::parse("stripe"), None);
    }
}
