//! What a spreadsheet puts on the clipboard: rows of cells, parted by line ends and tabs.

/// The cells of a text from a spreadsheet; `None` for a single cell, which the field itself can take.
pub fn cells(text: &str) -> Option<Vec<Vec<String>>> {
    // The last row ends with a line end as well.
    let text = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
    let cell = |cell: &str| {
        let cell = cell.trim();
        let quoted = cell.strip_prefix('"').and_then(|cell| cell.strip_suffix('"'));
        quoted.unwrap_or(cell).trim().to_owned()
    };
    let rows: Vec<Vec<String>> = text.split('\n').map(|row| row.split('\t').map(cell).collect()).collect();
    let single = rows.len() == 1 && rows.iter().all(|row| row.len() == 1);
    (!single).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::cells;

    fn rows(rows: &[&[&str]]) -> Option<Vec<Vec<String>>> {
        Some(rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect())
    }

    #[test]
    fn rows_and_columns_are_told_apart() {
        assert_eq!(cells("1,50\t2\r\n\"3.00\"\t\r\n"), rows(&[&["1,50", "2"], &["3.00", ""]]));
        assert_eq!(cells("12\n13\n"), rows(&[&["12"], &["13"]]));
    }

    #[test]
    fn an_empty_row_in_between_keeps_its_place() {
        assert_eq!(cells("1\n\n3"), rows(&[&["1"], &[""], &["3"]]));
    }

    #[test]
    fn one_cell_is_left_to_the_field() {
        assert_eq!(cells("12.50\r\n"), None);
        assert_eq!(cells("12.50"), None);
    }
}
