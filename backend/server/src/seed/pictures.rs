//! The demo shops' pictures: kept as an upload would be.

use std::borrow::Cow;
use std::sync::Arc;

use bytes::Bytes;
use diesel::prelude::*;
use futures_util::{StreamExt, stream};
use orion_catalog::{CatalogError, StoredPicture, attach_image, store_picture};
use orion_demo::{DemoProduct, DemoStore};
use orion_framework::Backend;
use orion_framework::db::{DbError, RequestMeta, StoreTx};
use orion_framework::tenancy::StoreContext;
use orion_tenancy::save_setting;
use orion_types::{ProductId, VariantId};
use uuid::Uuid;

use super::foreign::{product_images, product_variants, products};
use super::platforms::actor;

/// Adds what is missing: two pictures of each product and one of each further colour, and the hero.
pub(super) async fn add(services: &Arc<Backend>, store: &StoreContext, demo: &'static DemoStore) -> anyhow::Result<()> {
    let todo = missing(services, store, demo).await?;
    let added = stream::iter(todo).map(|(id, product)| product_pictures(services.clone(), store.clone(), demo.code, id, product));
    // As many at a time as there are cores: scaling is all computing.
    let results: Vec<anyhow::Result<()>> = added.buffer_unordered(services.config.workers()).collect().await;
    results.into_iter().collect::<anyhow::Result<Vec<()>>>()?;
    if let Some(hero) = orion_demo::hero(demo.code) {
        keep_setting(services, store, "store.hero_image", hero).await?;
    }
    Ok(())
}

async fn missing(
    services: &Arc<Backend>,
    store: &StoreContext,
    demo: &'static DemoStore,
) -> anyhow::Result<Vec<(ProductId, &'static DemoProduct)>> {
    let bare: Vec<(Uuid, String)> = services
        .store_read(store, actor(), |tx| {
            let id = tx.store_id();
            let pictured = product_images::table
                .filter(product_images::store_id.eq(id))
                .select(product_images::product_id);
            let bare = products::table
                .filter(products::store_id.eq(id))
                .filter(products::id.ne_all(pictured));
            Ok::<_, DbError>(bare.select((products::id, products::slug)).load(tx.conn())?)
        })
        .await?;
    let demo_product = |slug: &str| demo.products.iter().find(|product| product.slug == slug);
    Ok(bare
        .into_iter()
        .filter_map(|(id, slug)| Some((ProductId(id), demo_product(&slug)?)))
        .collect())
}

/// A picture on its way to a product: of one variant where a SKU is given.
struct Kept {
    picture: StoredPicture,
    alt: String,
    sku: Option<&'static str>,
}

async fn product_pictures(
    services: Arc<Backend>,
    store: StoreContext,
    code: &'static str,
    id: ProductId,
    product: &'static DemoProduct,
) -> anyhow::Result<()> {
    let mut kept = Vec::new();
    for (number, alt) in product.images.iter().enumerate() {
        if let Some(file) = orion_demo::product_picture(code, product.slug, number) {
            let picture = keep(&services, &store, file).await?;
            // The first picture shows the first colour.
            let own = product.colours().next().filter(|_| number == 0);
            kept.push(Kept {
                picture,
                alt: (*alt).to_owned(),
                sku: own.map(|(_, variant)| variant.sku),
            });
        }
    }
    for (colour, variant) in product.colours().skip(1) {
        if let Some(file) = orion_demo::colour_picture(code, product.slug, colour) {
            let picture = keep(&services, &store, file).await?;
            kept.push(Kept {
                picture,
                alt: format!("{}, {colour}", product.title),
                sku: Some(variant.sku),
            });
        }
    }
    services
        .store_tx(&store, actor(), RequestMeta::default(), move |tx| {
            for Kept { picture, alt, sku } in kept {
                let variant = sku.map(|sku| variant_of(tx, id, sku)).transpose()?.flatten();
                attach_image(tx, id, picture, &alt, variant)?;
            }
            Ok::<_, CatalogError>(())
        })
        .await?;
    Ok(())
}

/// Keeps a picture in the sizes of an upload.
async fn keep(services: &Backend, store: &StoreContext, file: Cow<'static, [u8]>) -> anyhow::Result<StoredPicture> {
    let bytes = match file {
        Cow::Borrowed(bytes) => Bytes::from_static(bytes),
        Cow::Owned(bytes) => bytes.into(),
    };
    Ok(store_picture(&services.storage, store.id, bytes).await?)
}

fn variant_of(tx: &mut StoreTx, product: ProductId, sku: &str) -> Result<Option<VariantId>, DbError> {
    let store = tx.store_id();
    let found: Option<Uuid> = product_variants::table
        .filter(product_variants::store_id.eq(store))
        .filter(product_variants::product_id.eq(product.0))
        .filter(product_variants::sku.eq(sku))
        .select(product_variants::id)
        .first(tx.conn())
        .optional()?;
    Ok(found.map(VariantId))
}

/// Keeps a picture of the shop itself and notes its path in a setting.
async fn keep_setting(services: &Arc<Backend>, store: &StoreContext, key: &'static str, file: Cow<'static, [u8]>) -> anyhow::Result<()> {
    let kept = keep(services, store, file).await?;
    let path = format!("/media/{}/1280.jpg", kept.id);
    services
        .store_tx(store, actor(), RequestMeta::default(), move |tx| {
            save_setting(tx, key, &serde_json::json!(path))?;
            tx.audit(orion_framework::db::AuditEntry::new("settings.updated", "store_settings", None).note("key", key));
            tx.touch_catalog();
            Ok::<_, DbError>(())
        })
        .await?;
    Ok(())
}
