//! Passwords: bcrypt over a keyed hash, off the threads that serve the shop.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bcrypt::HashParts;
use orion_types::validation;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::{AcquireError, OwnedSemaphorePermit, Semaphore};

use super::mac::keyed_hash;

/// How long a sign-in waits for its turn at hashing.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a password was neither right nor wrong.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    /// So many sign-ins wait that this one would take too long.
    #[error("too many passwords are being checked")]
    Busy,
    /// bcrypt failed.
    #[error("a password could not be hashed: {0}")]
    Hash(String),
}

/// Hashes and checks passwords; cheap to clone.
#[derive(Clone)]
pub struct Passwords {
    cost: u32,
    pepper: SecretString,
    turns: Arc<Semaphore>,
    /// One more turn for whoever comes from where somebody has signed in before.
    known: Arc<Semaphore>,
    /// What an unknown account is checked against.
    dummy: Arc<str>,
}

impl Passwords {
    /// `cost` is bcrypt's, 4 to 31: each step doubles the time. `pepper` is a secret outside the database; without it, a
    /// stolen table cannot even be guessed at, and when it changes every password has to be set anew.
    pub fn new(cost: u32, pepper: SecretString) -> Self {
        // One core stays free for the shop, however many people sign in.
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let turns = Arc::new(Semaphore::new(cores.saturating_sub(1).max(1)));
        // A hash that no password has: bcrypt works as long on it as on a real one.
        let dummy = format!("$2b${cost:02}${}{}", ".".repeat(22), ".".repeat(31)).into();
        Self {
            cost,
            pepper,
            turns,
            known: Arc::new(Semaphore::new(1)),
            dummy,
        }
    }

    /// Hashes a password for storage.
    ///
    /// # Errors
    /// [`PasswordError::Busy`] when too many wait.
    pub async fn hash(&self, password: &str) -> Result<String, PasswordError> {
        let (keyed, cost) = (self.keyed(password), self.cost);
        self.take_turn(false, move || {
            bcrypt::non_truncating_hash(keyed, cost).map_err(|error| PasswordError::Hash(error.to_string()))
        })
        .await?
    }

    /// Whether `password` belongs to `hash`; pass `None` for an unknown account, which takes as long and is false. Who is `known` does not
    /// wait behind those who are not.
    ///
    /// # Errors
    /// [`PasswordError::Busy`] when too many wait.
    pub async fn verify(&self, password: &str, hash: Option<&str>, known: bool) -> Result<bool, PasswordError> {
        let usable = hash.filter(|hash| hash.parse::<HashParts>().is_ok());
        let exists = usable.is_some();
        let hash = usable.unwrap_or(&self.dummy).to_owned();
        let keyed = self.keyed(password);
        let equal = self.take_turn(known, move || bcrypt::non_truncating_verify(keyed, &hash)).await?;
        let equal = equal.map_err(|error| PasswordError::Hash(error.to_string()))?;
        Ok(equal && exists && acceptable(password))
    }

    /// Whether a hash was made with less effort than is asked for now.
    pub fn needs_rehash(&self, hash: &str) -> bool {
        hash.parse::<HashParts>().is_ok_and(|parts| parts.get_cost() < self.cost)
    }

    /// 44 bytes without a NUL whatever the password is, because bcrypt itself reads 72 bytes and stops at a NUL.
    fn keyed(&self, password: &str) -> String {
        STANDARD.encode(keyed_hash(self.pepper.expose_secret().as_bytes(), password.as_bytes()))
    }

    async fn take_turn<T: Send + 'static>(&self, known: bool, work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
        let turn = tokio::time::timeout(PATIENCE, self.turn(known)).await;
        let Ok(Ok(turn)) = turn else {
            return Err(PasswordError::Busy);
        };
        let task = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        task.await.map_err(|error| PasswordError::Hash(error.to_string()))
    }
}

impl Passwords {
    async fn turn(&self, known: bool) -> Result<OwnedSemaphorePermit, AcquireError> {
        if !known {
            return self.turns.clone().acquire_owned().await;
        }
        tokio::select! {
            turn = self.known.clone().acquire_owned() => turn,
            turn = self.turns.clone().acquire_owned() => turn,
        }
    }
}

/// No account has a password that could not have been chosen.
fn acceptable(password: &str) -> bool {
    password.len() <= validation::MAX_PASSWORD_BYTES && !password.contains('\0')
}

#[cfg(test)]
mod tests {
    use orion_types::validation::FieldError;

    use super::*;
    use crate::auth::password_rule::{PasswordRule, check_new_password};

    fn passwords() -> Passwords {
        Passwords::new(4, "a pepper for tests".to_owned().into())
    }

    #[tokio::test]
    async fn two_long_passwords_that_differ_late_are_two_passwords() {
        let passwords = passwords();
        let first = "x".repeat(80);
        let mut second = first.clone();
        second.replace_range(75..76, "y");
        let hash = passwords.hash(&first).await.unwrap();
        assert!(passwords.verify(&first, Some(&hash), false).await.unwrap());
        assert!(!passwords.verify(&second, Some(&hash), false).await.unwrap());
    }

    #[tokio::test]
    async fn what_follows_a_nul_counts() {
        let passwords = passwords();
        let hash = passwords.hash("secret").await.unwrap();
        assert!(!passwords.verify("secret\0tail", Some(&hash), false).await.unwrap());
        assert_eq!(
            check_new_password("correct horse\0battery", &[]),
            Err(PasswordRule::Field(FieldError::InvalidCharacters))
        );
    }

    #[tokio::test]
    async fn an_unknown_account_is_like_a_wrong_password() {
        let passwords = passwords();
        assert!(!passwords.verify("anything at all", None, false).await.unwrap());
        assert!(!passwords.verify("anything at all", Some("not a hash"), false).await.unwrap());
        assert!(!passwords.verify("", None, false).await.unwrap());
        let dummy: HashParts = passwords.dummy.parse().unwrap();
        assert_eq!(dummy.get_cost(), 4, "the dummy costs what a real hash costs");
    }

    #[tokio::test]
    async fn who_is_known_does_not_wait_behind_strangers() {
        let passwords = passwords();
        let hash = passwords.hash("a good password").await.unwrap();
        let all = u32::try_from(passwords.turns.available_permits()).unwrap();
        let _strangers = passwords.turns.acquire_many(all).await.unwrap();
        assert!(passwords.verify("a good password", Some(&hash), true).await.unwrap());
    }

    #[tokio::test]
    async fn the_pepper_is_part_of_the_hash() {
        let hash = passwords().hash("a good password").await.unwrap();
        let other = Passwords::new(4, "another pepper".to_owned().into());
        assert!(!other.verify("a good password", Some(&hash), false).await.unwrap());
    }

    #[tokio::test]
    async fn a_hash_of_a_lower_cost_is_renewed() {
        let cheap = passwords().hash("a good password").await.unwrap();
        let dearer = Passwords::new(5, "a pepper for tests".to_owned().into());
        assert!(dearer.needs_rehash(&cheap));
        assert!(dearer.verify("a good password", Some(&cheap), false).await.unwrap());
        let dear = dearer.hash("a good password").await.unwrap();
        assert!(!dearer.needs_rehash(&dear));
        assert!(!passwords().needs_rehash(&dear), "a lower cost never weakens a stored hash");
    }
}
