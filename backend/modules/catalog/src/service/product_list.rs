//! The dashboard's list of products.

use orion_framework::db::cursor::{self, page_limit, try_page};
use orion_framework::db::{DbError, StoreTx, read_json_option};
use orion_framework::problem::{BAD_QUERY, ProblemDraft};
use orion_types::catalog::{ProductQuery, ProductSummary};
use orion_types::status::ProductStatus;
use orion_types::{Currency, Money, Page};
use uuid::Uuid;

use super::listing::Cursor;
use super::read::parse_status;
use super::tree;
use crate::error::CatalogError;
use crate::queries::categories::list_categories;
use crate::queries::long_catalogue::{few_run_out, find_products, is_long_catalogue};
use crate::queries::needle::Needle;
use crate::queries::product_list::{ProductFilter, ProductOrder, StockCondition, StockFilter, SummaryRow};

/// Products as staff find them, with the number of all that match.
pub fn list_products(tx: &mut StoreTx, query: &ProductQuery) -> Result<Page<ProductSummary>, CatalogError> {
    let limit = page_limit(query.limit)?;
    let (name, order) = parse_order(query.sort.as_deref())?;
    let after = Cursor::decode(query.cursor.as_deref(), name)?;
    let Some(filter) = filter(tx, query)? else {
        return Ok(Page::complete(Vec::new()));
    };
    let total = filter.count_listed(tx)?;
    let rows = filter.list(tx, order, after.as_ref(), limit + 1)?;
    let currency = tx.store().currency;
    let page = try_page(rows, limit, |row| Cursor::new(name, order.place(row)), |row| summary(row, currency))?;
    Ok(page.counted(total))
}

/// What a list request narrows the products to; `None` when nothing can match.
pub(crate) fn filter(tx: &mut StoreTx, query: &ProductQuery) -> Result<Option<ProductFilter>, CatalogError> {
    let stock = parse_stock(query.stock.as_deref())?;
    let levels = tx.offered(|module| module.stock_levels);
    let stock = match (stock, levels) {
        (None, _) => None,
        // Where no stock is kept nothing runs low and nothing runs out.
        (Some(_), None) => return Ok(None),
        (Some(filter), Some(levels)) => Some(StockCondition {
            filter,
            levels,
            few_run_out: few_run_out(tx)?,
        }),
    };
    let needle = Needle::new(query.q.as_deref());
    let found = match &needle {
        Some(needle) if is_long_catalogue(tx)? => Some(find_products(tx, &needle.text)?),
        _ => None,
    };
    Ok(Some(ProductFilter {
        needle,
        found,
        status: parse_status_filter(query.status.as_deref())?,
        categories: categories_of(tx, query.category.as_deref())?,
        stock,
        since: cursor::since(query.updated_since.as_deref())?,
        external_id: query.external_id.clone().filter(|id| !id.is_empty()),
    }))
}

/// Whether a list request is understood, as far as that can be said without the store.
pub(crate) fn check(query: &ProductQuery) -> Result<(), ProblemDraft> {
    parse_order(query.sort.as_deref())?;
    parse_stock(query.stock.as_deref())?;
    parse_status_filter(query.status.as_deref()).map(|_| ())
}

fn parse_order(sort: Option<&str>) -> Result<(&'static str, ProductOrder), ProblemDraft> {
    Ok(match sort.unwrap_or("-created_at") {
        "title" => ("title", ProductOrder::Title { descending: false }),
        "-title" => ("-title", ProductOrder::Title { descending: true }),
        "created_at" => ("created_at", ProductOrder::Created { descending: false }),
        "-created_at" => ("-created_at", ProductOrder::Created { descending: true }),
        "price" => ("price", ProductOrder::Price { descending: false }),
        "-price" => ("-price", ProductOrder::Price { descending: true }),
        _ => {
            return Err(refused(
                "sort",
                "It is one of title, -title, created_at, -created_at, price, -price.",
            ));
        }
    })
}

fn parse_status_filter(status: Option<&str>) -> Result<Option<String>, ProblemDraft> {
    let Some(status) = status.filter(|status| !status.is_empty()) else {
        return Ok(None);
    };
    match status.parse::<ProductStatus>() {
        Ok(status) => Ok(Some(status.as_str().to_owned())),
        Err(_) => Err(refused("status", "It is one of draft, active, archived.")),
    }
}

fn parse_stock(stock: Option<&str>) -> Result<Option<StockFilter>, ProblemDraft> {
    Ok(match stock {
        None | Some("") => None,
        Some("low") => Some(StockFilter::Low),
        Some("out") => Some(StockFilter::Out),
        Some(_) => return Err(refused("stock", "It is one of low, out.")),
    })
}

fn categories_of(tx: &mut StoreTx, category: Option<&str>) -> Result<Option<Vec<Uuid>>, CatalogError> {
    let Some(category) = category.filter(|category| !category.is_empty()) else {
        return Ok(None);
    };
    let category: Uuid = category.parse().map_err(|_| refused("category", "It is the id of a category."))?;
    let branches: Vec<tree::Branch> = list_categories(tx)?.into_iter().map(|row| (row.id, row.parent_id)).collect();
    Ok(Some(tree::descendants(&branches, category)))
}

fn refused(parameter: &str, detail: &str) -> ProblemDraft {
    ProblemDraft::new(&BAD_QUERY).field(parameter, "invalid", detail)
}

fn summary(row: SummaryRow, currency: Currency) -> Result<ProductSummary, DbError> {
    Ok(ProductSummary {
        id: row.id.into(),
        slug: row.slug,
        title: row.title,
        vendor: row.vendor,
        status: parse_status(&row.status),
        price: Money::new(row.min_price_minor, currency),
        price_varies: row.min_price_minor != row.max_price_minor,
        variant_count: row.variant_count,
        on_hand: row.on_hand,
        image: read_json_option(row.image)?,
        updated_at: row.updated_at.into(),
    })
}
