//! The day on which a shop opens to the world, and what is missing until then.

use crate::timestamp::Timestamp;

wire! {
    /// Whether the shop is open, and how far it is.
    pub struct Opening {
        /// When the merchant opened it; absent while it is closed to the world.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub opened_at: Option<Timestamp>,
        /// Friends have a password for it.
        pub has_password: bool,
        /// What a shop should have before it opens, in the order in which it is done.
        pub checks: Vec<OpeningCheck>,
        /// Where the shop is.
        pub storefront_url: String,
    }

    /// One thing that a shop should have before it opens.
    pub struct OpeningCheck {
        /// For programs, such as `products`.
        pub key: String,
        /// What it is.
        pub title: String,
        /// What it is good for, or what is missing.
        pub text: String,
        /// Whether it is there.
        pub done: bool,
        /// Where it is done, below the dashboard.
        pub link: String,
    }

    /// The password for the merchant's friends; without one they cannot come in.
    #[serde(deny_unknown_fields)]
    pub struct SetGuestPassword {
        /// 6 to 128 characters; `null` takes it away. Whoever came in with the old one is out again.
        pub password: Option<String>,
    }

    /// Opens the shop to everybody.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct OpenShop {
        /// Keys of what is missing, as a person was shown them: the shop opens without these.
        pub without: Vec<String>,
    }

    /// A link into the shop before it opens, for the shop's own people.
    pub struct PreviewLink {
        pub url: String,
        /// Until when the link can be followed; the browser that did is let in for longer.
        pub expires_at: Timestamp,
    }

    /// Comes into a shop that is not open yet.
    #[serde(deny_unknown_fields)]
    pub struct EnterShop {
        pub password: String,
    }
}
