use super::*;

fn count(facet: &str, name: &str, value: &str, count: i64) -> CountRow {
    CountRow {
        facet: facet.to_owned(),
        name: name.to_owned(),
        value: value.to_owned(),
        count,
    }
}

#[test]
fn options_are_gathered_by_name() {
    let filters = parse_options(Some("Size:M|Colour:Sky: light|Size: L")).unwrap();
    let found: Vec<(&str, Vec<&str>)> = filters
        .iter()
        .map(|filter| (filter.name.as_str(), filter.values.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(found, [("Size", vec!["M", "L"]), ("Colour", vec!["Sky: light"])]);
    assert!(parse_options(None).unwrap().is_empty());
}

#[test]
fn options_that_make_no_sense_are_refused_by_name() {
    for text in ["Size", ":M", "Size:", "Size:\0"] {
        assert_eq!(
            parse_options(Some(text)).unwrap_err().errors[0].parameter.as_deref(),
            Some("options"),
            "{text:?}"
        );
    }
    assert!(parse_options(Some(&"Size:M|".repeat(51))).is_err());
}

#[test]
fn relevance_needs_a_search() {
    assert_eq!(parse_order(None, true).unwrap().1, ListingOrder::Relevance);
    assert_eq!(parse_order(Some("relevance"), false).unwrap().1, ListingOrder::Newest);
    assert_eq!(parse_order(None, false).unwrap().1, ListingOrder::Newest);
    assert!(parse_order(Some("cheapest"), false).is_err());
}

#[test]
fn a_cursor_belongs_to_its_order() {
    let time = DateTime::from_timestamp_micros(1_700_000_000_123_456);
    let place = Place {
        time,
        id: Uuid::from_u128(7),
        ..Place::default()
    };
    let text = cursor::encode(&Cursor::new("newest", place.clone()));
    assert_eq!(Cursor::decode(Some(&text), "newest").unwrap(), Some(place));
    assert_eq!(Cursor::decode(Some(&text), "price").unwrap_err().kind, &BAD_CURSOR);
    assert_eq!(Cursor::decode(None, "price").unwrap(), None);
}

#[test]
fn facets_come_in_the_order_in_which_they_are_shown() {
    let shirts = Category {
        id: Uuid::from_u128(1),
        parent_id: None,
        slug: "shirts".to_owned(),
        name: "Shirts".to_owned(),
    };
    let counts = vec![
        count("availability", "", "sold_out", 1),
        count("availability", "", "in_stock", 2),
        count("category", "", &Uuid::from_u128(1).to_string(), 3),
        count("option", "Size", "S", 1),
        count("option", "Size", "M", 2),
        count("price", "max", "9900", 3),
        count("price", "min", "1000", 3),
        count("total", "", "", 3),
    ];
    let found: Vec<(String, Vec<String>)> = facets(counts, &[shirts])
        .into_iter()
        .map(|facet| (facet.name, facet.values.into_iter().map(|value| value.value).collect()))
        .collect();
    let expected = [
        ("category", vec!["shirts"]),
        ("availability", vec!["in_stock", "sold_out"]),
        ("price", vec!["1000", "9900"]),
        ("Size", vec!["S", "M"]),
    ];
    let expected: Vec<(String, Vec<String>)> = expected
        .into_iter()
        .map(|(name, values)| (name.to_owned(), values.into_iter().map(str::to_owned).collect()))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn facets_without_values_are_left_out() {
    assert!(facets(vec![count("total", "", "", 0)], &[]).is_empty());
}
