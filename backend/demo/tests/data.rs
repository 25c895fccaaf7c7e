//! The data of the demo shops holds together.

use orion_demo::{DemoStore, OrderState, ProductStatus, stores};
use std::collections::{HashMap, HashSet};

fn acme() -> &'static DemoStore {
    orion_demo::store("acme").expect("acme exists")
}

#[test]
fn there_are_five_stores_and_more_than_forty_products() {
    let codes: Vec<&str> = stores().iter().map(|s| s.code).collect();
    assert_eq!(codes, ["acme", "globex", "tokyo", "plain", "ghost"]);
    assert!(stores().iter().map(|s| s.products.len()).sum::<usize>() >= 40);
    for (code, least) in [("acme", 16), ("globex", 12), ("tokyo", 8), ("plain", 4), ("ghost", 2)] {
        assert!(orion_demo::store(code).is_some_and(|s| s.products.len() >= least), "{code}");
    }
}

#[test]
fn slugs_and_skus_are_unique_in_a_store() {
    for store in stores() {
        let mut slugs = HashSet::new();
        let mut skus = HashSet::new();
        for product in store.products {
            assert!(slugs.insert(product.slug), "{} twice in {}", product.slug, store.code);
            let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(product.slug.chars().all(fits), "{}", product.slug);
            for variant in product.variants {
                assert!(skus.insert(variant.sku), "{} twice in {}", variant.sku, store.code);
            }
        }
    }
}

#[test]
fn variants_are_distinct_and_name_one_value_of_each_option() {
    for product in stores().iter().flat_map(|s| s.products) {
        assert!(!product.variants.is_empty(), "{}", product.slug);
        let distinct: HashSet<_> = product.variants.iter().map(|v| v.values).collect();
        assert_eq!(distinct.len(), product.variants.len(), "{}", product.slug);
        for variant in product.variants {
            assert_eq!(variant.values.len(), product.options.len(), "{}", variant.sku);
            for (option, value) in product.options.iter().zip(variant.values) {
                assert!(option.values.iter().any(|v| v.name == *value), "{} {value}", variant.sku);
            }
        }
        for option in product.options {
            for value in option.values {
                let sold = product.variants.iter().any(|v| v.values.contains(&value.name));
                assert!(sold, "{}: nobody can buy {}", product.slug, value.name);
                assert!(value.swatch.is_none_or(|s| channels(s).is_some()), "{:?}", value.swatch);
            }
        }
    }
}

/// Smallest and largest plausible price in minor units, by the exponent of the currency.
fn plausible(currency: &str) -> std::ops::RangeInclusive<i64> {
    match currency {
        "EUR" | "USD" => 500..=500_000,
        "JPY" => 500..=100_000,
        other => panic!("no range for {other}"),
    }
}

#[test]
fn prices_fit_the_currency() {
    for store in stores() {
        let range = plausible(store.currency);
        for product in store.products {
            for variant in product.variants {
                assert!(range.contains(&variant.price), "{} {}", variant.sku, variant.price);
                assert!(product.compare_at.is_none_or(|was| was > variant.price), "{}", variant.sku);
            }
        }
        let shipping = &store.shipping;
        assert!(shipping.price >= 0 && shipping.free_from.is_none_or(|from| from > shipping.price));
        assert!(store.tax.rate_ppm < 1_000_000);
    }
}

#[test]
fn products_belong_to_a_category_and_every_category_sells_something() {
    for store in stores() {
        for product in store.products {
            assert!(store.categories.iter().any(|c| c.slug == product.category), "{}", product.slug);
            assert!(product.description.starts_with("<p>"), "{}", product.slug);
            assert!(product.description.len() > 80, "{}", product.slug);
            assert!(product.weight_grams > 0);
            assert!(product.images.iter().all(|alt| alt.len() > 10), "{}", product.slug);
        }
        for category in store.categories {
            let sells = store.products.iter().any(|p| p.category == category.slug);
            assert!(sells, "{} is empty", category.slug);
        }
        for slug in store.featured {
            assert!(store.products.iter().any(|p| p.slug == *slug), "{slug}");
        }
    }
}

