//! The rules a form and the server both apply to what a person typed.
//!
//! Each function takes the text as typed and returns the value to store, trimmed and normalised, so that nothing is
//! checked in one shape and saved in another. Lengths count characters unless a limit says bytes.

mod address;
mod contact;
mod naming;
mod number;
mod path;
mod phone;
mod plain;
mod postal_code;
mod slug;
mod text;

pub use address::{COUNTRY_CODES, country_code};
pub use contact::{
    MAX_EMAIL_BYTES, MAX_EMAIL_LOCAL_BYTES, MAX_PASSWORD_BYTES, MIN_PASSWORD_LENGTH, email, email_spellings, mail_address, normalise_email,
    password,
};
pub use naming::{MAX_SKU_LENGTH, MAX_SUBDOMAIN_LENGTH, MIN_SUBDOMAIN_LENGTH, RESERVED_SUBDOMAINS, sku, subdomain};
pub use number::{
    MAX_CART_LINES, MAX_CART_QUANTITY, MAX_ON_HAND, MAX_PRICE_MINOR, MAX_PRICE_RATE, MAX_TAX_RATE_PPM, MIN_CART_QUANTITY,
    PRICE_RATE_DECIMALS, cart_quantity, price_minor, tax_rate_ppm,
};
pub use path::{MAX_LOCAL_PATH_BYTES, local_path};
pub use phone::{MAX_PHONE_LENGTH, phone};
use plain::latin;
pub use postal_code::{MAX_POSTAL_CODE_LENGTH, postal_code};
pub use slug::{GENERATED_SLUG_LENGTH, MAX_SLUG_LENGTH, slug, slugify};
pub use text::{MAX_DESCRIPTION_LENGTH, MAX_NAME_LENGTH, MAX_TITLE_LENGTH, description, name, optional, required, title};

use std::fmt;

/// Why a field was refused; the form shows it beside the field, the API in `errors[]` of the problem document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FieldError {
    /// Empty or only white space.
    Required,
    /// Fewer characters than allowed.
    TooShort { min: usize },
    /// More characters (for e-mail, password and path: bytes) than allowed.
    TooLong { max: usize },
    /// A number outside its bounds, both inclusive.
    OutOfRange { min: i64, max: i64 },
    /// Control characters, which no form produces on purpose.
    InvalidCharacters,
    /// Not an e-mail address that mail can be sent to.
    InvalidEmail,
    /// Not lower-case words of a-z and 0-9 joined by single hyphens.
    InvalidSlug,
    /// Not a host label of a-z, 0-9 and inner hyphens.
    InvalidSubdomain,
    /// A name the platform keeps for itself.
    Reserved,
    /// Not an ISO 3166-1 alpha-2 code.
    InvalidCountry,
    /// Not a postal code of the country.
    InvalidPostalCode,
    /// Not a path on this host.
    InvalidPath,
}

impl FieldError {
    /// The stable code for problem documents and translations.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Required => "required",
            Self::TooShort { .. } => "too_short",
            Self::TooLong { .. } => "too_long",
            Self::OutOfRange { .. } => "out_of_range",
            Self::InvalidCharacters => "invalid_characters",
            Self::InvalidEmail => "invalid_email",
            Self::InvalidSlug => "invalid_slug",
            Self::InvalidSubdomain => "invalid_subdomain",
            Self::Reserved => "reserved",
            Self::InvalidCountry => "invalid_country",
            Self::InvalidPostalCode => "invalid_postal_code",
            Self::InvalidPath => "invalid_path",
        }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Required => f.write_str("is required"),
            Self::TooShort { min } => write!(f, "must have at least {min} characters"),
            Self::TooLong { max } => write!(f, "must have at most {max} characters"),
            Self::OutOfRange { min, max } => write!(f, "must be between {min} and {max}"),
            Self::InvalidCharacters => f.write_str("contains control characters"),
            Self::InvalidEmail => f.write_str("is not an e-mail address"),
            Self::InvalidSlug => f.write_str("may only have a-z, 0-9 and single hyphens between them"),
            Self::InvalidSubdomain => f.write_str("may only have a-z, 0-9 and hyphens between them"),
            Self::Reserved => f.write_str("is reserved"),
            Self::InvalidCountry => f.write_str("is not a two-letter country code"),
            Self::InvalidPostalCode => f.write_str("is not a postal code of this country"),
            Self::InvalidPath => f.write_str("is not a path on this site"),
        }
    }
}

impl std::error::Error for FieldError {}
