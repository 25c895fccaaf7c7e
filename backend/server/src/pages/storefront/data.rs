//! What a page shows, read in one transaction.

use std::sync::Arc;

use orion_catalog::{CatalogError, Finder};
use orion_framework::Backend;
use orion_framework::db::{Actor, DbError, StoreTx};
use orion_types::catalog::{ListingQuery, ProductListing, ProductPage};
use orion_types::store::{HomePage, StorefrontInfo};
use serde::Serialize;

use super::Visit;
use super::route::Address;

/// The data of a page; the app reads it under the same names.
#[derive(Debug, Serialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum PageData {
    /// The home page.
    Home(HomePage),
    /// A listing.
    Listing(ProductListing),
    /// A product.
    Product(Box<ProductPage>),
}

/// What was found for a visit.
#[derive(Debug, Serialize)]
pub struct Found {
    /// The shop.
    pub info: StorefrontInfo,
    /// The page's own data; absent where there is none, and where the page does not exist.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<PageData>,
    /// The page does not exist.
    #[serde(skip)]
    pub missing: bool,
    /// The parameters could not be read, and what is shown is not what they say.
    #[serde(skip)]
    pub misread: bool,
    /// Where the page is now, when what it shows was renamed.
    #[serde(skip)]
    pub moved: Option<String>,
}

/// Reads what a visit shows.
pub async fn load(visit: &Visit, services: &Arc<Backend>) -> anyhow::Result<Found> {
    let (address, query) = (visit.address.clone(), visit.query.clone());
    let sells = visit.store.module_enabled("orders");
    let finder = match address {
        Address::Products | Address::Category(_) | Address::Search => {
            orion_catalog::finder(&services.access(&visit.store, Actor::guest())).await
        }
        _ => Finder::default(),
    };
    match &address {
        Address::Products => finder.walk(&visit.store, &query.listing(None)).await?,
        Address::Category(slug) => finder.walk(&visit.store, &query.listing(Some(slug))).await?,
        Address::Search if query.get("q").is_some() => finder.walk(&visit.store, &query.listing(None)).await?,
        _ => {}
    }
    let work = move |tx: &mut StoreTx| {
        let info = orion_tenancy::storefront_info(tx)?;
        let mut found = Found {
            info,
            page: None,
            missing: false,
            misread: false,
            moved: None,
        };
        match address {
            Address::Home => found.page = Some(PageData::Home(orion_catalog::home(tx)?)),
            Address::Products => found.listing(tx, &finder, &query.listing(None))?,
            Address::Category(slug) => found.listing(tx, &finder, &query.listing(Some(&slug)))?,
            Address::Search if query.get("q").is_some() => found.listing(tx, &finder, &query.listing(None))?,
            Address::Product(slug) => found.product(tx, &slug)?,
            Address::App { selling } => found.missing = selling && !sells,
            Address::Unknown => found.missing = true,
            Address::Search => {}
        }
        Ok::<_, CatalogError>(found)
    };
    Ok(services.store_read(&visit.store, Actor::guest(), work).await?)
}

/// Whether the parameters of a listing could not be read.
fn is_misread(error: &CatalogError) -> bool {
    matches!(error, CatalogError::Refused(draft) if draft.kind.status == 400)
}

impl Found {
    fn listing(&mut self, tx: &mut StoreTx, finder: &Finder, query: &ListingQuery) -> Result<(), CatalogError> {
        let mut found = orion_catalog::listing(tx, finder, query);
        // An address that somebody has mistyped or that is old: what it was about is shown, from its start and in the usual order.
        if found.as_ref().is_err_and(is_misread) {
            let plain = ListingQuery {
                q: query.q.clone(),
                category: query.category.clone(),
                limit: query.limit,
                ..ListingQuery::default()
            };
            found = orion_catalog::listing(tx, finder, &plain);
            self.misread = true;
        }
        match found {
            Ok(listing) => self.page = Some(PageData::Listing(listing)),
            Err(CatalogError::CategoryMoved(slug)) => self.moved = Some(format!("/categories/{slug}")),
            Err(CatalogError::Db(DbError::NotFound)) => self.missing = true,
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn product(&mut self, tx: &mut StoreTx, slug: &str) -> Result<(), CatalogError> {
        match orion_catalog::product_page(tx, slug) {
            Ok(product) => self.page = Some(PageData::Product(Box::new(product))),
            Err(CatalogError::Moved(slug)) => self.moved = Some(format!("/products/{slug}")),
            Err(CatalogError::Db(DbError::NotFound)) => self.missing = true,
            Err(error) => return Err(error),
        }
        Ok(())
    }
}
