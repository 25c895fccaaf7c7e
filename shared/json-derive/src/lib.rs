//! `#[derive(FromJson)]`: how the browser reads a type of the API.
//!
//! It understands the `#[serde(…)]` attributes that the wire types carry, so that a type says once how it is spelled, and refuses to
//! compile where it meets another one.

mod attributes;
mod expand;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Implements `orion_types::json::FromJson`.
#[proc_macro_derive(FromJson, attributes(serde))]
pub fn from_json(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::expand(&input).unwrap_or_else(|error| error.to_compile_error()).into()
}
