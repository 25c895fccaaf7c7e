//! Systems that write a row for each variant, one below the other: a table of headings each, and the little that is special.

use std::collections::HashSet;

use orion_types::Currency;

use super::super::header::Column;
use super::super::header::Column::{
    Barcode, Body, GiftCard, Grams, Handle, Policy, Price, Published, Quantity, SeoDescription, SeoTitle, Sku, Status, Tags, Title, Type,
    Vendor,
};
use super::Format;
use super::sheet::{Made, Sheet, parts};

pub(super) type Fields = &'static [(Column, &'static [&'static str])];

pub(super) const MEDUSA: Format = Format {
    is: |sheet| {
        sheet.has(&["product handle"]) && sheet.has(&["product title"]) && sheet.has(&["variant id", "variant title", "variant sku"])
    },
    translate: medusa,
};

pub(super) const VENDURE: Format = Format {
    is: |sheet| sheet.has(&["optiongroups"]) && sheet.has(&["optionvalues"]) && sheet.has(&["name"]),
    translate: vendure,
};

pub(super) const SPREE: Format = Format {
    is: |sheet| sheet.has(&["slug"]) && sheet.has(&["name"]) && sheet.has(&["inventory count", "option1 name"]),
    translate: spree,
};

pub(super) const SQUARESPACE: Format = Format {
    is: |sheet| sheet.has(&["product url"]) && sheet.has(&["product page"]) && sheet.has(&["variant id"]),
    translate: squarespace,
};

pub(super) const PRESTASHOP: Format = Format {
    is: |sheet| sheet.has(&["name"]) && sheet.has(&["price tax excluded", "price tax included"]),
    translate: prestashop,
};

fn medusa(sheet: &Sheet, currency: Currency) -> Vec<Made> {
    const FIELDS: Fields = &[
        (Handle, &["product handle"]),
        (Title, &["product title"]),
        (Body, &["product description"]),
        (Sku, &["variant sku"]),
        (Grams, &["variant weight", "product weight"]),
        (GiftCard, &["product is giftcard"]),
    ];
    let price = price_in(sheet, currency);
    let status = sheet.find(&["product status"]);
    let pictures = sheet.find_all(|name| name.starts_with("product image") || name == "product thumbnail");
    let tags = sheet.find_all(|name| name.starts_with("product tag"));
    let codes = ["variant barcode", "variant ean", "variant upc"].map(|code| sheet.find(&[code]));
    let options = options(sheet, "variant option ");
    let mut before = String::new();
    let rows = (0..sheet.rows.len()).flat_map(|row| {
        let mut made = Made::new(sheet, row);
        made.copy_all(sheet, row, FIELDS);
        made.copy(Price, sheet, row, price);
        if let Some(status) = status {
            let active = matches!(sheet.cell(row, Some(status)), "published");
            made.put(Status, sheet.title(status), if active { "active" } else { "draft" });
        }
        made.put(Tags, "Product Tag", joined(sheet, row, &tags));
        if let Some(code) = codes
            .iter()
            .find(|code| !sheet.cell(row, **code).is_empty())
            .or_else(|| codes.iter().find(|code| code.is_some()))
        {
            made.copy(Barcode, sheet, row, *code);
        }
        made.choose(&chosen(sheet, row, &options));
        let same = before == made.get(Handle);
        made.get(Handle).clone_into(&mut before);
        let addresses: Vec<&str> = pictures
            .iter()
            .map(|place| sheet.cell(row, Some(*place)))
            .filter(|cell| !cell.is_empty() && !same)
            .collect();
        made.with_pictures("Product Image 1", &addresses)
    });
    rows.collect()
}

/// The column in the store's currency: an amount in another one is never taken for it.
fn price_in(sheet: &Sheet, currency: Currency) -> Option<usize> {
    let code = currency.to_string().to_lowercase();
    let is_price = |title: &str| {
        let title = title.to_lowercase();
        title.starts_with("variant price") && (title.ends_with(&format!(" {code}")) || title.ends_with(&format!("[{code}]")))
    };
    sheet.titles.iter().position(|title| is_price(title)).map(|place| sheet.at(place))
}

fn vendure(sheet: &Sheet, _: Currency) -> Vec<Made> {
    const FIELDS: Fields = &[
        (Title, &["name"]),
        (Handle, &["slug", "name"]),
        (Body, &["description"]),
        (Sku, &["sku"]),
        (Price, &["price"]),
        (Quantity, &["stockonhand"]),
    ];
    let [facets, names, values, track] = ["facets", "optiongroups", "optionvalues", "trackinventory"].map(|name| sheet.find(&[name]));
    let [assets, variant_assets] = ["assets", "variantassets"].map(|name| sheet.find(&[name]));
    let (mut handle, mut groups) = (String::new(), Vec::new());
    let mut all = Vec::new();
    for row in 0..sheet.rows.len() {
        let mut made = Made::new(sheet, row);
        made.copy_all(sheet, row, FIELDS);
        let first = !made.get(Title).is_empty();
        if first {
            handle = [made.get(Handle), made.get(Title)]
                .into_iter()
                .find(|text| !text.is_empty())
                .unwrap_or_default()
                .to_owned();
            groups = parts(sheet.cell(row, names), '|');
        }
        made.put(Handle, "slug", handle.as_str());
        let pairs: Vec<(&str, &str)> = parts(sheet.cell(row, facets), '|')
            .into_iter()
            .map(|facet| facet.split_once(':').unwrap_or(("", facet)))
            .collect();
        let of = |wanted: &str| pairs.iter().rev().find(|(name, _)| *name == wanted).map_or("", |(_, value)| *value);
        made.put(Vendor, "facets", of("brand"));
        made.put(Type, "facets", of("category"));
        let rest = pairs.iter().filter(|(name, value)| *name != "brand" && *value != of("category"));
        made.put(Tags, "facets", rest.map(|(_, value)| *value).collect::<Vec<_>>().join(", "));
        let chosen = groups.iter().zip(parts(sheet.cell(row, values), '|'));
        made.choose(
            &chosen
                .map(|(name, value)| ((*name).to_owned(), value.to_owned()))
                .collect::<Vec<_>>(),
        );
        if sheet.cell(row, track).eq_ignore_ascii_case("false") {
            made.put(Quantity, "stockOnHand", "");
        }
        if let Some(address) = parts(sheet.cell(row, variant_assets), '|').first() {
            made.put(Column::VariantImage, "variantAssets", *address);
        }
        all.extend(made.with_pictures("assets", &parts(sheet.cell(row, assets), '|')));
    }
    all
}

fn spree(sheet: &Sheet, currency: Currency) -> Vec<Made> {
    const FIELDS: Fields = &[
        (Handle, &["slug"]),
        (Title, &["name"]),
        (Body, &["description"]),
        (Tags, &["tags"]),
        (Type, &["product type", "category1"]),
        (Status, &["status"]),
        (SeoTitle, &["meta title"]),
        (SeoDescription, &["meta description"]),
    ];
    const SOLD: Fields = &[
        (Sku, &["sku"]),
        (Price, &["price"]),
        (Column::CompareAt, &["compare at price"]),
        (Quantity, &["inventory count"]),
        (Barcode, &["barcode"]),
    ];
    let [weight, unit, backorders, money] =
        ["weight", "weight unit", "inventory backorderable", "currency"].map(|name| sheet.find(&[name]));
    let pictures = sheet.find_all(|name| name.starts_with("image") && name.ends_with(" src"));
    let options = options(sheet, "option");
    let slug = sheet.find(&["slug"]);
    let lists = price_rows(sheet, &options);
    let mut all = Vec::new();
    for row in (0..sheet.rows.len()).filter(|row| !lists.contains(row)) {
        let mut made = Made::new(sheet, row);
        made.copy_all(sheet, row, FIELDS);
        let choices = chosen(sheet, row, &options);
        // A product with variants has a row of its own that nobody can buy; its text goes with the first variant.
        let leads = choices.is_empty() && row + 1 < sheet.rows.len() && sheet.cell(row, slug) == sheet.cell(row + 1, slug);
        if leads && let Some((_, cells)) = sheet.rows.get(row + 1) {
            let next_chooses = options
                .iter()
                .any(|(_, _, value)| cells.get(*value).is_some_and(|cell| !cell.trim().is_empty()));
            if next_chooses {
                all.push((made, pictures_of(sheet, row, &pictures), true));
                continue;
            }
        }
        made.copy_all(sheet, row, SOLD);
        let ours = |row: usize| {
            let code = sheet.cell(row, money);
            code.is_empty() || code.eq_ignore_ascii_case(&currency.to_string())
        };
        if !ours(row) {
            let sku = sheet.cell(row, sheet.find(&["sku"]));
            let same = |other: &usize| {
                ours(*other) && sheet.cell(*other, slug) == sheet.cell(row, slug) && is_sku(sku, sheet.cell(*other, sheet.find(&["sku"])))
            };
            let listed = lists.iter().copied().find(same);
            // An amount in another currency is never taken for one of the store's; the cell stands in the report as it is.
            let foreign = format!("{} {}", made.get(Price), sheet.cell(row, money));
            made.put(
                Price,
                "price",
                listed.map_or(foreign, |other| sheet.cell(other, sheet.find(&["price"])).to_owned()),
            );
            made.put(Column::CompareAt, "compare_at_price", "");
            made.sources.extend(listed);
        }
        if let Some(place) = weight {
            made.weigh(sheet.title(place), sheet.cell(row, weight), sheet.cell(row, unit));
        }
        let goes_on = sheet.cell(row, backorders).eq_ignore_ascii_case("true");
        made.put(Policy, "inventory_backorderable", if goes_on { "continue" } else { "deny" });
        made.choose(&choices);
        all.push((made, pictures_of(sheet, row, &pictures), false));
    }
    led(all)
}

/// Rows behind a product's own that only give its variants' prices in another currency.
fn price_rows(sheet: &Sheet, options: &[(usize, usize, usize)]) -> Vec<usize> {
    let [slug, name] = ["slug", "name"].map(|name| sheet.find(&[name]));
    let mut seen = HashSet::new();
    let again = |row: &usize| {
        let first = seen.insert(sheet.cell(*row, slug));
        !first && sheet.cell(*row, name).is_empty() && chosen(sheet, *row, options).is_empty()
    };
    (0..sheet.rows.len()).filter(again).collect()
}

/// The first rows cut a SKU to 40 letters, the rows with further prices do not.
fn is_sku(short: &str, long: &str) -> bool {
    short == long || (short.len() >= 40 && long.starts_with(short))
}

fn pictures_of<'s>(sheet: &'s Sheet, row: usize, places: &[usize]) -> Vec<&'s str> {
    places
        .iter()
        .map(|place| sheet.cell(row, Some(*place)))
        .filter(|cell| !cell.is_empty())
        .collect()
}

