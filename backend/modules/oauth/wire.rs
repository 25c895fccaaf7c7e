//! Wire types of module `oauth`, compiled into `orion-types` for the server and the apps.

use crate::permission::Permission;
use crate::{ConnectionId, ProgramId, Timestamp};

/// Programs that a store may register.
pub const MAX_PROGRAMS: i64 = 50;
/// Addresses that a program may have its answers sent to.
pub const MAX_REDIRECTS: usize = 10;
/// Longest one of them, and longest name of a program by its document, in characters.
pub const MAX_PROGRAM_ADDRESS: usize = 500;
/// Connections that somebody may have at a time in a store.
pub const MAX_CONNECTIONS: i64 = 20;

query! {
    /// Which connections, and which page of them.
    pub struct ConnectionQuery {
        /// Only those that act for whoever asks.
        pub own: Option<bool>,
        pub cursor: Option<String>,
        /// 1–100, 20 unless told.
        pub limit: Option<u32>,
    }
}

wire! {
    /// A program that the store has registered: it may ask people to act for them.
    pub struct Program {
        pub id: ProgramId,
        /// What it names itself by, where it asks and for its tokens (`client_id`). It has no secret: PKCE takes its place.
        pub client_id: String,
        pub name: String,
        /// Where its answers may be sent to.
        pub redirect_uris: Vec<String>,
        /// Who registered it.
        pub created_by: String,
        pub created_at: Timestamp,
        pub updated_at: Timestamp,
        pub version: i32,
    }

    /// Registers a program.
    #[serde(deny_unknown_fields)]
    pub struct CreateProgram {
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100, pattern = r"\S"))]
        pub name: String,
        /// Where its answers may be sent to: `https` addresses, or `http` ones of the machine that it runs on, where any port will do.
        pub redirect_uris: Vec<String>,
    }

    /// Changes a program; what is absent stays. What people let it do goes on.
    #[serde(deny_unknown_fields, default)]
    #[derive(Default)]
    pub struct UpdateProgram {
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 100, pattern = r"\S"))]
        pub name: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub redirect_uris: Option<Vec<String>>,
    }

    /// What a program asks for, as it stands in the address that it has sent somebody to (RFC 6749, 4.1.1; RFC 7636; RFC 8707).
    #[serde(deny_unknown_fields)]
    pub struct AskConnection {
        /// A registered program, or the https address of a document that says who the program is.
        pub client_id: String,
        /// Where the answer goes to.
        pub redirect_uri: String,
        /// `code`.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub response_type: String,
        /// Rights such as `orders.read`, separated by spaces; all that only look where nothing is said.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub scope: String,
        /// What goes back as it came.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub state: String,
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub code_challenge: String,
        /// `S256`.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub code_challenge_method: String,
        /// What the tokens are for: an address of this store's host.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        pub resource: String,
    }

    /// Who asks, where the answer leads, and what for.
    pub struct AskedConnection {
        /// What the program calls itself.
        pub program: String,
        /// The host whose document says so; absent where the store has registered it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub document_host: Option<String>,
        /// The host that the answer is sent to.
        pub redirect_host: String,
        /// Whether that is the machine of whoever is asked.
        pub redirect_is_local: bool,
        /// The rights that are asked for.
        pub rights: Vec<AskedRight>,
        /// Where the program has asked in a wrong way: nothing can be allowed, and this is what it is told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub refusal: Option<ConnectionRefusal>,
    }

    /// A right that a program asks for.
    pub struct AskedRight {
        pub right: Permission,
        /// What it is the right to.
        pub words: String,
        /// Whether whoever is asked holds it, and so can give it.
        pub held: bool,
    }

    /// What a program is told that has asked in a wrong way.
    pub struct ConnectionRefusal {
        /// Such as `invalid_scope` (RFC 6749, 4.1.2.1).
        pub error: String,
        pub told: String,
        /// Where to go with it.
        pub redirect_to: String,
    }

    /// Allows or denies what a program asks for.
    #[serde(deny_unknown_fields)]
    pub struct ConfirmConnection {
        /// What was asked for, as it was shown.
        pub asked: AskConnection,
        pub allow: bool,
        /// What of it is given: rights that were asked for and that whoever is asked holds.
        #[serde(default)]
        pub rights: Vec<Permission>,
    }

    /// Where to go with the answer.
    pub struct ConnectionAnswer {
        pub redirect_to: String,
    }

    /// A program that acts for somebody.
    pub struct Connection {
        pub id: ConnectionId,
        /// What the program calls itself.
        pub program: String,
        /// The host whose document says so; absent where the store has registered it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub document_host: Option<String>,
        /// The address of whom it acts for, as it was then.
        pub person: String,
        /// Whether that is whoever reads this.
        pub own: bool,
        /// What it was given; it may do what of this its person may.
        pub rights: Vec<Permission>,
        pub created_at: Timestamp,
        /// When it is over unless the program comes again.
        pub expires_at: Timestamp,
        /// When it was last used, to the minute or so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_used_at: Option<Timestamp>,
        /// From which address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pub last_used_ip: Option<String>,
    }
}
