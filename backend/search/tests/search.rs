//! Small catalogues, searched, narrowed, counted and sorted.

use orion_search::{
    Category, Counts, Filter, Hit, Memory, Order, Place, ProductDocument, Snapshot, Stamp, VariantDocument, WantedOption, Writer,
};
use uuid::Uuid;

const TOP: Uuid = Uuid::from_u128(1);
const BELOW: Uuid = Uuid::from_u128(2);

/// An index of a test, gone when it ends.
struct Shop {
    folder: tempfile::TempDir,
    locale: &'static str,
    version: i64,
    memory: Memory,
    open: Option<Snapshot>,
}

impl Shop {
    fn new(locale: &'static str, products: &[ProductDocument]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut shop = Self {
            folder,
            locale,
            version: 0,
            memory: Memory::default(),
            open: None,
        };
        let mut writer = Writer::anew(&shop.folder.path().join("index"), locale).expect("an index");
        for product in products {
            writer.add(product).expect("a product");
        }
        shop.commit(writer);
        shop
    }

    fn change(&mut self, work: impl FnOnce(&mut Writer)) {
        let mut writer = Writer::changing(&self.folder.path().join("index"), self.locale).expect("an index");
        work(&mut writer);
        self.commit(writer);
    }

    fn commit(&mut self, writer: Writer) {
        self.version += 1;
        let stamp = Stamp {
            version: self.version,
            locale: self.locale.to_owned(),
            ..Stamp::default()
        };
        writer.commit(&stamp).expect("a commit");
        let folder = self.folder.path().join("index");
        assert_eq!(Snapshot::stamp_of(&folder).expect("a stamp"), stamp);
        let category = |id, parent_id| Category {
            id,
            parent_id,
            slug: String::new(),
            name: String::new(),
        };
        let categories = vec![category(TOP, None), category(BELOW, Some(TOP))];
        self.open = Some(Snapshot::open(&folder, stamp, categories, &self.memory, self.open.as_ref()).expect("an index"));
    }

    fn open(&self) -> &Snapshot {
        self.open.as_ref().expect("an index")
    }

    fn list(&self, filter: &Filter, order: Order) -> (Vec<u128>, Counts) {
        let (hits, counts) = self.open().list(filter, order, None, 100).expect("a list");
        (hits.iter().map(|hit| hit.id.as_u128()).collect(), (*counts).clone())
    }

    fn search(&self, typed: &str) -> Vec<u128> {
        self.list(&searched(typed), Order::Relevance).0
    }

    fn suggest(&self, typed: &str) -> Option<String> {
        self.open().suggest(typed).expect("a spelling")
    }
}

fn searched(typed: &str) -> Filter {
    Filter {
        search: Some(typed.to_owned()),
        stock_kept: true,
        ..Filter::default()
    }
}

fn variant(price: i64, available: bool, values: &[&str]) -> VariantDocument {
    VariantDocument {
        price,
        available,
        values: values.iter().map(|value| (*value).to_owned()).collect(),
        ..VariantDocument::default()
    }
}

fn product(id: u128, title: &str) -> ProductDocument {
    ProductDocument {
        id: Uuid::from_u128(id),
        created: id as i64,
        title: title.to_owned(),
        price: 100,
        variants: vec![variant(100, true, &[])],
        ..ProductDocument::default()
    }
}

fn shirt(id: u128, variants: Vec<VariantDocument>) -> ProductDocument {
    ProductDocument {
        option_names: vec!["Size".to_owned(), "Colour".to_owned()],
        price: variants.iter().map(|variant| variant.price).min().unwrap_or_default(),
        variants,
        ..product(id, &format!("Shirt {id}"))
    }
}

fn want(name: &str, values: &[&str]) -> WantedOption {
    WantedOption {
        name: name.to_owned(),
        values: values.iter().map(|value| (*value).to_owned()).collect(),
    }
}

#[test]
fn signs_never_glue_words_together() {
    let shop = Shop::new("en", &[product(1, "T-Shirt"), product(2, "Rock/Pop"), product(3, "Tshirt")]);
    assert_eq!(shop.search("t shirt"), [1]);
    assert_eq!(shop.search("T-SHIRT"), [1]);
    assert_eq!(shop.search("pop"), [2]);
    assert_eq!(shop.search("rock.pop"), [2]);
}

#[test]
fn marks_and_case_do_not_matter() {
    let shop = Shop::new(
        "fr",
        &[
            product(1, "Théière Élégante"),
            product(2, "Straße nach Łódź"),
            product(3, "E\u{301}cru"),
        ],
    );
    assert_eq!(shop.search("theiere"), [1]);
    assert_eq!(shop.search("ÉLÉGANTE"), [1]);
    assert_eq!(shop.search("strasse lodz"), [2]);
    assert_eq!(shop.search("écru"), [3]);
}

