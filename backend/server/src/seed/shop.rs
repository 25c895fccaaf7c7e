//! One demo shop: the store, its settings, categories, products and customers.

use std::collections::HashMap;
use std::sync::Arc;

use diesel::prelude::*;
use orion_catalog::{CatalogError, create_category, create_product, publish_product};
use orion_demo::{DemoProduct, DemoStore, ProductStatus};
use orion_devtools::{DEMO_PASSWORD, DEMO_PASSWORD_GLOBEX_CUSTOMER};
use orion_framework::Backend;
use orion_framework::db::{AuditEntry, DbError, RequestMeta, StoreTx};
use orion_framework::tenancy::StoreContext;
use orion_tenancy::{
    NewStore, TenancyError, add_domain, add_member, create_store, find_setting, save_setting, set_settings, suspend_store,
};
use orion_types::catalog::{ProductOption, SaveCategory, SaveProduct, SaveVariant};
use orion_types::status::MemberRole;
use orion_types::store::{Theme, UpdateStoreSettings};
use orion_types::{CategoryId, PlatformId};

use super::foreign::{product_categories, products};
use super::platforms::{People, actor};

/// Set when a shop was written to the end, so that a start that was interrupted goes on where it stopped.
const COMPLETE: &str = "demo.complete";

/// The store, made when it is missing; the flag says whether it was.
pub(super) async fn ensure(
    services: &Arc<Backend>,
    platforms: &HashMap<&'static str, PlatformId>,
    people: &People,
    demo: &'static DemoStore,
) -> anyhow::Result<(StoreContext, bool)> {
    if let Some(store) = services.directory.store_by_code(demo.code).await? {
        return Ok((store, false));
    }
    let owner = people.get(match demo.code {
        "globex" => "owner@globex.test",
        "plain" => "owner@plain.test",
        _ => "owner@acme.test",
    })?;
    let team = match demo.code {
        "acme" => vec![
            (people.get("manager@acme.test")?, MemberRole::Manager),
            (people.get("viewer@acme.test")?, MemberRole::Viewer),
        ],
        _ => Vec::new(),
    };
    let new = NewStore {
        platform_id: platforms
            .get(demo.platform)
            .copied()
            .ok_or_else(|| anyhow::anyhow!("no platform {}", demo.platform))?,
        name: demo.name.to_owned(),
        code: demo.code.to_owned(),
        currency: demo.currency.parse()?,
        prices_include_tax: demo.tax.included,
        locale: language(demo).to_owned(),
        timezone: demo.timezone.to_owned(),
        contact_email: demo.contact_email.to_owned(),
        owner,
    };
    let work = services.clone();
    services
        .platform_tx(actor(), RequestMeta::default(), move |tx| {
            let store = create_store(tx, &work, &new)?;
            for (user, role) in team {
                add_member(tx, store.id, user, role)?;
            }
            if let Some(domain) = demo.custom_domain {
                add_domain(tx, store.id, domain, true)?;
            }
            Ok::<_, TenancyError>(())
        })
        .await?;
    let store = services.directory.store_by_code(demo.code).await?;
    Ok((
        store.ok_or_else(|| anyhow::anyhow!("the store is not there after it was made"))?,
        true,
    ))
}

/// The language of the shop: the first part of the demo's locale where the shop speaks it, else English.
fn language(demo: &DemoStore) -> &'static str {
    orion_i18n::Locale::parse(demo.locale).unwrap_or_default().code()
}

/// Whether the shop was written to the end.
pub(super) async fn is_complete(services: &Arc<Backend>, store: &StoreContext) -> anyhow::Result<bool> {
    let found = services.store_read(store, actor(), |tx| find_setting(tx, COMPLETE)).await?;
    Ok(found.is_some())
}

/// Notes that the shop was written to the end.
pub(super) async fn complete(services: &Arc<Backend>, store: &StoreContext) -> anyhow::Result<()> {
    let note = |tx: &mut StoreTx| {
        save_setting(tx, COMPLETE, &serde_json::json!(true))?;
        tx.audit(AuditEntry::new("demo.completed", "store_settings", None));
        Ok::<_, DbError>(())
    };
    Ok(services.store_tx(store, actor(), RequestMeta::default(), note).await?)
}

/// Closes the shop that shows what a closed one looks like.
pub(super) async fn suspend(services: &Arc<Backend>, store: &StoreContext) -> anyhow::Result<()> {
    let id = store.id;
    let close = move |tx: &mut orion_framework::db::PlatformTx| suspend_store(tx, id, "The demo shows what visitors of a closed shop see.");
    Ok(services.platform_tx(actor(), RequestMeta::default(), close).await?)
}

/// Writes settings, categories and products that are missing.
pub(super) async fn fill(services: &Arc<Backend>, store: &StoreContext, demo: &'static DemoStore) -> anyhow::Result<()> {
    let settings = settings(demo);
    services
        .store_tx(store, actor(), RequestMeta::default(), move |tx| set_settings(tx, &settings))
        .await?;
    services
        .store_tx(store, actor(), RequestMeta::default(), move |tx| {
            let categories = categories(tx, demo)?;
            // The last one written is the newest in the shop: the featured ones should not all be at the end.
            for product in demo.products.iter().rev() {
                write_product(tx, demo, product, &categories)?;
            }
            tx.no_audit("every use case above audits itself; nothing was missing");
            Ok::<_, CatalogError>(())
        })
        .await?;
    customers(services, store, demo).await
}

