use encoding_rs::UTF_8;
use proptest::prelude::*;

use super::*;

fn open_with(text: &str, separator: u8) -> ProductFile {
    let shape = Shape {
        encoding: UTF_8,
        separator,
    };
    let source = || Box::new(std::io::Cursor::new(text.to_owned()));
    let survey = ProductFile::open(source(), shape, &Mapping::default())
        .unwrap()
        .look_over()
        .unwrap();
    let file = ProductFile::open(source(), shape, &Mapping::default()).unwrap();
    ProductFile { survey, ..file }
}

fn open(text: &str) -> ProductFile {
    open_with(text, b',')
}

/// Key, lines, and where and why the product is unusable.
type Found = (String, Vec<i32>, Option<(i32, String)>);

fn groups(text: &str) -> Vec<Found> {
    let mut file = open(text);
    let mut found = Vec::new();
    while let Some(group) = file.next_product().unwrap() {
        let lines = group.rows.iter().map(|row| row.line).collect();
        found.push((group.key, lines, group.fault.map(|fault| (fault.line, fault.code))));
    }
    found
}

#[test]
fn rows_of_one_handle_are_one_product_and_lines_count_from_the_header() {
    let text = "Handle,Title,Variant Price\nmug,Mug,5\nmug,,6\nbowl,\"two\nlines\",7\ncup,Cup,8\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n")] {
        assert_eq!(
            groups(&text),
            [
                ("mug".into(), vec![2, 3], None),
                ("bowl".into(), vec![4], None),
                ("cup".into(), vec![6], None)
            ],
            "{text:?}"
        );
    }
}

#[test]
fn rows_are_counted_without_being_kept() {
    assert_eq!(open("Handle,Title,Variant Price\na,A,1\na,,2\n\n,,\nb,B,3\n,,").survey.rows, 3);
}

#[test]
fn a_row_without_a_handle_is_reported_and_the_next_one_is_read() {
    let found = groups("Handle,Title,Variant Price\n,Lost,5\nmug,Mug,5\n");
    assert_eq!(
        found,
        [
            (String::new(), vec![2], Some((2, "required".into()))),
            ("mug".into(), vec![3], None)
        ]
    );
}

#[test]
fn rows_that_stand_apart_are_joined_once_the_last_has_come() {
    let found = groups("Handle,Title,Variant Price\nmug,,5\ncup,Cup,5\nmug,Mug,6\nbowl,Bowl,7\nmug,,8\n");
    assert_eq!(
        found,
        [
            ("cup".into(), vec![3], None),
            ("bowl".into(), vec![5], None),
            ("mug".into(), vec![2, 4, 6], None)
        ]
    );
    let mut file = open("Handle,Title\nmug,\ncup,Cup\nmug,Mug\n");
    let header = file.header.clone();
    let mut mug = std::iter::from_fn(|| file.next_product().unwrap()).last().unwrap();
    mug.lead_with_title(&header);
    assert_eq!(mug.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [4, 2]);
}

#[test]
fn handles_are_kept_letter_by_letter() {
    let found = groups("Handle,Title\nmug,A\nMug,B\nكوب,C\nكوبان,D\n");
    let keys: Vec<String> = found.into_iter().map(|(key, _, _)| key).collect();
    assert_eq!(keys, ["mug", "Mug", "كوب", "كوبان"]);
}

#[test]
fn a_file_without_handles_is_told_by_its_titles() {
    assert_eq!(groups("Title,Price\nMug,5\nCup,6\n").len(), 2);
}

#[test]
fn a_line_that_names_the_separator_is_no_header() {
    let mut file = open_with("sep=;\nHandle;Title\nmug;Mug\n", b';');
    let mug = file.next_product().unwrap().unwrap();
    assert_eq!((mug.key.as_str(), mug.rows[0].line), ("mug", 3));
}

#[test]
fn cells_beyond_the_header_do_not_make_a_product_unusable() {
    assert_eq!(groups("Handle,Title,Variant Price\nmug,Mug,5,,\n")[0].2, None);
}

#[test]
fn columns_that_nobody_reads_are_told_with_their_cells() {
    let file = open("Handle,Title,Season,Colour\nmug,Mug,5,\ncup,Cup,6,\n");
    let notes = file.survey.notes(&file.header, None);
    let told: Vec<(&str, &str)> = notes.iter().map(|note| (note.column.as_str(), note.code.as_str())).collect();
    assert_eq!(told, [("Season", "column_ignored"), ("Variant Inventory Qty", "not_counted")]);
    assert!(notes[0].detail.contains("2 of its cells"), "{}", notes[0].detail);
}

#[test]
fn one_product_cannot_fill_the_memory() {
    let rows = "mug,,\n".repeat(MAX_ROWS + 5);
    let mut file = open(&format!("Handle,Title,Variant Price\n{rows}cup,Cup,1\n"));
    let group = file.next_product().unwrap().unwrap();
    assert_eq!((group.rows.len(), group.fault.unwrap().code.as_str()), (MAX_ROWS, "too_many_rows"));
    assert_eq!(usize::try_from(group.count).unwrap(), MAX_ROWS + 5);
    assert_eq!(file.next_product().unwrap().unwrap().key, "cup");
}

/// A file that the `csv` crate has written: the cells of its products, each product in a row.
fn written(cells: &[(String, String)], separator: u8, every_quote: bool) -> String {
    let style = if every_quote {
        csv::QuoteStyle::Always
    } else {
        csv::QuoteStyle::Necessary
    };
    let mut writer = csv::WriterBuilder::new()
        .delimiter(separator)
        .quote_style(style)
        .from_writer(Vec::new());
    writer.write_record(["Handle", "Title", "Variant Price"]).unwrap();
    for (number, (title, price)) in cells.iter().enumerate() {
        writer.write_record([&format!("p{number}"), title, price]).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

proptest! {
    /// What another program has put into quotes comes back as it was, whatever separates the cells.
    #[test]
    fn fuzz_cells_come_back_as_they_were_written(
        cells in prop::collection::vec(("[a-z\",;\t\n\r\u{e9} ']{0,10}", "[0-9.,]{0,6}"), 1..8),
        separator in prop::sample::select(vec![b',', b';', b'\t']),
        every_quote: bool,
    ) {
        let mut file = open_with(&written(&cells, separator, every_quote), separator);
        let mut read = Vec::new();
        while let Some(group) = file.next_product().unwrap() {
            prop_assert_eq!(group.rows.len(), 1);
            let field = |column| group.rows[0].fields.get(column).unwrap_or_default().to_owned();
            read.push((field(1), field(2)));
        }
        prop_assert_eq!(read, cells);
    }

    /// Whatever is in a file, its reading ends, with products or with a reason.
    #[test]
    fn fuzz_any_text_is_read_or_refused(text in "(Handle|Title|SKU|Name|,|;|\t|\"|\n|\r|\u{0}|a|1|\u{e9}){0,60}") {
        let source = || Box::new(std::io::Cursor::new(text.clone()));
        let shape = || Shape { encoding: UTF_8, separator: b',' };
        let survey = ProductFile::open(source(), shape(), &Mapping::default()).and_then(ProductFile::look_over);
        if let (Ok(survey), Ok(file)) = (survey, ProductFile::open(source(), shape(), &Mapping::default())) {
            let mut file = ProductFile { survey, ..file };
            let mut products = 0;
            while let Ok(Some(_)) = file.next_product() {
                products += 1;
                prop_assert!(products <= text.len());
            }
        }
    }
}
