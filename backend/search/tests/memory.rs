//! What is remembered of a catalogue that changes, held against an index that is made anew and remembers nothing.

use std::collections::BTreeMap;
use std::path::Path;

use orion_search::{
    Category, Counts, Filter, Hit, Memory, Order, Place, ProductDocument, Snapshot, Stamp, VariantDocument, WantedOption, Writer,
};
use uuid::Uuid;

const ADJECTIVES: [&str; 4] = ["blue", "rote", "oak", "old"];
const NOUNS: [&str; 5] = ["Lamp", "Lantern", "Table", "Mug", "Shirt"];
const SIZES: [&str; 3] = ["S", "M", "L"];
const ORDERS: [Order; 6] = [
    Order::Newest,
    Order::PriceAscending,
    Order::PriceDescending,
    Order::Title,
    Order::Relevance,
    Order::Suggestion,
];

/// Numbers that look random and come again with the same seed.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    fn product(&mut self, id: u128) -> ProductDocument {
        let variants = (0..self.below(4)).map(|_| VariantDocument {
            price: 100 + self.below(8) as i64 * 50,
            available: self.below(3) > 0,
            values: vec![self.one(&SIZES).to_owned()],
            ..VariantDocument::default()
        });
        let variants: Vec<_> = variants.collect();
        ProductDocument {
            id: Uuid::from_u128(id),
            created: self.below(30) as i64,
            title: format!("{} {} {}", self.one(&ADJECTIVES), self.one(&NOUNS), self.below(50)),
            price: variants.iter().map(|variant| variant.price).min().unwrap_or_default(),
            categories: (0..self.below(3)).map(|_| Uuid::from_u128(1 + self.below(3) as u128)).collect(),
            option_names: vec!["Size".to_owned()],
            variants,
            shown: format!("{id} at {}", self.below(1_000)).into_bytes(),
            ..ProductDocument::default()
        }
    }

    fn filter(&mut self) -> Filter {
        let typed = ["lam", "blue", "old mug", "lapm", "ta 4", "-", "nothing of it"];
        Filter {
            search: (self.below(2) == 0).then(|| self.one(&typed).to_owned()),
            categories: (self.below(3) == 0).then(|| vec![Uuid::from_u128(1 + self.below(3) as u128)]),
            min_price: (self.below(4) == 0).then(|| 100 + self.below(8) as i64 * 50),
            max_price: (self.below(4) == 0).then(|| 100 + self.below(8) as i64 * 50),
            in_stock: self.below(4) == 0,
            options: if self.below(3) == 0 {
                vec![WantedOption {
                    name: "Size".to_owned(),
                    values: vec![self.one(&SIZES).to_owned()],
                }]
            } else {
                Vec::new()
            },
            stock_kept: self.below(3) > 0,
        }
    }
}

fn stamp() -> Stamp {
    Stamp {
        locale: "en".to_owned(),
        ..Stamp::default()
    }
}

/// Three categories, the last of them below the first or the second.
fn categories(above: u128) -> Vec<Category> {
    let category = |id: u128, parent: Option<u128>| Category {
        id: Uuid::from_u128(id),
        parent_id: parent.map(Uuid::from_u128),
        slug: String::new(),
        name: String::new(),
    };
    vec![category(1, None), category(2, None), category(3, Some(above))]
}

fn anew(folder: &Path, products: impl IntoIterator<Item = ProductDocument>, above: u128, memory: &Memory) -> Snapshot {
    let mut writer = Writer::anew(folder, "en").expect("an index");
    products.into_iter().for_each(|product| writer.add(&product).expect("a product"));
    writer.commit(&stamp()).expect("a commit");
    Snapshot::open(folder, stamp(), categories(above), memory, None).expect("an index")
}

/// What two indexes of the same products have in common of a list: where each product lies differs.
type Listed = Vec<(Uuid, i64, bool, String)>;

fn listed(snapshot: &Snapshot, hits: &[Hit]) -> Listed {
    let shown = |hit: &Hit| String::from_utf8(snapshot.shown(hit.spot).expect("what is shown")).expect("a text");
    hits.iter().map(|hit| (hit.id, hit.rank, hit.available, shown(hit))).collect()
}

fn page(snapshot: &Snapshot, asked: &(Filter, Order), after: Option<&Place>, limit: usize) -> (Listed, Counts) {
    let (hits, counts) = snapshot.list(&asked.0, asked.1, after, limit).expect("a list");
    let known = snapshot.known_list(&asked.0, asked.1, after, limit);
    if let Some((known, same)) = known {
        assert_eq!((&known, &*same), (&hits, &*counts), "{asked:?}");
    }
    (listed(snapshot, &hits), (*counts).clone())
}