fn settings(demo: &DemoStore) -> UpdateStoreSettings {
    let text = |value: &str| Some(value.to_owned());
    let theme = &demo.theme;
    UpdateStoreSettings {
        tagline: text(demo.tagline),
        hero_title: text(demo.hero_title),
        hero_text: text(demo.hero_text),
        brand_title: text(demo.story_title),
        brand_text: Some(plain(demo.story_html)),
        shipping_hint: text(demo.shipping.delivery),
        theme: Some(Theme {
            accent: theme.accent.to_lowercase(),
            on_accent: theme.on_accent.to_lowercase(),
            surface: theme.surface.to_lowercase(),
            raised: theme.raised.to_lowercase(),
            sunken: theme.sunken.to_lowercase(),
            text: theme.text.to_lowercase(),
            muted: theme.muted.to_lowercase(),
            border: theme.border.to_lowercase(),
            radius: theme.radius,
            fonts: theme.fonts.parse().unwrap_or_default(),
        }),
        ..UpdateStoreSettings::default()
    }
}

/// The story as plain paragraphs: the setting is text, and the shop shows it as such.
fn plain(html: &str) -> String {
    html.replace("</p><p>", "\n\n").replace("<p>", "").replace("</p>", "")
}

fn categories(tx: &mut StoreTx, demo: &DemoStore) -> Result<HashMap<&'static str, CategoryId>, CatalogError> {
    let store = tx.store_id();
    let mut made = HashMap::new();
    for (position, category) in (0..).zip(demo.categories) {
        let known: Option<uuid::Uuid> = product_categories::table
            .filter(product_categories::store_id.eq(store))
            .filter(product_categories::slug.eq(category.slug))
            .select(product_categories::id)
            .first(tx.conn())
            .optional()
            .map_err(DbError::from)?;
        let id = match known {
            Some(id) => CategoryId(id),
            None => {
                let save = SaveCategory {
                    name: category.name.to_owned(),
                    slug: Some(category.slug.to_owned()),
                    description: category.text.to_owned(),
                    parent_id: None,
                    position,
                };
                create_category(tx, save)?.id
            }
        };
        made.insert(category.slug, id);
    }
    Ok(made)
}

fn write_product(
    tx: &mut StoreTx,
    demo: &DemoStore,
    product: &DemoProduct,
    categories: &HashMap<&'static str, CategoryId>,
) -> Result<(), CatalogError> {
    let store = tx.store_id();
    let known = products::table
        .filter(products::store_id.eq(store))
        .filter(products::slug.eq(product.slug))
        .count();
    if known.get_result::<i64>(tx.conn()).map_err(DbError::from)? > 0 {
        return Ok(());
    }
    let save = SaveProduct {
        title: product.title.to_owned(),
        slug: Some(product.slug.to_owned()),
        description_html: product.description.to_owned(),
        vendor: product.vendor.to_owned(),
        product_type: String::new(),
        tags: product.tags.iter().map(|tag| (*tag).to_owned()).collect(),
        featured: demo.featured.contains(&product.slug),
        options: product.options.iter().map(option).collect(),
        variants: product.variants.iter().map(|variant| save_variant(product, variant)).collect(),
        category_ids: categories.get(product.category).copied().into_iter().collect(),
        seo_title: String::new(),
        seo_description: String::new(),
        removed_variant_ids: Vec::new(),
    };
    let made = create_product(tx, save)?;
    if product.status == ProductStatus::Active {
        publish_product(tx, made.id)?;
    }
    Ok(())
}

fn option(option: &orion_demo::DemoOption) -> ProductOption {
    ProductOption {
        name: option.name.to_owned(),
        values: option.values.iter().map(|value| value.name.to_owned()).collect(),
    }
}

fn save_variant(product: &DemoProduct, variant: &orion_demo::DemoVariant) -> SaveVariant {
    SaveVariant {
        id: None,
        option_values: variant.values.iter().map(|value| (*value).to_owned()).collect(),
        sku: variant.sku.to_owned(),
        barcode: String::new(),
        price_minor: variant.price,
        compare_at_minor: product.compare_at,
        cost_minor: None,
        content: None,
        weight_grams: i32::try_from(product.weight_grams).unwrap_or(0),
        taxable: true,
        requires_shipping: true,
        track_inventory: true,
        initial_on_hand: Some(i32::try_from(variant.stock).unwrap_or(0)),
    }
}

/// The customers with an account; guests come with their orders.
async fn customers(services: &Arc<Backend>, store: &StoreContext, demo: &'static DemoStore) -> anyhow::Result<()> {
    for customer in demo.customers.iter().filter(|customer| customer.password.is_some()) {
        let globex = demo.code == "globex" && customer.email == "customer@example.test";
        let password = if globex { DEMO_PASSWORD_GLOBEX_CUSTOMER } else { DEMO_PASSWORD };
        let new = orion_customers::NewCustomer {
            email: customer.email.to_owned(),
            name: format!("{} {}", customer.first_name, customer.last_name),
            password_hash: Some(services.passwords.hash(password).await?),
            locale: language(demo).to_owned(),
        };
        let address = orion_types::customer::SaveAddress {
            address: super::address(customer),
            is_default: true,
        };
        let made = services
            .store_tx(store, actor(), RequestMeta::default(), move |tx| {
                let id = orion_customers::create_customer(tx, &new)?;
                orion_customers::add_address(tx, id, &address)?;
                Ok::<_, orion_customers::CustomersError>(())
            })
            .await;
        match made {
            Ok(()) | Err(orion_customers::CustomersError::EmailTaken) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}
