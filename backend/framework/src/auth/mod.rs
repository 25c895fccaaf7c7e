//! Who is calling: passwords, access tokens, sessions, cookies, and signing in.
//!
//! An access token is short-lived and kept in memory by the client; the refresh token is a cookie that scripts cannot read.
//! A session is a row, so that signing out ends it at once on every server.

mod brake;
mod chain_key;
pub mod cookie;
mod error;
pub mod flow;
mod grant_secret;
mod key_secret;
mod mac;
mod password;
mod password_rule;
mod sealed;
pub mod second_factor;
mod session;
mod token;
mod vault;

pub use brake::{Attempt, Brake};
pub(crate) use brake::{network, whole_seconds};
pub use chain_key::ChainKey;
pub use cookie::{CookieScope, cart_token};
pub use error::{AuthError, PROBLEMS};
pub use flow::Accounts;
pub use grant_secret::{GrantSecret, GrantSecretKind};
pub use key_secret::KeySecret;
pub use password::{PasswordError, Passwords};
pub use password_rule::{PasswordRule, check_new_password};
pub use session::{
    CustomerSessions, GRACE_SECONDS, Lifetime, RefreshToken, SessionRow, SessionTable, Started, Turn, UserArea, UserSessions, end, list,
    note_passkey, refresh, start,
};
pub use token::{Audience, Claims, NewToken, TokenError, Tokens};
pub use vault::{Vault, VaultError};
