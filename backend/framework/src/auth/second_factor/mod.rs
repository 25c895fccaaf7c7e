//! The second factor of people who sign in to the administration or to dashboards: the codes of an authenticator app (TOTP, RFC 6238), and
//! recovery codes for when it is lost. An account is one in both areas, and so is its factor.
//!
//! ```text
//! start ── a secret that counts for nothing yet ── confirm with a code ── on, and recovery codes, each good once
//! right password ── a challenge, which is no session: five minutes, five tries, one area ── code ── session
//! ```
//!
//! Wrong codes are counted in the database, for the account and whatever server they come to: who has the password has a million codes to try,
//! and from the fifth wrong one on waits longer and longer.

mod app;
mod challenge;
mod codes;
mod factor;

pub(crate) use challenge::{Challenged, count_try, end_challenge, find_challenge, lock_challenge, open_challenge};
pub use factor::{Setup, Verdict, check, confirm, is_on, list_holders, read, renew_codes, start, turn_off};
