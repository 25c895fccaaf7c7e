//! The code of the implementation. Little of it per type on purpose: what can be a function that all types share is one.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Data, DataEnum, DeriveInput, Error, Fields, FieldsNamed, Result, Variant, parse_quote};

use crate::attributes::{Absent, Shape, shape, spelling};

pub fn expand(input: &DeriveInput) -> Result<TokenStream> {
    let shape = shape(&input.attrs)?;
    let body = match &input.data {
        Data::Struct(data) if shape.transparent => transparent(&data.fields)?,
        Data::Struct(data) => structure(&data.fields, &shape)?,
        Data::Enum(data) => match &shape.tag {
            Some(tag) => tagged(data, &shape, tag)?,
            None => plain(data, &shape)?,
        },
        Data::Union(_) => return Err(Error::new_spanned(input, "a union cannot be read")),
    };
    let name = &input.ident;
    let mut generics = input.generics.clone();
    for parameter in generics.type_params_mut() {
        parameter.bounds.push(parse_quote!(::orion_types::json::FromJson));
    }
    let (parameters, arguments, bounds) = generics.split_for_impl();
    Ok(quote! {
        impl #parameters ::orion_types::json::FromJson for #name #arguments #bounds {
            fn from_json(json: &::orion_types::json::Json<'_>, reader: &mut ::orion_types::json::Reader) -> Self {
                #body
            }
        }
    })
}

fn transparent(fields: &Fields) -> Result<TokenStream> {
    match fields {
        Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Ok(quote! { Self(::orion_types::json::FromJson::from_json(json, reader)) }),
        _ => Err(Error::new_spanned(fields, "only a type around one other can be transparent")),
    }
}

fn structure(fields: &Fields, shape: &Shape) -> Result<TokenStream> {
    let Fields::Named(named) = fields else {
        return Err(Error::new_spanned(fields, "fields need names, or #[serde(transparent)]"));
    };
    let start = shape
        .default
        .then(|| quote! { let start = <Self as ::core::default::Default>::default(); });
    let fields = read_fields(named, shape.default)?;
    Ok(quote! {
        #start
        Self { #fields }
    })
}

fn read_fields(fields: &FieldsNamed, from_start: bool) -> Result<TokenStream> {
    let mut read = TokenStream::new();
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        let spelling = spelling(&field.attrs)?;
        let key = spelling.rename.unwrap_or_else(|| ident.unraw().to_string());
        let absent = match spelling.absent {
            _ if from_start => Some(quote! { start.#ident }),
            Absent::Type => None,
            Absent::Default => Some(quote! { ::core::default::Default::default() }),
            Absent::Call(function) => Some(quote! { #function() }),
        };
        read.extend(match absent {
            None => quote! { #ident: reader.field(json, #key), },
            Some(absent) => quote! {
                #ident: match reader.field(json, #key) {
                    ::core::option::Option::Some(value) => value,
                    ::core::option::Option::None => #absent,
                },
            },
        });
    }
    Ok(read)
}

/// An enum that is a text.
fn plain(data: &DataEnum, shape: &Shape) -> Result<TokenStream> {
    let mut arms = Vec::new();
    for variant in &data.variants {
        let Fields::Unit = variant.fields else {
            return Err(Error::new_spanned(
                variant,
                "a variant with fields needs #[serde(tag = …)] at its enum",
            ));
        };
        let (ident, key) = (&variant.ident, spelled(variant, shape)?);
        arms.push((key, quote! { Self::#ident }));
    }
    choice(&quote! { reader.text(json) }, &arms)
}

/// An enum that is an object with a field that names the variant.
fn tagged(data: &DataEnum, shape: &Shape, tag: &str) -> Result<TokenStream> {
    let mut arms = Vec::new();
    for variant in &data.variants {
        let (ident, key) = (&variant.ident, spelled(variant, shape)?);
        let value = match (&variant.fields, &shape.content) {
            (Fields::Unit, _) => TokenStream::new(),
            (Fields::Named(fields), None) => {
                let fields = read_fields(fields, false)?;
                quote! { { #fields } }
            }
            (Fields::Unnamed(fields), Some(content)) if fields.unnamed.len() == 1 => quote! { (reader.field(json, #content)) },
            _ => return Err(Error::new_spanned(variant, "a variant of this form is not read")),
        };
        arms.push((key, quote! { Self::#ident #value }));
    }
    choice(&quote! { reader.tag(json, #tag) }, &arms)
}

fn spelled(variant: &Variant, shape: &Shape) -> Result<String> {
    let name = variant.ident.unraw().to_string();
    let written = shape.case.map_or_else(|| name.clone(), |case| case.apply(&name));
    Ok(spelling(&variant.attrs)?.rename.unwrap_or(written))
}

/// The variant that a text names. An unknown text is noted, and the first variant stands in for the value that nobody will see.
fn choice(text: &TokenStream, arms: &[(String, TokenStream)]) -> Result<TokenStream> {
    let (keys, values): (Vec<_>, Vec<_>) = arms.iter().map(|(key, value)| (key, value)).unzip();
    let Some(first) = values.first() else {
        return Err(Error::new(Span::call_site(), "an enum without variants cannot be read"));
    };
    Ok(quote! {
        match #text {
            #(#keys => #values,)*
            _ => {
                reader.note("a known value");
                #first
            }
        }
    })
}
