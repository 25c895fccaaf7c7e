use std::io::Cursor;

use super::super::reader::ProductFile;
use super::workbook::tests::{cells, xlsx_of};
use super::*;

fn read(text: &'static str) -> Translated {
    translated(|| Cursor::new(text), Currency::EUR, &Mapping::default())
        .unwrap()
        .unwrap()
}

/// What each row says in these columns.
fn says(file: &Translated, columns: &[Column]) -> Vec<Vec<String>> {
    let row = |row: &StringRecord| columns.iter().map(|column| file.header.get(row, *column).to_owned()).collect();
    file.rows.iter().map(row).collect()
}

const SOLD: [Column; 4] = [Column::Handle, Column::Title, Column::OptionValue(0), Column::Price];

#[test]
fn medusa_takes_the_price_in_the_currency_of_the_store() {
    let file = read(
        "Product Handle;Product Title;Product Status;Variant Id;Variant Option 1 Name;Variant Option 1 Value;Variant Price DKK;Variant Price EUR\n\
         mug;Mug;published;v1;Size;L;30;45\nmug;Mug;published;v2;Size;S;40;55\n",
    );
    assert_eq!(says(&file, &SOLD), [["mug", "Mug", "L", "45"], ["mug", "Mug", "S", "55"]]);
    assert_eq!(file.header.name(Column::Price), "Variant Price EUR");
    assert_eq!(file.rows[1].position().unwrap().line(), 3);
}

#[test]
fn vendure_names_product_and_choices_once_and_pads_its_headings() {
    let file = read(
        "name   ,slug ,facets,optionGroups ,optionValues,sku,price\n\
         Laptop ,laptop,category:Computers|brand:Ours,size|RAM,13|8GB,L1,1299.00\n       ,      ,,,15|8GB,L2,1399.00\n",
    );
    assert_eq!(
        says(&file, &SOLD),
        [["laptop", "Laptop", "13", "1299.00"], ["laptop", "", "15", "1399.00"]]
    );
    assert_eq!(
        says(&file, &[Column::OptionName(1), Column::Vendor, Column::Type])[0],
        ["RAM", "Ours", "Computers"]
    );
}

#[test]
fn spree_has_a_leading_row_that_nobody_can_buy() {
    let file = read(
        "slug,sku,name,price,currency,option1_name,option1_value,inventory_count,weight,weight_unit\n\
         pot,POT,Pot,0,EUR,,,,,\npot,POT-B,,9.99,USD,Colour,Black,5,2,lb\nlid,LID,Lid,3,USD,,,1,,\npot,POT-B,,8.99,EUR,,,,,\n",
    );
    assert_eq!(says(&file, &SOLD), [["pot", "Pot", "Black", "8.99"], ["lid", "Lid", "", "3 USD"]]);
    assert_eq!(file.header.get(&file.rows[0], Column::Grams), "907");
}

#[test]
fn squarespace_continues_a_product_in_rows_without_its_number() {
    let file = read(
        "Product ID [Non Editable],Variant ID [Non Editable],Product Page,Product URL,Title,Option Name 1,Option Value 1,Price,Sale Price,On Sale,Stock,Hosted Image URLs,Weight\n\
         p1,v1,shop,mug,Mug,Size,L,9,7,Yes,Unlimited,https://x.example/1.jpg https://x.example/2.jpg,0.5\n,v2,,,,,S,8,0,No,3,,0.4\n",
    );
    let rows = says(&file, &SOLD);
    assert_eq!(rows, [["mug", "Mug", "L", "7"], ["mug", "", "", ""], ["mug", "", "S", "8"]]);
    assert_eq!(says(&file, &[Column::CompareAt, Column::Quantity])[0], ["9", ""]);
    assert_eq!(
        file.rows[0].iter().next_back(),
        Some("0.5"),
        "a weight without a unit is left to the report"
    );
}

#[test]
fn prestashop_and_any_list_are_read_by_their_headings() {
    let file = read(
        "Product ID;Active (0/1);Name *;Price tax excluded;Reference #;Weight;Image URLs (x,y,z...)\n1;1;Pod;100;R-1;0.068;http://x.example/1.jpg,http://x.example/2.jpg\n",
    );
    assert_eq!(says(&file, &SOLD)[0], ["R-1", "Pod", "", "100"]);
    assert_eq!((file.rows.len(), file.header.get(&file.rows[0], Column::Grams)), (2, "68"));
    let file = read("Artikelname;Preis;Bestand;Regal\nTasse;9,90;4;B7\n");
    assert_eq!(says(&file, &SOLD)[0], ["Tasse", "Tasse", "", "9,90"]);
    assert_eq!(file.rows[0].iter().next_back(), Some("B7"));
}

