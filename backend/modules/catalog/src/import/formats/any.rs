//! Lists of no system in particular, in the words that lists use.

use orion_types::Currency;

use super::super::header::Column::{
    self, Barcode, Body, Handle, Price, Published, Quantity, SeoDescription, SeoTitle, Sku, Status, Tags, Title, Type, Vendor,
};
use super::Format;
use super::listed::Fields;
use super::sheet::{Made, Sheet};

/// Any list with a name and a price, in the words that lists use.
pub(super) const ANY: Format = Format {
    is: |sheet| !sheet.has(&["handle", "url handle"]) && sheet.has(NAMES) && sheet.has(PRICES),
    translate: any,
};

const NAMES: &[&str] = &[
    "title",
    "name",
    "product name",
    "item name",
    "product title",
    "product",
    "produktname",
    "bezeichnung",
    "artikelname",
    "titel",
    "artikelbezeichnung",
    "titre",
    "nom",
    "nom du produit",
    "nombre",
    "título",
    "titulo",
    "nome",
    "titolo",
    "naam",
    "productnaam",
];
const PRICES: &[&str] = &[
    "price",
    "regular price",
    "sale price",
    "selling price",
    "unit price",
    "retail price",
    "preis",
    "verkaufspreis",
    "bruttopreis",
    "prix",
    "prix ttc",
    "precio",
    "prezzo",
    "preço",
    "preco",
    "prijs",
    "variant price",
];

fn any(sheet: &Sheet, _: Currency) -> Vec<Made> {
    const FIELDS: Fields = &[
        (Title, NAMES),
        (Price, PRICES),
        (
            Body,
            &[
                "description",
                "product description",
                "body",
                "beschreibung",
                "descripción",
                "descripcion",
                "descrizione",
                "descrição",
                "omschrijving",
            ],
        ),
        (
            Sku,
            &[
                "sku",
                "product code/sku",
                "code",
                "article number",
                "item number",
                "artikelnummer",
                "artikel-nr.",
                "référence",
                "reference",
                "referencia",
                "variant sku",
            ],
        ),
        (
            Barcode,
            &["barcode", "gtin", "ean", "ean13", "upc", "product upc/ean", "strichcode"],
        ),
        (
            Vendor,
            &[
                "vendor",
                "brand",
                "manufacturer",
                "brand name",
                "marke",
                "hersteller",
                "marque",
                "marca",
                "merk",
            ],
        ),
        (
            Quantity,
            &[
                "quantity",
                "stock",
                "qty",
                "inventory quantity",
                "current stock level",
                "bestand",
                "lagerbestand",
                "menge",
                "lager",
                "quantité",
                "cantidad",
                "existencias",
                "quantità",
                "voorraad",
            ],
        ),
        (
            Type,
            &[
                "type",
                "product type",
                "category",
                "categories",
                "kategorie",
                "catégorie",
                "categoría",
                "categoria",
                "categorie",
            ],
        ),
        (Tags, &["tags", "keywords", "schlagworte", "étiquettes", "etiquetas", "etichette"]),
        (Handle, &["slug", "url key", "product url", "permalink"]),
        (SeoTitle, &["seo title", "meta title", "page title"]),
        (SeoDescription, &["seo description", "meta description"]),
        (Status, &["status"]),
        (Published, &["published", "active", "visible", "product visible?"]),
        (
            Column::CompareAt,
            &["compare at price", "compare-at price", "msrp", "old price", "streichpreis"],
        ),
    ];
    let is_picture = |name: &str| {
        let bare = name.trim_end_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '.'));
        matches!(
            bare,
            "image"
                | "images"
                | "image url"
                | "image urls"
                | "image src"
                | "image link"
                | "picture"
                | "product image url"
                | "bild"
                | "imagen"
                | "immagine"
        )
    };
    let pictures = sheet.find_all(is_picture);
    let variation = sheet.find(&["variation name"]);
    let mut before = String::new();
    let rows = (0..sheet.rows.len()).flat_map(|row| {
        let mut made = Made::new(sheet, row);
        made.copy_all(sheet, row, FIELDS);
        let key = [made.get(Handle), made.get(Title)]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_default()
            .to_owned();
        made.put(Handle, sheet.find(NAMES).map_or("", |place| sheet.title(place)), key.as_str());
        if !sheet.cell(row, variation).is_empty() {
            made.choose(&[("Variation".to_owned(), sheet.cell(row, variation).to_owned())]);
        }
        let same = before == key;
        before = key;
        let addresses = pictures
            .iter()
            .flat_map(|place| sheet.cell(row, Some(*place)).split([',', ' ', '|', ';']));
        let addresses: Vec<&str> = addresses.filter(|address| !address.is_empty() && !same).collect();
        made.with_pictures(pictures.first().map_or("Image", |place| sheet.title(*place)), &addresses)
    });
    rows.collect()
}
