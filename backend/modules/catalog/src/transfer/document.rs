//! A product as a document: the words of the API, without ids, which mean nothing in another store.

use serde_json::{Value, json};

use super::pictures::file_name;
use super::read::{Picture, Whole};
use crate::model::StockedVariant;

pub(super) fn document(whole: &Whole) -> Value {
    let product = &whole.product;
    json!({
        "slug": product.slug, "title": product.title, "description_html": product.description_html, "vendor": product.vendor,
        "product_type": product.product_type, "tags": product.tags, "status": product.status, "featured": product.featured,
        "options": product.options, "seo_title": product.seo_title, "seo_description": product.seo_description,
        "metadata": product.metadata, "external_id": product.external_id, "import_key": product.import_key,
        "published_at": product.published_at.map(|at| at.to_rfc3339()), "categories": whole.categories, "currency": whole.currency.code(),
        "variants": whole.variants.iter().map(variant).collect::<Vec<_>>(),
        "images": whole.images.iter().map(|picture| image(whole, picture)).collect::<Vec<_>>(),
        "created_at": product.created_at.to_rfc3339(), "updated_at": product.updated_at.to_rfc3339(),
    })
}

fn variant(stocked: &StockedVariant) -> Value {
    let StockedVariant { variant, on_hand, .. } = stocked;
    json!({
        "external_id": variant.external_id, "metadata": variant.metadata,
        "option_values": variant.option_values, "sku": variant.sku, "barcode": variant.barcode, "price_minor": variant.price_minor,
        "compare_at_minor": variant.compare_at_minor, "cost_minor": variant.cost_minor, "content": variant.content(), "weight_grams": variant.weight_grams, "taxable": variant.taxable,
        "requires_shipping": variant.requires_shipping, "track_inventory": variant.track_inventory,
        "on_hand": on_hand.filter(|_| variant.track_inventory),
    })
}

/// Of which variant it is, by that one's place; the file is what it is called in an archive of the whole store.
fn image(whole: &Whole, picture: &Picture) -> Value {
    let of = picture.row.variant_id;
    let variant = whole.variants.iter().position(|stocked| Some(stocked.variant.id) == of);
    json!({
        "url": picture.address, "alt": picture.row.alt, "position": picture.row.position, "variant": variant,
        "file": file_name(&picture.row),
    })
}
