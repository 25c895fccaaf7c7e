use std::io::Write;

use super::super::source::json_lines;
use super::*;

/// Files packed as they are.
fn packed(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in files {
        zip.start_file(*name, plain).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A row of texts by their columns.
pub(in super::super) fn cells(row: u32, cells: &[(&str, &str)]) -> String {
    let cell = |(column, text): &(&str, &str)| format!(r#"<c r="{column}{row}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    format!(r#"<row r="{row}">{}</row>"#, cells.iter().map(cell).collect::<String>())
}

/// As little as a workbook with a sheet of some rows can be.
pub(in super::super) fn xlsx_of(rows: &str) -> Vec<u8> {
    xlsx_with(rows, "<sst/>")
}

/// Likewise, with texts that cells share.
fn xlsx_with(rows: &str, shared: &str) -> Vec<u8> {
    let sheet = format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>"#
    );
    packed(&[
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        ("xl/worksheets/sheet1.xml", &sheet),
        ("xl/sharedStrings.xml", shared),
    ])
}

fn ods_of(rows: &str) -> Vec<u8> {
    let tables = format!(
        r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="A">{rows}</table:table></office:spreadsheet></office:body></office:document-content>"#
    );
    let manifest = r#"<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"#;
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", manifest),
        (ODS_TABLES, &tables),
    ])
}

fn text_cell(text: &str, repeated: u32) -> String {
    format!(
        r#"<table:table-cell office:value-type="string" table:number-columns-repeated="{repeated}"><text:p>{text}</text:p></table:table-cell>"#
    )
}

fn told(found: Result<Sheet, FileError>) -> String {
    match found {
        Ok(_) => String::new(),
        Err(FileError(detail)) => detail,
    }
}

fn rows_of(bytes: Vec<u8>) -> (Vec<String>, Rows) {
    let sheet = workbook(bytes, Room::default()).ok().unwrap();
    (sheet.titles, sheet.rows)
}

#[test]
fn a_sheet_takes_what_its_cells_take() {
    let rows = cells(2, &[("B", "Name"), ("D", "Price")]) + &cells(900, &[("B", "Mug"), ("C", "blue")]) + &cells(7, &[("D", "5")]);
    let (titles, found) = rows_of(xlsx_of(&rows));
    assert_eq!(titles, ["Name", "", "Price"], "nothing stands left of them");
    let row = |line, cells: &[&str]| (line, cells.iter().map(|cell| (*cell).to_owned()).collect::<Vec<_>>());
    assert_eq!(found, [row(7, &["", "", "5"]), row(900, &["Mug", "blue"])]);
    // Of the eleven cells up to the last of each row.
    assert_eq!(told(workbook(xlsx_of(&rows), Room::of(11))), "");
    assert!(told(workbook(xlsx_of(&rows), Room::of(10))).contains("cells"));
}

#[test]
fn a_sheet_is_not_wider_than_any_export() {
    assert!(told(workbook(xlsx_of(&cells(1, &[("A", "Name"), ("CZZ", "Price")])), Room::default())).contains("2000 columns"));
    assert_eq!(
        told(workbook(xlsx_of(&cells(1, &[("A", "Name"), ("BXX", "Price")])), Room::default())),
        ""
    );
}

#[test]
fn a_cell_of_an_ods_that_stands_for_many_takes_the_room_of_many() {
    let empty_end = r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>"#;
    let head = format!(
        "<table:table-row>{}{}</table:table-row>",
        text_cell("Name", 1),
        text_cell("Price", 1)
    );
    let mug = format!(
        r#"<table:table-row table:number-rows-repeated="3">{}<table:table-cell table:number-columns-repeated="16383"/></table:table-row>"#,
        text_cell("Mug", 1)
    );
    let rows = format!("{head}{mug}{empty_end}");
    let (titles, found) = rows_of(ods_of(&rows));
    assert_eq!(
        (titles, found.len()),
        (vec!["Name".to_owned(), "Price".to_owned()], 3),
        "what is empty is no row"
    );
    assert_eq!(told(workbook(ods_of(&rows), Room::of(8))), "", "four rows of two");
    assert!(told(workbook(ods_of(&rows), Room::of(7))).contains("cells"));
    let wide = format!("<table:table-row>{}</table:table-row>", text_cell("x", 2_001));
    assert!(told(workbook(ods_of(&wide), Room::default())).contains("columns"));
}

#[test]
fn what_a_cell_of_an_ods_says_is_counted_as_often_as_it_comes() {
    let measured = |rows: &str, bytes: u64| {
        let mut room = Room::default();
        let taken = room.text((256 << 20) - bytes);
        assert!(taken.is_ok());
        told(workbook(ods_of(rows), room))
    };
    let five = format!(
        r#"<table:table-row table:number-rows-repeated="5">{}</table:table-row>"#,
        text_cell(&"x".repeat(100), 10)
    );
    assert!(
        measured(&five, 5_000).contains("MB"),
        "fifty cells of a hundred letters and what is around them"
    );
    assert_eq!(measured(&five, 20_000), "");
    let blanks = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>x<text:s text:c="3000"/></text:p></table:table-cell></table:table-row>"#;
    assert!(measured(blanks, 3_000).contains("MB"));
    assert_eq!(measured(blanks, 4_000), "");
    let nested = r#"<table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p><table:table/></table:table-cell></table:table-row>"#;
    assert!(told(workbook(ods_of(nested), Room::default())).contains("within tables"));
}

#[test]
fn a_shared_text_takes_room_in_each_cell_that_says_it() {
    let shared = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1_000));
    let rows: String = (1..=5)
        .map(|row| format!(r#"<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>"#))
        .collect();
    let left = |bytes: u64| {
        let mut room = Room::default();
        assert!(room.text((256 << 20) - bytes).is_ok());
        told(workbook(xlsx_with(&rows, &shared), room))
    };
    assert_eq!(left(5_000), "");
    assert!(left(4_999).contains("MB"));
}

#[test]
fn a_workbook_is_looked_at_as_it_is_unpacked() {
    let mut archive = ZipArchive::new(Cursor::new(packed(&[("a", "12345"), ("b", "12345")]))).unwrap();
    assert!(check_unpacked(&mut archive, 10).is_ok());
    assert!(check_unpacked(&mut archive, 9).is_err());
}

#[test]
fn a_line_of_json_takes_its_own_keys() {
    let lines = "{\"a\":1,\"b\":2}\n{\"c\":3}\n{\"a\":4}\n";
    let sheet = json_lines(lines.as_bytes(), Room::of(6)).ok().unwrap();
    assert_eq!(sheet.titles, ["a", "b", "c"]);
    assert_eq!(sheet.rows.iter().map(|(_, cells)| cells.len()).collect::<Vec<_>>(), [2, 3, 1]);
    assert!(told(json_lines(lines.as_bytes(), Room::of(5))).contains("cells"));
    let wide = (0..2_001).map(|key| format!("{{\"k{key}\":1}}\n")).collect::<String>();
    assert!(told(json_lines(wide.as_bytes(), Room::default())).contains("columns"));
}

#[test]
fn a_workbook_of_the_old_kind_is_said_to_be_one() {
    let old = b"\xd0\xcf\x11\xe0 and so on".as_slice();
    let found = super::super::source::read(&|| old, |_| true);
    assert!(told(found.map(|_| Sheet::new(Vec::new(), Vec::new()))).contains("XLSX"));
}