/// Gives the text and pictures of a leading row to the row behind it.
fn led(rows: Vec<(Made, Vec<&str>, bool)>) -> Vec<Made> {
    let mut waiting: Option<(Made, Vec<&str>)> = None;
    let mut all = Vec::new();
    for (mut made, mut pictures, leads) in rows {
        if leads {
            waiting = Some((made, pictures));
            continue;
        }
        if let Some((lead, mut first)) = waiting.take() {
            for (column, title, text) in lead.cells {
                if made.get(column).is_empty() {
                    made.put(column, &title, text);
                }
            }
            made.sources.extend(lead.sources);
            first.append(&mut pictures);
            pictures = first;
        }
        all.extend(made.with_pictures("image1_src", &pictures));
    }
    all
}

fn squarespace(sheet: &Sheet, _: Currency) -> Vec<Made> {
    const FIELDS: Fields = &[
        (Handle, &["product url"]),
        (Title, &["title"]),
        (Body, &["description"]),
        (Sku, &["sku"]),
        (Price, &["price"]),
        (Tags, &["tags"]),
        (Published, &["visible"]),
    ];
    let id = sheet.find(&["product id"]);
    let [sale, on_sale, stock, tree] = ["sale price", "on sale", "stock", "categories"].map(|name| sheet.find(&[name]));
    let pictures = sheet.find(&["hosted image urls"]);
    let options = options(sheet, "option name ");
    let (mut handle, mut names) = (String::new(), Vec::new());
    let mut all = Vec::new();
    for row in 0..sheet.rows.len() {
        let mut made = Made::new(sheet, row);
        made.copy_all(sheet, row, FIELDS);
        let choices = chosen(sheet, row, &options);
        // Rows without the product's number are further variants.
        if sheet.cell(row, id).is_empty() {
            made.put(Handle, "Product URL", handle.as_str());
        } else {
            made.get(Handle).clone_into(&mut handle);
            names = choices.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        }
        let named = choices
            .into_iter()
            .enumerate()
            .map(|(place, (name, value))| (names.get(place).filter(|_| name.is_empty()).cloned().unwrap_or(name), value));
        made.choose(&named.collect::<Vec<_>>());
        let reduced = if sheet.cell(row, on_sale).eq_ignore_ascii_case("yes") {
            sheet.cell(row, sale)
        } else {
            ""
        };
        made.reduce("Sale Price", reduced);
        let units = sheet.cell(row, stock);
        made.put(Quantity, "Stock", if units.eq_ignore_ascii_case("unlimited") { "" } else { units });
        let first = parts(sheet.cell(row, tree), ',')
            .first()
            .and_then(|path| path.rsplit('/').next())
            .unwrap_or_default();
        made.put(Type, "Categories", first);
        let addresses: Vec<&str> = sheet.cell(row, pictures).split_whitespace().collect();
        all.extend(made.with_pictures("Hosted Image URLs", &addresses));
    }
    all
}

