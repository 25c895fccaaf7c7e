//! The headings of product tables, in one place for whoever writes them and whoever reads them.
//!
//! Our own table has the headings of Shopify's product file for everything that both know, so that any importer of those reads it, and ours
//! for the rest.

/// The headings of Shopify's product file, as its exports have them.
pub(crate) const SHOPIFY: &[&str] = &[
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Product Category",
    "Type",
    "Tags",
    "Published",
    "Option1 Name",
    "Option1 Value",
    "Option2 Name",
    "Option2 Value",
    "Option3 Name",
    "Option3 Value",
    "Variant SKU",
    "Variant Grams",
    "Variant Inventory Tracker",
    "Variant Inventory Qty",
    "Variant Inventory Policy",
    "Variant Fulfillment Service",
    "Variant Price",
    "Variant Compare At Price",
    "Variant Requires Shipping",
    "Variant Taxable",
    "Variant Barcode",
    "Image Src",
    "Image Position",
    "Image Alt Text",
    "Gift Card",
    "SEO Title",
    "SEO Description",
    "Variant Image",
    "Variant Weight Unit",
    "Variant Tax Code",
    "Cost per item",
    "Status",
];

/// Ours, behind those: what Shopify's file has no place for.
pub(crate) const OWN_ONLY: [&str; 4] = [
    "Unit Price Total Measure",
    "Unit Price Total Measure Unit",
    "Featured",
    "Categories",
];

/// The headings of our own table.
pub(crate) const OWN: &[&str] = &{
    let mut all = [""; SHOPIFY.len() + OWN_ONLY.len()];
    let mut at = 0;
    while at < SHOPIFY.len() {
        all[at] = SHOPIFY[at];
        at += 1;
    }
    let mut own = 0;
    while own < OWN_ONLY.len() {
        all[at + own] = OWN_ONLY[own];
        own += 1;
    }
    all
};

/// What parts the categories in a cell; their slugs have no such sign.
pub(crate) const CATEGORY_SEPARATOR: &str = ", ";
