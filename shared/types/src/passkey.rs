//! Passkeys of administrators, staff and customers: keys of their devices (WebAuthn, level 3), by which they sign in without a password.
//!
//! What goes to the browser and comes back from it is text, since it belongs to the standard and not to us: whatever a browser adds to it one day
//! passes through.

use crate::{PasskeyId, Timestamp};

/// Passkeys that an account can have.
pub const MAX_PASSKEYS: usize = 20;

wire! {
    /// A passkey of whoever is signed in.
    pub struct Passkey {
        pub id: PasskeyId,
        /// What its owner calls it.
        pub name: String,
        /// The address that it is for; it opens nothing elsewhere.
        pub host: String,
        /// Whether that is the address of this request.
        pub here: bool,
        pub created_at: Timestamp,
        /// When it was last signed in with.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_used_at: Option<Timestamp>,
    }

    /// What is asked for again before passkeys are made or removed.
    #[serde(deny_unknown_fields)]
    pub struct ProvePasskeyOwner {
        pub current_password: String,
        /// A code of the authenticator app, or a recovery code, where the account has a second factor; left out otherwise. Customers have none.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub one_time_code: String,
    }

    /// What a device is to sign. It works once.
    pub struct PasskeyChallenge {
        /// What the answer is sent along with.
        pub token: String,
        /// JSON for the browser: `PublicKeyCredential.parseCreationOptionsFromJSON` where a passkey is made,
        /// `parseRequestOptionsFromJSON` where somebody signs in.
        pub options: String,
        /// Seconds in which the answer has to come.
        pub expires_in: u32,
    }

    /// A new passkey.
    #[serde(deny_unknown_fields)]
    pub struct CreatePasskey {
        /// The `token` of the challenge.
        pub challenge: String,
        /// What to call it.
        pub name: String,
        /// What `navigator.credentials.create()` has answered, as JSON (`toJSON()`).
        pub credential: String,
    }

    /// Another name for a passkey.
    #[serde(deny_unknown_fields)]
    pub struct UpdatePasskey {
        pub name: String,
    }

    /// Signs in with a passkey.
    #[serde(deny_unknown_fields)]
    pub struct LoginWithPasskey {
        /// The `token` of the challenge.
        pub challenge: String,
        /// What `navigator.credentials.get()` has answered, as JSON (`toJSON()`).
        pub credential: String,
    }
}
