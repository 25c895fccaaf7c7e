//! What a page is about, for machines: schema.org as search engines read it.

use orion_i18n::Text;
use orion_types::catalog::{CategorySummary, ProductPage, StorefrontVariant};
use orion_types::store::{StorefrontInfo, media_path};
use serde_json::{Map, Value, json};

use super::Visit;
use super::data::{Found, PageData};
use super::head::{ancestors, category, plain};
use super::route::{Address, VARIANT};

/// What options are called in the shop's languages, and the properties by which products vary that search engines know.
const PROPERTIES: [(&str, &[&str]); 4] = [
    ("color", &["color", "colour", "farbe", "couleur"]),
    ("size", &["size", "größe", "grösse", "taille"]),
    ("material", &["material", "matériau", "matière"]),
    ("pattern", &["pattern", "muster", "motif"]),
];

/// What the page is about.
pub fn structured(visit: &Visit, found: &Found, origin: &str) -> Vec<Value> {
    let info = &found.info;
    match &found.page {
        Some(PageData::Home(_)) => vec![organisation(info, origin)],
        Some(PageData::Product(product)) => vec![
            product_data(product, info, origin),
            trail(visit, info, product.category.as_ref(), Some(product), origin),
        ],
        Some(PageData::Listing(_)) => match &visit.address {
            Address::Category(slug) => vec![trail(visit, info, category(info, slug), None, origin)],
            _ => Vec::new(),
        },
        None => Vec::new(),
    }
}

/// An object without what is empty: a property that says nothing counts as a wrong one.
fn object(properties: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let says = |value: &Value| match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(values) => !values.is_empty(),
        _ => true,
    };
    let properties = properties.into_iter().filter(|(_, value)| says(value));
    Value::Object(properties.map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>())
}

fn organisation(info: &StorefrontInfo, origin: &str) -> Value {
    object([
        ("@context", json!("https://schema.org")),
        ("@type", json!("Organization")),
        ("name", json!(info.name)),
        ("url", json!(origin)),
        ("email", json!(info.contact_email)),
        ("logo", json!(info.logo_url.as_ref().map(|logo| format!("{origin}{logo}")))),
    ])
}

/// A product by itself, or a group with a product for each variant.
fn product_data(product: &ProductPage, info: &StorefrontInfo, origin: &str) -> Value {
    let url = format!("{origin}/products/{}", product.slug);
    let images = images(product, origin);
    let context = ("@context", json!("https://schema.org"));
    if let ([only], true) = (product.variants.as_slice(), product.options.is_empty()) {
        let mut shared = shared(product, &url);
        shared.extend([
            context,
            ("@type", json!("Product")),
            ("image", json!(images)),
            ("sku", json!(only.sku)),
        ]);
        shared.push(("offers", offer(only, info, &url)));
        return object(shared);
    }
    let mut group = shared(product, &url);
    let varies: Vec<String> = product
        .options
        .iter()
        .filter_map(|option| property(&option.name))
        .map(|name| format!("https://schema.org/{name}"))
        .collect();
    let variants: Vec<Value> = product
        .variants
        .iter()
        .map(|one| variant(product, one, info, (origin, &url)))
        .collect();
    group.extend([
        context,
        ("@type", json!("ProductGroup")),
        ("image", json!(images)),
        ("productGroupID", json!(product.id)),
        ("variesBy", json!(varies)),
        ("hasVariant", json!(variants)),
    ]);
    object(group)
}

/// What a product and all its variants have in common.
fn shared(product: &ProductPage, url: &str) -> Vec<(&'static str, Value)> {
    let brand = (!product.vendor.trim().is_empty()).then(|| json!({ "@type": "Brand", "name": product.vendor }));
    vec![
        ("name", json!(product.title)),
        ("url", json!(url)),
        ("description", json!(plain(&product.description_html))),
        ("brand", json!(brand)),
    ]
}

fn variant(product: &ProductPage, variant: &StorefrontVariant, info: &StorefrontInfo, (origin, url): (&str, &str)) -> Value {
    let url = format!("{url}?{VARIANT}={}", variant.id);
    let own = variant.image_id.map(|id| vec![format!("{origin}{}", media_path(id, 1280))]);
    let name = [product.title.as_str(), &variant.option_values.join(" / ")].join(" – ");
    let mut properties = vec![
        ("@type", json!("Product")),
        ("name", json!(name)),
        ("sku", json!(variant.sku)),
        ("productID", json!(variant.id)),
        ("image", json!(own.unwrap_or_else(|| images(product, origin)))),
        ("offers", offer(variant, info, &url)),
    ];
    let values = || product.options.iter().zip(&variant.option_values);
    properties.extend(values().filter_map(|(option, value)| Some((property(&option.name)?, json!(value)))));
    let others: Vec<Value> = values()
        .filter(|(option, _)| property(&option.name).is_none())
        .map(|(option, value)| json!({ "@type": "PropertyValue", "name": option.name, "value": value }))
        .collect();
    properties.push(("additionalProperty", json!(others)));
    object(properties)
}

/// The property of schema.org that an option is about.
fn property(option: &str) -> Option<&'static str> {
    let option = option.trim().to_lowercase();
    PROPERTIES
        .iter()
        .find(|(_, names)| names.contains(&option.as_str()))
        .map(|(property, _)| *property)
}

fn offer(variant: &StorefrontVariant, info: &StorefrontInfo, url: &str) -> Value {
    let state = if variant.available { "InStock" } else { "OutOfStock" };
    object([
        ("@type", json!("Offer")),
        ("url", json!(url)),
        ("price", json!(variant.price.to_decimal_string())),
        ("priceCurrency", json!(variant.price.currency.code())),
        ("availability", json!(format!("https://schema.org/{state}"))),
        ("seller", json!({ "@type": "Organization", "name": info.name })),
    ])
}

fn images(product: &ProductPage, origin: &str) -> Vec<String> {
    let ready = product.images.iter().filter(|image| image.status == "ready");
    ready.map(|image| format!("{origin}{}", media_path(image.id, 1280))).collect()
}

fn trail(visit: &Visit, info: &StorefrontInfo, category: Option<&CategorySummary>, product: Option<&ProductPage>, origin: &str) -> Value {
    let mut steps: Vec<(String, String)> = vec![(Text::Home.words(visit.locale).to_owned(), format!("{origin}/"))];
    steps.extend(
        ancestors(info, category)
            .into_iter()
            .map(|category| (category.name.clone(), format!("{origin}/categories/{}", category.slug))),
    );
    steps.extend(product.map(|product| (product.title.clone(), format!("{origin}/products/{}", product.slug))));
    let items: Vec<Value> = steps
        .into_iter()
        .enumerate()
        .map(|(at, (name, url))| json!({ "@type": "ListItem", "position": at + 1, "name": name, "item": url }))
        .collect();
    json!({ "@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_is_left_out() {
        let data = object([
            ("name", json!("Mug")),
            ("sku", json!(" ")),
            ("image", json!([])),
            ("brand", Value::Null),
            ("price", json!(0)),
        ]);
        assert_eq!(data, json!({ "name": "Mug", "price": 0 }));
    }

    #[test]
    fn an_option_is_known_in_every_language_of_the_shop() {
        assert_eq!(property(" Größe"), Some("size"));
        assert_eq!(property("Colour"), Some("color"));
        assert_eq!(property("Glaze"), None);
    }
}