fn prestashop(sheet: &Sheet, _: Currency) -> Vec<Made> {
    const FIELDS: Fields = &[
        (Title, &["name"]),
        (Handle, &["url rewritten", "reference", "name"]),
        (Published, &["active"]),
        (Price, &["price tax included", "price tax excluded"]),
        (Sku, &["reference"]),
        (Barcode, &["ean13", "upc"]),
        (Vendor, &["manufacturer"]),
        (Quantity, &["quantity"]),
        (Tags, &["tags"]),
        (SeoTitle, &["meta title"]),
        (SeoDescription, &["meta description"]),
    ];
    let [short, long, tree, weight] = ["summary", "description", "categories", "weight"].map(|name| sheet.find(&[name]));
    let [pictures, action] = ["image urls", "out of stock action"].map(|name| sheet.find(&[name]));
    let rows = (0..sheet.rows.len()).flat_map(|row| {
        let mut made = Made::new(sheet, row);
        made.copy_all(sheet, row, FIELDS);
        if made.get(Handle).is_empty() {
            made.copy(Handle, sheet, row, sheet.find(&["name"]));
        }
        let texts = [sheet.cell(row, short), sheet.cell(row, long)];
        made.put(
            Body,
            "Description",
            if texts[0] == texts[1] {
                texts[1].to_owned()
            } else {
                texts.join("\n")
            },
        );
        let categories = parts(sheet.cell(row, tree), ',');
        made.put(Type, "Categories", categories.first().copied().unwrap_or_default());
        made.weigh("Weight", sheet.cell(row, weight), "kg");
        made.put(
            Policy,
            "Out of stock action",
            if sheet.cell(row, action) == "1" { "continue" } else { "deny" },
        );
        made.with_pictures("Image URLs", &parts(sheet.cell(row, pictures), ','))
    });
    rows.collect()
}

/// Name, place of the name and place of the value of each choice: `Option 1 Name` beside `Option 1 Value`.
fn options(sheet: &Sheet, start: &str) -> Vec<(usize, usize, usize)> {
    let found = (1..=6).filter_map(|number| {
        let names = [format!("{start}{number} name"), format!("{start}{number}")];
        let name = sheet.find(&names.each_ref().map(String::as_str))?;
        let values = [format!("{start}{number} value"), format!("option value {number}")];
        let value = sheet.find(&values.each_ref().map(String::as_str))?;
        Some((number, name, value))
    });
    found.collect()
}

fn chosen(sheet: &Sheet, row: usize, options: &[(usize, usize, usize)]) -> Vec<(String, String)> {
    let pairs = options
        .iter()
        .map(|(_, name, value)| (sheet.cell(row, Some(*name)).to_owned(), sheet.cell(row, Some(*value)).to_owned()));
    pairs.filter(|(_, value)| !value.is_empty()).collect()
}

fn joined(sheet: &Sheet, row: usize, places: &[usize]) -> String {
    pictures_of(sheet, row, places).join(", ")
}
