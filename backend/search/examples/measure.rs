//! How fast an index of many products is made, and answers: `cargo run --release -p orion-search --example measure [products]`.

use std::time::Instant;

use orion_search::{Category, Filter, Memory, Order, ProductDocument, Snapshot, Stamp, VariantDocument, WantedOption, Writer};
use uuid::Uuid;

const WORDS: [&str; 12] = [
    "oak", "lamp", "table", "blue", "shirt", "walnut", "steel", "garden", "chair", "linen", "brass", "glass",
];
const ROUNDS: u32 = 50;

fn product(number: u64) -> ProductDocument {
    let word = |step: u64| WORDS[((number * 7 + step * number / 3 + step) % WORDS.len() as u64) as usize];
    let variant = |size: (usize, &&str)| VariantDocument {
        sku: format!("P{number}-{}", size.1),
        price: 1_000 + (number % 5_000) as i64 + size.0 as i64 * 100,
        available: !(number + size.0 as u64).is_multiple_of(11),
        values: vec![(*size.1).to_owned(), word(5).to_owned()],
        ..VariantDocument::default()
    };
    ProductDocument {
        id: Uuid::from_u128(u128::from(number.wrapping_mul(0x9e37_79b9_7f4a_7c15))),
        created: number as i64,
        title: format!("{} {} {number}", word(1), word(2)),
        vendor: format!("Vendor {}", number % 40),
        tags: vec![word(3).to_owned()],
        description: format!(
            "A {} made of {} with a sentence to read about it, number {number}.",
            word(4),
            word(5)
        ),
        price: 1_000 + (number % 5_000) as i64,
        categories: vec![Uuid::from_u128(u128::from(number % 60))],
        option_names: vec!["Size".to_owned(), "Material".to_owned()],
        variants: ["S", "M", "L"].iter().enumerate().map(variant).collect(),
        ..ProductDocument::default()
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let products: u64 = std::env::args().nth(1).map_or(Ok(100_000), |text| text.parse())?;
    let folder = tempfile::tempdir()?;
    let place = folder.path().join("index");
    let started = Instant::now();
    let mut writer = Writer::anew(&place, "en")?;
    for number in 0..products {
        writer.add(&product(number))?;
    }
    let stamp = Stamp {
        locale: "en".to_owned(),
        ..Stamp::default()
    };
    writer.commit(&stamp)?;
    println!("made in {:?}", started.elapsed());
    let started = Instant::now();
    let category = |number| Category {
        id: Uuid::from_u128(number),
        parent_id: None,
        slug: String::new(),
        name: String::new(),
    };
    let categories: Vec<Category> = (0..60).map(category).collect();
    let memory = Memory::default();
    let mut open = Snapshot::open(&place, stamp.clone(), categories.clone(), &memory, None)?;
    println!("opened in {:?}, {} kB", started.elapsed(), open.weight() / 1024);
    let search = |text: &str| Filter {
        search: Some(text.to_owned()),
        stock_kept: true,
        ..Filter::default()
    };
    let sized = WantedOption {
        name: "Size".to_owned(),
        values: vec!["M".to_owned()],
    };
    let lists = [
        ("two words", search("lamp oak"), Order::Relevance),
        ("one word", search("lamp"), Order::Relevance),
        ("one letter", search("l"), Order::Suggestion),
        ("a typing error", search("lmap wallnut"), Order::Relevance),
        ("a number", search("4711"), Order::Relevance),
    ];
    for (name, filter, order) in lists {
        let started = Instant::now();
        let mut total = 0;
        for _ in 0..ROUNDS {
            total = open.list(&filter, order, None, 21)?.1.total;
        }
        println!("{name}: {total} products, {:?}", started.elapsed() / ROUNDS);
    }
    for order in [Order::Newest, Order::PriceAscending, Order::Title, Order::Newest, Order::Title] {
        let filter = Filter {
            options: vec![sized.clone()],
            stock_kept: true,
            ..Filter::default()
        };
        let started = Instant::now();
        let total = open.list(&filter, order, None, 21)?.1.total;
        println!("everything in M by {order:?}: {total} products, {:?}", started.elapsed());
    }
    for number in 0..3 {
        let started = Instant::now();
        let mut writer = Writer::changing(&place, "en")?;
        writer.put(&product(number))?;
        writer.commit(&stamp)?;
        open = Snapshot::open(&place, stamp.clone(), categories.clone(), &memory, Some(&open))?;
        println!("an edit is there in {:?}", started.elapsed());
    }
    Ok(())
}
