//! What the apps share where the kit meets the API: loading data, being signed in, the sign-in page, passkeys, forgotten passwords, addresses to confirm, one's own account.

mod account;
mod audit_words;
mod email;
mod first_page;
mod form;
mod gate;
mod invitation;
mod load;
mod login;
mod passkey;
mod password;
mod second_step;

pub use account::{AccountPage, CodeField, SecondFactorPage, device};
pub use audit_words::{action_words, change_words, changes_words, entity_words, in_currency, sentence, value_words, with_code};
pub use email::ConfirmEmailPage;
pub use first_page::ToFirstPage;
pub use form::{Conflict, Read, Reader, Refused, Submission, sentences, use_submission};
pub use gate::{SessionGate, use_client, use_session};
pub use invitation::{JoinForm, no_invitation};
pub use load::{Loader, load_error, use_load};
pub use login::LoginPage;
pub use passkey::{add_passkey, has_passkeys, sign_in_by_passkey};
pub use password::{AskPasswordPage, ResetPasswordPage, keep_link_token, use_link_token};
pub use second_step::{CodeForm, sign_in};
