//! Why nothing came of a try, in words for merchants and operators.

use chrono::TimeDelta;
use instant_acme::Error;
use orion_framework::auth::VaultError;
use orion_framework::db::DbError;
use orion_framework::job::JobError;

use crate::chain::ChainError;
use crate::client::Refusal;

/// Characters that are kept.
const LONGEST: usize = 500;

/// Why nothing came of a try.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    /// The authority, or the way to it.
    #[error(transparent)]
    Authority(#[from] Error),
    /// What it has given is of no use.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// It goes on in another way than it should.
    #[error("{0}")]
    Unexpected(&'static str),
    /// The key could not be locked away.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The way to it cannot be made.
    #[error(transparent)]
    Client(#[from] reqwest::Error),
    /// Nothing of the above: the job is tried again.
    #[error(transparent)]
    Job(#[from] JobError),
}

impl From<DbError> for Trouble {
    fn from(error: DbError) -> Self {
        Self::Job(error.into())
    }
}

/// A try that has failed, as it is kept.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) told: String,
    pub(crate) wait: Option<TimeDelta>,
}

impl Trouble {
    /// What is kept of it. Where the way to the authority failed, its own words are for the log alone: they name addresses of this network.
    ///
    /// # Errors
    /// The trouble that is no failure of the try: the job's own.
    pub(crate) fn failure(self, refusal: Option<Refusal>) -> Result<Failure, JobError> {
        let told = match self {
            Self::Job(error) => return Err(error),
            Self::Authority(error) => of_authority(&error, refusal),
            Self::Chain(error) => error.to_string(),
            Self::Unexpected(words) => words.to_owned(),
            Self::Vault(error) => error.to_string(),
            Self::Client(error) => {
                tracing::error!(%error, "no way to the certificate authority can be made");
                "The certificate authority could not be reached.".to_owned()
            }
        };
        let told = told.chars().filter(|letter| !letter.is_control()).take(LONGEST).collect();
        let asks_to_wait = |refusal: &Refusal| matches!(refusal.status, 429 | 503);
        Ok(Failure {
            told,
            wait: refusal.filter(asks_to_wait).and_then(|refusal| refusal.wait),
        })
    }
}

fn of_authority(error: &Error, refusal: Option<Refusal>) -> String {
    match error {
        Error::Api(problem) => {
            let words = problem.detail.as_deref().or(problem.r#type.as_deref());
            words.unwrap_or("The certificate authority refuses without a reason.").to_owned()
        }
        Error::Timeout(_) => "The certificate authority did not finish in time.".to_owned(),
        Error::Json(_) => match refusal {
            Some(Refusal { status, .. }) => format!("The certificate authority answered {status}."),
            None => "The certificate authority's answer could not be read.".to_owned(),
        },
        other => {
            tracing::warn!(error = %other, "the certificate authority could not be asked");
            "The certificate authority could not be reached.".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(error: Error, refusal: Option<Refusal>) -> Failure {
        Trouble::from(error).failure(refusal).unwrap()
    }

    #[test]
    fn an_authority_that_is_in_trouble_is_told_by_its_status_and_left_alone_as_long_as_it_wants() {
        let error = serde_json::from_str::<u8>("<html>").unwrap_err();
        let wait = Some(TimeDelta::minutes(30));
        let refusal = Refusal { status: 503, wait };
        let failure = told(Error::Json(error), Some(refusal));
        assert_eq!(failure.told, "The certificate authority answered 503.");
        assert_eq!(failure.wait, wait);
    }

    #[test]
    fn the_wait_of_another_answer_counts_for_nothing() {
        let refusal = Refusal {
            status: 400,
            wait: Some(TimeDelta::hours(9)),
        };
        assert_eq!(told(Error::Timeout(None), Some(refusal)).wait, None);
    }

    #[test]
    fn addresses_of_this_network_are_told_to_nobody() {
        let inside = std::io::Error::other("tcp connect error 10.1.2.3:443");
        let failure = told(Error::Other(inside.into()), None);
        assert_eq!(failure.told, "The certificate authority could not be reached.");
    }

    #[test]
    fn what_is_no_failure_of_the_try_stays_with_the_job() {
        let trouble = Trouble::from(DbError::NotFound);
        assert!(matches!(trouble.failure(None), Err(JobError::Retry(_))));
    }
}
