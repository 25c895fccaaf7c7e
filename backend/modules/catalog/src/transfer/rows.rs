//! The rows of a product: a variant and a picture each, the product's own cells on the first.

use orion_framework::export::Cell;
use orion_types::Money;
use orion_types::status::ProductStatus;

use super::columns::{CATEGORY_SEPARATOR, OWN, SHOPIFY};
use super::read::{Picture, Whole};
use crate::model::{StockedVariant, VariantRow};
use crate::service::read::parse_status;

/// Rows of our own table.
pub(super) fn own(whole: &Whole) -> Vec<Vec<Cell>> {
    let mut rows = shopify(whole);
    for (index, row) in rows.iter_mut().enumerate() {
        let content = whole.variants.get(index).and_then(|stocked| stocked.variant.content());
        row.extend(content.map_or([const { Cell::Empty }; 2], |content| {
            [Cell::Number(thousandths(content.amount_milli)), Cell::text(&content.unit)]
        }));
        row.resize(OWN.len(), Cell::Empty);
        if index == 0
            && let [.., featured, categories] = row.as_mut_slice()
        {
            *featured = Cell::flag(whole.product.featured);
            *categories = Cell::text(whole.categories.join(CATEGORY_SEPARATOR));
        }
    }
    rows
}

/// Rows of Shopify's table.
pub(super) fn shopify(whole: &Whole) -> Vec<Vec<Cell>> {
    let count = whole.variants.len().max(whole.images.len()).max(1);
    (0..count).map(|index| row(whole, index)).collect()
}

fn row(whole: &Whole, index: usize) -> Vec<Cell> {
    let product = &whole.product;
    let (variant, picture) = (whole.variants.get(index), whole.images.get(index));
    let first = index == 0;
    let once = |text: &str| if first { Cell::text(text) } else { Cell::Empty };
    let status = parse_status(&product.status);
    let mut cells = vec![
        Cell::text(&product.slug),
        once(&product.title),
        once(&product.description_html),
        once(&product.vendor),
        Cell::Empty,
        once(&product.product_type),
        once(&product.tags.join(", ")),
        if first {
            Cell::flag(status == ProductStatus::Active)
        } else {
            Cell::Empty
        },
    ];
    cells.extend(options(whole, variant, first));
    cells.extend(variant_cells(whole, variant));
    cells.extend(picture_cells(picture));
    cells.extend([
        once("false"),
        once(&product.seo_title),
        once(&product.seo_description),
        variant.map_or(Cell::Empty, |variant| own_picture(whole, &variant.variant)),
        variant.map_or(Cell::Empty, |_| Cell::text("g")),
        Cell::Empty,
        variant
            .and_then(|stocked| stocked.variant.cost_minor)
            .map_or(Cell::Empty, |minor| money(whole, minor)),
        once(status.as_str()),
    ]);
    debug_assert_eq!(cells.len(), SHOPIFY.len(), "a cell per heading");
    cells
}

/// Names stand on the first row, values on each variant's; a product without options is written as one with the title "Default Title".
fn options(whole: &Whole, variant: Option<&StockedVariant>, first: bool) -> [Cell; 6] {
    let known = &whole.options;
    let name = |index: usize| {
        let name = known.get(index).map(|option| option.name.as_str());
        let name = name.or_else(|| (index == 0 && known.is_empty()).then_some("Title"));
        name.filter(|_| first).map_or(Cell::Empty, Cell::text)
    };
    let value = |index: usize| {
        let Some(StockedVariant { variant, .. }) = variant else {
            return Cell::Empty;
        };
        let value = variant.option_values.get(index).map(String::as_str);
        let value = value.or_else(|| (index == 0 && known.is_empty()).then_some("Default Title"));
        value.map_or(Cell::Empty, Cell::text)
    };
    [name(0), value(0), name(1), value(1), name(2), value(2)]
}

fn variant_cells(whole: &Whole, variant: Option<&StockedVariant>) -> [Cell; 11] {
    let Some(StockedVariant { variant, on_hand, .. }) = variant else {
        return [const { Cell::Empty }; 11];
    };
    let tracked = variant.track_inventory;
    [
        Cell::text(variant.sku.as_deref().unwrap_or_default()),
        Cell::number(variant.weight_grams),
        Cell::text(if tracked { "shopify" } else { "" }),
        on_hand.filter(|_| tracked).map_or(Cell::Empty, Cell::number),
        Cell::text("deny"),
        Cell::text("manual"),
        money(whole, variant.price_minor),
        variant.compare_at_minor.map_or(Cell::Empty, |minor| money(whole, minor)),
        Cell::flag(variant.requires_shipping),
        Cell::flag(variant.taxable),
        Cell::text(&variant.barcode),
    ]
}

fn money(whole: &Whole, minor: i64) -> Cell {
    Cell::Number(Money::new(minor, whole.currency).to_decimal_string())
}

/// A number of thousandths in the shortest way: 250, 1.5.
fn thousandths(milli: i64) -> String {
    let written = format!("{}.{:03}", milli / 1000, milli % 1000);
    written.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn picture_cells(picture: Option<&Picture>) -> [Cell; 3] {
    let Some(Picture { row, address }) = picture else {
        return [const { Cell::Empty }; 3];
    };
    [
        Cell::text(address),
        Cell::number(row.position.saturating_add(1)),
        Cell::text(&row.alt),
    ]
}

fn own_picture(whole: &Whole, variant: &VariantRow) -> Cell {
    let own = whole.images.iter().find(|picture| picture.row.variant_id == Some(variant.id));
    own.map_or(Cell::Empty, |picture| Cell::text(&picture.address))
}
