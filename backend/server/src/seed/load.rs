//! Load data: many stores with many products, written in bulk, for measuring.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::{Context, ensure};
use diesel::connection::SimpleConnection;
use orion_framework::Backend;
use orion_framework::db::{AuditEntry, DbError, RequestMeta};
use orion_tenancy::{NewStore, TenancyError, create_store};

use super::platforms::{People, actor, platforms};
use super::sold;

/// Has PostgreSQL look at how much there is.
const LOOK: &str = "SELECT orion_look_at_catalog(); SELECT orion_look_at_sales()";

/// How much of what, from text such as `products=1000,stores=100`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Scale {
    stores: u32,
    products: u32,
    customers: u32,
    orders: u32,
}

impl Scale {
    fn parse(text: &str) -> anyhow::Result<Self> {
        let mut scale = Self {
            stores: 1,
            products: 1_000,
            customers: 0,
            orders: 0,
        };
        let pairs = text
            .split(',')
            .map(|pair| pair.split_once('=').with_context(|| format!("{pair:?}: expected name=number")));
        let pairs: BTreeMap<&str, &str> = pairs.collect::<anyhow::Result<_>>()?;
        for (name, number) in pairs {
            let number = number
                .parse()
                .with_context(|| format!("{name}: expected a number, found {number:?}"))?;
            match name {
                "stores" => scale.stores = number,
                "products" => scale.products = number,
                "customers" => scale.customers = number,
                "orders" => scale.orders = number,
                other => anyhow::bail!("{other:?}: expected stores, products, customers or orders"),
            }
        }
        ensure!(
            scale.stores <= 100_000
                && [scale.products, scale.customers, scale.orders]
                    .into_iter()
                    .all(|rows| rows <= 1_000_000),
            "that is more than load data is meant for"
        );
        ensure!(
            scale.orders == 0 || scale.products > 0 && scale.customers > 0,
            "orders are of products, and of customers"
        );
        Ok(scale)
    }
}

/// Writes stores `load-1` … with as many products each; stores that exist are left alone.
pub async fn load(services: &Arc<Backend>, scale: &str, force: bool) -> anyhow::Result<()> {
    super::allowed(services.config.env, force)?;
    let scale = Scale::parse(scale)?;
    let people = People::ensure(services).await?;
    let owner = people.get("owner@acme.test")?;
    let platform_id = *platforms(services).await?.get("main").context("the platform main")?;
    for number in 1..=scale.stores {
        let code = format!("load-{number}");
        if services.directory.store_by_code(&code).await?.is_some() {
            continue;
        }
        let new = NewStore {
            platform_id,
            name: format!("Load {number}"),
            code,
            currency: orion_types::Currency::EUR,
            prices_include_tax: true,
            locale: "en".to_owned(),
            timezone: "UTC".to_owned(),
            contact_email: "load@orion.test".to_owned(),
            owner,
        };
        let work = services.clone();
        services
            .platform_tx(actor(), RequestMeta::default(), move |tx| {
                let store = create_store(tx, &work, &new)?;
                let context = work.tx_context(store, actor(), RequestMeta::default());
                tx.as_store(context, |tx| fill(tx, scale)).map_err(TenancyError::from)
            })
            .await
            .with_context(|| format!("store load-{number}"))?;
    }
    Ok(())
}

/// Three variants per product, every one in stock. Ids are random (version 4 from the database): load data has no order to keep.
fn fill(tx: &mut orion_framework::db::StoreTx, scale: Scale) -> Result<(), DbError> {
    let (store, products) = (tx.store_id(), scale.products);
    // A statement of a request has seconds; these write a hundred thousand rows each.
    tx.conn().batch_execute("SET LOCAL statement_timeout = 0")?;
    tx.conn().batch_execute(&format!(
        "INSERT INTO products (store_id, id, slug, title, description_html, vendor, status, options, min_price_minor, max_price_minor, published_at, created_at, updated_at)
         SELECT '{store}', gen_random_uuid(), 'product-' || n, 'Product ' || n, '<p>Load product number ' || n || ' with a sentence to read.</p>', 'Load',
                'active', '[{{\"name\":\"Size\",\"values\":[\"S\",\"M\",\"L\"]}}]', 1000 + n % 5000, 1200 + n % 5000, now(), now() - n * interval '1 second', now()
         FROM generate_series(1, {products}) AS n;
         INSERT INTO product_variants (store_id, id, product_id, title, option_values, sku, price_minor, position, created_at, updated_at)
         SELECT p.store_id, gen_random_uuid(), p.id, s.size, ARRAY[s.size], p.slug || '-' || s.size, p.min_price_minor + (s.place - 1) * 100, s.place, now(), now()
         FROM products p CROSS JOIN (VALUES ('S', 1), ('M', 2), ('L', 3)) AS s(size, place) WHERE p.store_id = '{store}';
         INSERT INTO inventory_levels (store_id, id, location_id, variant_id, on_hand, updated_at)
         SELECT v.store_id, gen_random_uuid(), l.id, v.id, 1000000, now() FROM product_variants v
         JOIN inventory_locations l ON l.store_id = v.store_id AND l.is_default WHERE v.store_id = '{store}';
         INSERT INTO inventory_movements (store_id, id, level_id, variant_id, on_hand_delta, reserved_delta, reason, actor_label, created_at)
         SELECT store_id, gen_random_uuid(), id, variant_id, on_hand, 0, 'initial', 'orion seed', now() FROM inventory_levels WHERE store_id = '{store}';"
    ))?;
    // What follows is planned for tables as large as they have become.
    tx.conn().batch_execute(LOOK)?;
    sold::customers(tx, scale.customers)?;
    tx.conn().batch_execute(LOOK)?;
    sold::orders(tx, scale.orders)?;
    tx.conn().batch_execute(LOOK)?;
    tx.audit(AuditEntry::new("load.written", "products", None).note("products", products));
    tx.touch_catalog();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_is_read_and_nonsense_is_named() {
        let scale = |stores, products, customers, orders| Scale {
            stores,
            products,
            customers,
            orders,
        };
        assert_eq!(Scale::parse("products=10,stores=2").unwrap(), scale(2, 10, 0, 0));
        assert_eq!(Scale::parse("orders=7,customers=5").unwrap(), scale(1, 1_000, 5, 7));
        assert!(Scale::parse("orders=7,customers=5,products=0").is_err());
        assert!(Scale::parse("orders=7").is_err());
        assert!(Scale::parse("shops=2").unwrap_err().to_string().contains("shops"));
        assert!(Scale::parse("stores=x").unwrap_err().to_string().contains("stores"));
    }
}