#[test]
fn words_are_found_by_their_beginning_and_by_their_stem() {
    let shop = Shop::new("en", &[product(1, "Running shoe"), product(2, "Lamp")]);
    assert_eq!(shop.search("run"), [1]);
    assert_eq!(shop.search("runs shoes"), [1]);
    assert_eq!(shop.search("lamps"), [2]);
    let french = Shop::new("fr", &[product(1, "Chaussure rouge")]);
    assert_eq!(french.search("chaussures rouges"), [1]);
    let german = Shop::new("de", &[product(1, "Blaues Kissen")]);
    assert_eq!(german.search("blaue kissen"), [1]);
}

#[test]
fn german_words_are_found_inside_of_others() {
    let shop = Shop::new(
        "de",
        &[
            product(1, "Tischlampe Messing"),
            product(2, "Lampenschirm"),
            product(3, "Kampfkunst"),
        ],
    );
    let mut found = shop.search("lampe");
    found.sort_unstable();
    assert_eq!(found, [1, 2]);
    assert_eq!(shop.search("lampe")[0], 2, "the beginning of a word comes first");
    assert_eq!(Shop::new("en", &[product(1, "Tischlampe")]).search("lampe"), [0; 0]);
    assert_eq!(Shop::new("en", &[product(1, "有機抹茶セット")]).search("抹茶"), [1]);
}

#[test]
fn typing_errors_are_forgiven_only_when_nothing_is_found() {
    let shop = Shop::new(
        "en",
        &[product(1, "Blue Shirt"), product(2, "Black Shorts"), product(3, "Umbrella stand")],
    );
    assert_eq!(shop.search("shirt"), [1]);
    assert_eq!(shop.search("blue shrt"), [1]);
    assert_eq!(shop.search("shitr"), [1], "letters changed places");
    assert_eq!(shop.search("umbrela"), [3]);
    assert_eq!(shop.search("umbrellla"), [3]);
    assert_eq!(shop.search("blx"), [0; 0], "short words are as they are");
    assert_eq!(shop.suggest("shorrtts blak"), Some("shorts black".to_owned()));
    assert_eq!(shop.suggest("zzzzqqq"), None);
}

#[test]
fn everything_about_a_product_is_searched_and_the_title_counts_most() {
    let about = ProductDocument {
        vendor: "Oakley".to_owned(),
        tags: vec!["summer sale".to_owned()],
        description: "Made by hand.".to_owned(),
        option_names: vec!["Colour".to_owned()],
        variants: vec![VariantDocument {
            sku: "AB-123/X".to_owned(),
            barcode: "4006381333931".to_owned(),
            ..variant(100, true, &["Bordeaux"])
        }],
        ..product(1, "Lamp")
    };
    let description = ProductDocument {
        description: "An oak that looks like oakley".to_owned(),
        ..product(2, "Table")
    };
    let shop = Shop::new("en", &[about, description, product(3, "Oak chair")]);
    for typed in ["summer", "hand", "ab-123", "AB 123 x", "4006381333931", "bordeaux lamp"] {
        assert_eq!(shop.search(typed), [1], "{typed}");
    }
    assert_eq!(shop.search("oak"), [3, 1, 2]);
    assert_eq!(shop.search("🚀"), [0; 0]);
    assert_eq!(Shop::new("en", &[product(1, "To the 🚀 moon")]).search("🚀"), [1]);
}

#[test]
fn what_is_sold_out_comes_last() {
    let sold_out = |id, title| ProductDocument {
        variants: vec![variant(100, false, &[])],
        ..product(id, title)
    };
    let shop = Shop::new(
        "en",
        &[sold_out(1, "Blue Mug"), product(2, "A mug of a blue"), product(3, "Blue Mug Two")],
    );
    assert_eq!(shop.search("blue mug"), [3, 2, 1]);
    let without_stock = Filter {
        stock_kept: false,
        ..searched("blue mug")
    };
    assert_eq!(shop.list(&without_stock, Order::Relevance).0, [1, 3, 2]);
}