#[test]
fn magento_joins_simple_products_to_the_one_that_names_them() {
    let file = read(
        "sku,store_view_code,attribute_set_code,product_type,product_websites,name,price,url_key,configurable_variations\n\
         T-R,,Default,simple,base,Tee red,10,tee-red,\nT-B,,Default,simple,base,Tee blue,11,tee-blue,\n\
         T,,Default,configurable,base,Tee,,tee,\"sku=T-R,color=Red|sku=T-B,color=Blue\"\nT,de,,,,Hemd,,,\n",
    );
    assert_eq!(says(&file, &SOLD), [["tee", "Tee", "Red", "10"], ["tee", "", "Blue", "11"]]);
    let lines: Vec<u64> = file.rows.iter().map(|row| row.position().unwrap().line()).collect();
    assert_eq!(lines, [2, 3]);
}

#[test]
fn woocommerce_is_told_by_its_places_in_any_language() {
    let file = read(
        "ID,Typ,Artikelnummer,Name,Veröffentlicht,Hervorgehoben?,Sichtbarkeit,Kurzbeschreibung,Beschreibung,Start,Ende,Steuerstatus,Steuerklasse,Lager?,Bestand,Rückstand?,Einzeln?,Gewicht (kg),L,B,H,Bewertung?,Notiz,Angebotspreis,Regulärer Preis,Kategorien,Tags,Versandklasse,Bilder,Limit,Ablauf,Übergeordnet,Gruppiert,Upsells,Cross,URL,Text,Position,Attribut 1 Name,Attribut 1 Wert(e),Attribut 1 sichtbar,Attribut 1 global\n\
         7,variable,tee,T-Shirt,1,0,visible,Kurz\\nlang,Text,,,taxable,,1,,0,0,,,,,1,,,,\"Kleidung > Hemden, Neu\",,,https://x.example/1.jpg,,,,,,,,,0,Farbe,\"Rot, Blau\",1,1\n\
         8,variation,tee-r,T-Shirt - Rot,1,0,visible,,,,,taxable,,1,4,0,0,\"0,25\",,,,1,,18,20,,,,,,,id:7,,,,,,1,Farbe,Rot,,1\n\
         9,variation,tee-any,T-Shirt,1,0,visible,,,,,taxable,,1,,0,0,,,,,1,,,22,,,,,,,tee,,,,,,2,Farbe,,,1\n",
    );
    let rows = says(&file, &SOLD);
    assert_eq!(rows[0], ["tee", "T-Shirt", "Rot", "18"]);
    assert_eq!(rows[1..], [["tee", "", "Rot", "22"], ["tee", "", "Blau", "22"]]);
    let more = says(&file, &[Column::CompareAt, Column::Grams, Column::Type, Column::Tags, Column::Body]);
    assert_eq!(more[0], ["20", "250", "Hemden", "Neu", "Kurz\nlang\nText"]);
}

#[test]
fn a_line_of_json_is_a_product() {
    let file = read("{\"name\":\"Mug\",\"price\":9.5,\"tags\":[\"a\",\"b\"]}\n\n{\"name\":\"Cup\",\"price\":4,\"stock\":3}\n");
    assert_eq!(says(&file, &SOLD), [["Mug", "Mug", "", "9.5"], ["Cup", "Cup", "", "4"]]);
    assert_eq!(says(&file, &[Column::Tags, Column::Quantity]), [["a, b", ""], ["", "3"]]);
    assert_eq!(file.rows[1].position().unwrap().line(), 3);
    let wrong = translated(|| Cursor::new("{\"name\":"), Currency::EUR, &Mapping::default()).unwrap_err();
    assert!(wrong.0.starts_with("Line 1 is not an object of JSON"), "{wrong}");
}

#[test]
fn what_the_parser_knows_is_left_to_it() {
    for text in ["Handle,Title,Variant Price\nmug,Mug,5\n", "Colour,Taste\nred,sweet\n"] {
        assert!(
            translated(|| Cursor::new(text), Currency::EUR, &Mapping::default())
                .unwrap()
                .is_none()
        );
    }
}

#[test]
fn a_translated_file_is_read_like_any_other() {
    let mut file = ProductFile::of(read(
        "Name,Price,Image\nMug,5,https://x.example/1.jpg https://x.example/2.jpg\nCup,6,\n",
    ));
    let mut lines = Vec::new();
    while let Some(group) = file.next_product().unwrap() {
        lines.push(group.rows.iter().map(|row| row.line).collect::<Vec<_>>());
    }
    assert_eq!(lines, [vec![2, 2], vec![3]]);
}

#[test]
fn a_workbook_is_read() {
    let file = translated(|| Cursor::new(priced()), Currency::EUR, &Mapping::default())
        .unwrap()
        .unwrap();
    assert_eq!(says(&file, &SOLD), [["Mug", "Mug", "", "9.5"]]);
    assert!(translated(|| Cursor::new(b"PK\x03\x04rest".as_slice()), Currency::EUR, &Mapping::default()).is_err());
}

/// A product and its price.
fn priced() -> Vec<u8> {
    xlsx_of(
        &(cells(1, &[("A", "Name"), ("B", "Price")])
            + r#"<row r="2"><c r="A2" t="inlineStr"><is><t>Mug</t></is></c><c r="B2"><v>9.5</v></c></row>"#),
    )
}
