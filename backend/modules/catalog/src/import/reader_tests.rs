use encoding_rs::UTF_8;

use super::*;

fn open(text: &str) -> ProductFile {
    let shape = Shape {
        encoding: UTF_8,
        separator: b',',
    };
    ProductFile::open(Box::new(std::io::Cursor::new(text.to_owned())), shape).unwrap()
}

/// Address, lines, and where and why the product is unusable.
type Found = (String, Vec<i32>, Option<(i32, String)>);

fn groups(text: &str) -> Vec<Found> {
    let mut file = open(text);
    let mut found = Vec::new();
    while let Some(group) = file.next_product().unwrap() {
        let lines = group.rows.iter().map(|row| row.line).collect();
        found.push((group.slug, lines, group.fault.map(|fault| (fault.line, fault.code))));
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
    assert_eq!(
        open("Handle,Title,Variant Price\na,A,1\na,,2\n\n,,\nb,B,3\n,,")
            .count_rows()
            .unwrap(),
        3
    );
}

#[test]
fn a_row_without_a_handle_is_reported_and_the_next_one_is_read() {
    let found = groups("Handle,Title,Variant Price\n,Lost,5\nmug,Mug,5\n");
    assert_eq!(
        found,
        [(String::new(), vec![], Some((2, "required".into()))), ("mug".into(), vec![3], None)]
    );
}

#[test]
fn products_whose_rows_are_scattered_are_reported() {
    let found = groups("Handle,Title,Variant Price\nmug,Mug,5\ncup,Cup,5\nMug,,6\n");
    assert_eq!(found[2], ("mug".into(), vec![4], Some((4, "scattered".into()))));
}

#[test]
fn a_row_with_more_columns_than_the_header_is_reported() {
    let found = groups("Handle,Title,Variant Price\nmug,Mug,5,extra\n");
    assert_eq!(found[0].2, Some((2, "too_many_columns".into())));
}

#[test]
fn a_handle_becomes_an_address() {
    assert_eq!(groups("Handle,Title,Variant Price\nÖko_Tasse 2,Mug,5\n")[0].0, "oeko-tasse-2");
}

#[test]
fn one_product_cannot_fill_the_memory() {
    let rows = "mug,,\n".repeat(MAX_ROWS + 5);
    let mut file = open(&format!("Handle,Title,Variant Price\n{rows}cup,Cup,1\n"));
    let group = file.next_product().unwrap().unwrap();
    assert_eq!((group.rows.len(), group.fault.unwrap().code.as_str()), (MAX_ROWS, "too_many_rows"));
    assert_eq!(usize::try_from(group.count).unwrap(), MAX_ROWS + 5);
    assert_eq!(file.next_product().unwrap().unwrap().slug, "cup");
}

#[test]
fn an_sku_is_remembered_once_its_product_was_taken() {
    let mut file = open("Handle,Title,Variant Price\n");
    assert!(!file.knows_sku("A-1"));
    file.note_skus(["A-1"].into_iter());
    assert!(file.knows_sku("A-1"));
}