#[test]
fn what_is_remembered_is_what_a_new_index_counts() {
    for seed in 1..=2 {
        let mut dice = Dice(seed);
        let (folder, memory) = (tempfile::tempdir().expect("a folder"), Memory::default());
        let (changed, fresh) = (folder.path().join("changed"), folder.path().join("fresh"));
        let mut products: BTreeMap<u128, ProductDocument> = (1..=80).map(|id| (id, dice.product(id))).collect();
        let mut above = 1;
        let mut open = anew(&changed, products.values().cloned(), above, &memory);
        let asked: Vec<(Filter, Order)> = (0..30).map(|_| (dice.filter(), ORDERS[dice.below(6)])).collect();
        for round in 0..15 {
            let other = anew(&fresh, products.values().cloned(), above, &Memory::default());
            for asked in &asked {
                let (found, expected) = (page(&open, asked, None, 7), page(&other, asked, None, 7));
                assert_eq!(found, expected, "seed {seed}, round {round}: {asked:?}");
                let first = open.first(&asked.0, asked.1, 7).expect("a list");
                assert_eq!(listed(&open, &first), expected.0, "seed {seed}, round {round}: {asked:?}");
            }
            let mut writer = Writer::changing(&changed, "en").expect("an index");
            for _ in 0..1 + dice.below(3) {
                let id = 1 + dice.below(90) as u128;
                if dice.below(4) == 0 {
                    products.remove(&id);
                    writer.remove(Uuid::from_u128(id));
                } else {
                    let product = dice.product(id);
                    writer.put(&product).expect("a product");
                    products.insert(id, product);
                }
            }
            writer.commit(&stamp()).expect("a commit");
            above = 1 + dice.below(8) as u128 / 7;
            open = Snapshot::open(&changed, stamp(), categories(above), &memory, Some(&open)).expect("an index");
        }
    }
}

#[test]
fn pages_go_on_behind_what_is_remembered() {
    let folder = tempfile::tempdir().expect("a folder");
    let lamp = |id: u128| ProductDocument {
        id: Uuid::from_u128(id),
        title: "Lamp".to_owned(),
        created: (id / 2) as i64,
        variants: vec![VariantDocument::default()],
        ..ProductDocument::default()
    };
    let open = anew(&folder.path().join("index"), (1..=2_500).map(lamp), 1, &Memory::default());
    let searched = Filter {
        search: Some("lamp".to_owned()),
        ..Filter::default()
    };
    for asked in [
        (searched.clone(), Order::Newest),
        (searched, Order::Relevance),
        (Filter::default(), Order::Newest),
    ] {
        let mut found: Vec<u128> = Vec::new();
        let mut after: Option<Place> = None;
        loop {
            let (hits, counts) = page(&open, &asked, after.as_ref(), 100);
            assert_eq!(counts.total, 2_500);
            let Some((id, rank, ..)) = hits.last().cloned() else { break };
            after = Some(Place {
                number: rank,
                time: (id.as_u128() / 2) as i64,
                id,
                ..Place::default()
            });
            found.extend(hits.iter().map(|(id, ..)| id.as_u128()));
        }
        assert_eq!(found, (1..=2_500).rev().collect::<Vec<_>>(), "{asked:?}");
    }
}

#[test]
fn the_same_list_asked_for_in_other_words_is_remembered_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let products = (1..=20).map(|id| Dice(id as u64).product(id));
    let open = anew(&folder.path().join("index"), products, 1, &Memory::default());
    let typed = |text: &str| Filter {
        search: Some(text.to_owned()),
        ..Filter::default()
    };
    assert!(open.known_list(&typed("old lamp"), Order::Relevance, None, 7).is_none());
    let found = open.list(&typed("old lamp"), Order::Relevance, None, 7).expect("a list");
    for same in ["Old LAMP", " old,  lamp!"] {
        assert_eq!(
            open.known_list(&typed(same), Order::Relevance, None, 7),
            Some(found.clone()),
            "{same}"
        );
    }
    assert!(open.known_list(&typed("lamp"), Order::Relevance, None, 7).is_none());
}

#[test]
fn a_file_that_a_power_cut_has_spoilt_is_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("index");
    anew(&place, (1..=20).map(|id| Dice(id as u64).product(id)), 1, &Memory::default());
    assert_eq!(Snapshot::stamp_of(&place).expect("a stamp"), stamp());
    let mut files = std::fs::read_dir(&place).expect("files").map(|file| file.expect("a file").path());
    let file = files
        .find(|path| path.extension().is_some_and(|ending| ending == "fast"))
        .expect("columns");
    let mut bytes = std::fs::read(&file).expect("bytes");
    bytes[10..20].iter_mut().for_each(|byte| *byte = !*byte);
    std::fs::write(&file, bytes).expect("the file is spoilt");
    assert!(Snapshot::stamp_of(&place).is_err());
}