#[test]
fn acme_has_the_awkward_products() {
    let units = |slug: &str| -> u32 {
        let product = acme().products.iter().find(|p| p.slug == slug).expect("product exists");
        product.variants.iter().map(|v| v.stock).sum()
    };
    assert_eq!(units("winter-bud-vase"), 0);
    assert_eq!(units("kiln-no-48-floor-vase"), 1);
    assert!(acme().products.iter().any(|p| p.title == "<script>alert(1)</script> & Söhne 🚀"));
    assert!(acme().products.iter().any(|p| p.status == ProductStatus::Draft));
    assert_eq!(acme().custom_domain, Some("shop.acme.test"));
}

#[test]
fn orders_name_customers_and_skus_of_their_store_and_never_more_than_there_is() {
    for store in stores() {
        let stock: HashMap<&str, u32> = store.products.iter().flat_map(|p| p.variants).map(|v| (v.sku, v.stock)).collect();
        let mut wanted: HashMap<&str, u32> = HashMap::new();
        for order in store.orders {
            assert!(store.customers.iter().any(|c| c.email == order.customer), "{}", order.customer);
            assert!(order.days_ago < 30 && order.minute < 1440);
            assert!(!order.lines.is_empty());
            for line in order.lines {
                assert!(line.quantity > 0 && stock.contains_key(line.sku), "{}", line.sku);
                *wanted.entry(line.sku).or_default() += line.quantity;
            }
            let partly = order.state == OrderState::PartlyFulfilled;
            assert!(!partly || order.lines.len() > 1, "nothing is left of {order:?}");
        }
        for (sku, quantity) in wanted {
            assert!(quantity <= stock[sku], "{quantity} of {sku} wanted");
        }
    }
}

#[test]
fn acme_and_globex_show_every_state_on_most_days() {
    for store in stores().iter().filter(|s| ["acme", "globex"].contains(&s.code)) {
        let states: HashSet<String> = store.orders.iter().map(|o| format!("{:?}", o.state)).collect();
        assert_eq!(states.len(), 8, "{}: {states:?}", store.code);
        let days: HashSet<u32> = store.orders.iter().map(|o| o.days_ago).collect();
        assert!(days.len() >= 24, "{}: {} days", store.code, days.len());
        assert!(store.orders.windows(2).all(|pair| pair[0].days_ago >= pair[1].days_ago));
    }
}

#[test]
fn people_are_fictional() {
    for customer in stores().iter().flat_map(|s| s.customers) {
        assert!(customer.email.ends_with("@example.test"), "{}", customer.email);
    }
    for store in stores() {
        assert!(store.contact_email.ends_with(".test"), "{}", store.contact_email);
    }
}

fn channels(hex: &str) -> Option<[f64; 3]> {
    let digits = hex.strip_prefix('#').filter(|d| d.len() == 6)?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    Some([16, 8, 0].map(|shift| f64::from((number >> shift) & 255) / 255.0))
}

/// Contrast ratio of two colours as WCAG 2.2 defines it.
fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |hex: &str| {
        let linear = channels(hex)
            .expect("a colour")
            .map(|c| if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_of_every_theme_can_be_read() {
    for store in stores() {
        let theme = &store.theme;
        for ground in [theme.surface, theme.raised, theme.sunken] {
            for ink in [theme.text, theme.muted, theme.accent] {
                let ratio = contrast(ink, ground);
                assert!(ratio >= 4.5, "{}: {ink} on {ground} is {ratio:.2}", store.code);
            }
        }
        assert!(contrast(theme.on_accent, theme.accent) >= 4.5, "{}", store.code);
        assert!(channels(theme.border).is_some());
    }
}