#[test]
fn one_variant_meets_all_that_is_wanted() {
    let shop = Shop::new(
        "en",
        &[
            shirt(1, vec![variant(100, true, &["S", "Blue"]), variant(200, false, &["M", "Red"])]),
            shirt(2, vec![variant(150, true, &["M", "Blue"]), variant(300, true, &["M", "Red"])]),
        ],
    );
    let wanted = |options: Vec<WantedOption>, max_price, in_stock| Filter {
        options,
        max_price,
        in_stock,
        stock_kept: true,
        ..Filter::default()
    };
    let blue_m = vec![want("Size", &["M"]), want("Colour", &["Blue"])];
    assert_eq!(shop.list(&wanted(blue_m, None, false), Order::Newest).0, [2]);
    let red = || vec![want("Colour", &["Red"])];
    assert_eq!(shop.list(&wanted(red(), None, false), Order::Newest).0, [2, 1]);
    assert_eq!(shop.list(&wanted(red(), None, true), Order::Newest).0, [2]);
    let (found, counts) = shop.list(&wanted(red(), Some(200), false), Order::PriceAscending);
    assert_eq!(found, [1]);
    assert_eq!(counts.prices, Some((200, 300)), "the prices leave out their own choice");
    let option = |name: &str, value: &str, count| (name.to_owned(), value.to_owned(), count);
    let expected = [option("Colour", "Blue", 2), option("Colour", "Red", 1), option("Size", "M", 1)];
    assert_eq!(counts.options, expected, "a facet leaves out its own choice, and no other");
    assert_eq!((counts.in_stock, counts.sold_out, counts.total), (0, 1, 1));
}

#[test]
fn categories_count_what_is_below_them_once() {
    let in_categories = |id, categories: &[Uuid]| ProductDocument {
        categories: categories.to_vec(),
        ..product(id, "Lamp")
    };
    let shop = Shop::new(
        "en",
        &[in_categories(1, &[TOP, BELOW]), in_categories(2, &[BELOW]), product(3, "Lamp")],
    );
    let below = Filter {
        categories: Some(vec![BELOW]),
        ..Filter::default()
    };
    let (found, counts) = shop.list(&below, Order::PriceDescending);
    assert_eq!(found, [2, 1]);
    assert_eq!(counts.categories, [(TOP, 2), (BELOW, 2)]);
    assert_eq!(counts.total, 2);
}

#[test]
fn an_order_goes_on_where_a_page_ended() {
    let titles = ["Zebra", "apple", "Öl", "Apfel", "öl", "Zebra", "ähnlich"];
    let products: Vec<ProductDocument> = (1..).zip(titles).map(|(id, title)| product(id, title)).collect();
    let mut shop = Shop::new("de", &products[..4]);
    shop.change(|writer| products[4..].iter().for_each(|product| writer.put(product).unwrap()));
    let open = shop.open.as_ref().unwrap();
    for (order, expected) in [
        (Order::Newest, vec![7, 6, 5, 4, 3, 2, 1]),
        (Order::PriceAscending, vec![1, 2, 3, 4, 5, 6, 7]),
        (Order::PriceDescending, vec![7, 6, 5, 4, 3, 2, 1]),
        (Order::Title, vec![7, 4, 2, 5, 3, 1, 6]),
    ] {
        let mut found: Vec<Hit> = Vec::new();
        loop {
            let after = found.last().map(|hit| {
                let number = hit.id.as_u128();
                Place {
                    number: 100,
                    text: titles[number as usize - 1].to_owned(),
                    time: number as i64,
                    id: hit.id,
                }
            });
            let (page, _) = open.list(&Filter::default(), order, after.as_ref(), 2).unwrap();
            if page.is_empty() {
                break;
            }
            found.extend(page);
        }
        assert_eq!(found.iter().map(|hit| hit.id.as_u128()).collect::<Vec<_>>(), expected, "{order:?}");
    }
}

#[test]
fn a_change_takes_the_place_of_what_was_there() {
    let mut shop = Shop::new("en", &[product(1, "Lamp"), product(2, "Table")]);
    shop.change(|writer| {
        writer.put(&product(1, "Chair")).unwrap();
        writer.remove(Uuid::from_u128(2));
        writer.put(&product(3, "Bed")).unwrap();
    });
    assert_eq!(shop.list(&Filter::default(), Order::Newest).0, [3, 1]);
    assert_eq!((shop.search("lamp"), shop.search("chair")), (vec![], vec![1]));
    for id in 4..40 {
        shop.change(|writer| writer.put(&product(id, "Chair")).unwrap());
    }
    assert_eq!(shop.search("chair").len(), 37);
    let files = std::fs::read_dir(shop.folder.path().join("index")).unwrap();
    let segments = files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|ending| ending == "fast"));
    assert!(segments.count() < 16, "small segments are put together");
}

#[test]
fn an_empty_shop_has_nothing() {
    let shop = Shop::new("en", &[]);
    assert_eq!(shop.list(&Filter::default(), Order::Title), (vec![], Counts::default()));
    assert_eq!(shop.search("lamp"), [0; 0]);
    assert_eq!(shop.suggest("lamp"), None);
}

#[test]
fn what_is_no_index_is_told_from_one() {
    let folder = tempfile::tempdir().unwrap();
    assert!(Snapshot::stamp_of(&folder.path().join("nothing")).is_err());
    std::fs::write(folder.path().join("meta.json"), "{}").unwrap();
    assert!(Snapshot::stamp_of(folder.path()).is_err());
}
