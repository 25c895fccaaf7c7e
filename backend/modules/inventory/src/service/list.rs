//! Lists of levels and movements.

use orion_framework::db::{StoreTx, cursor, page_limit, page_order};
use orion_framework::problem::{BAD_QUERY, ProblemDraft};
use orion_types::Page;
use orion_types::inventory::{InventoryLevel, InventoryMovement, InventoryQuery, MovementQuery};
use uuid::Uuid;

use crate::error::InventoryError;
use crate::model::{MovementRow, StockRow};
use crate::queries::{self, LevelFilter, LevelSort, Stock};

/// The sortings by their names in addresses.
const SORTS: [(&str, LevelSort); 2] = [("product", LevelSort::Product), ("available", LevelSort::Available)];

/// How many variants the dashboard shows as low.
const LOW_STOCK_ROWS: i64 = 10;

/// A page of the stock list.
pub fn list_levels(tx: &mut StoreTx, query: &InventoryQuery) -> Result<Page<InventoryLevel>, InventoryError> {
    let filter = filter(query).map_err(InventoryError::Invalid)?;
    let rows = queries::list_levels(tx, &filter)?;
    Ok(cursor::try_page(
        rows,
        filter.limit,
        |row| filter.sort.place(row),
        StockRow::into_wire,
    )?)
}

/// What a list request asks for, understood.
pub(super) fn filter(query: &InventoryQuery) -> Result<LevelFilter<'_>, ProblemDraft> {
    let (sort, descending) = page_order(query.sort.as_deref(), "product", &SORTS)?;
    Ok(LevelFilter {
        words: query.q.as_deref().unwrap_or_default().trim(),
        stock: stock_filter(query.stock.as_deref())?,
        since: cursor::since(query.updated_since.as_deref())?,
        sort,
        descending,
        after: cursor::decode_in(query.cursor.as_deref(), |place| sort.has(place))?,
        limit: page_limit(query.limit)?,
    })
}

/// A page of the ledger, newest first.
pub fn list_movements(tx: &mut StoreTx, query: &MovementQuery) -> Result<Page<InventoryMovement>, InventoryError> {
    let limit = page_limit(query.limit).map_err(InventoryError::Invalid)?;
    let before = cursor::decode(query.cursor.as_deref()).map_err(InventoryError::Invalid)?;
    let variant_id = query
        .variant_id
        .as_deref()
        .map(variant_filter)
        .transpose()
        .map_err(InventoryError::Invalid)?;
    let rows = queries::list_movements(tx, variant_id, before, limit)?;
    Ok(cursor::page(rows, limit, |row| row.id, MovementRow::into_wire))
}

/// What runs out: the variants with the fewest units, and how many are low in all.
pub fn list_low_stock(tx: &mut StoreTx) -> Result<Page<InventoryLevel>, InventoryError> {
    let (rows, total) = queries::list_low_stock(tx, LOW_STOCK_ROWS)?;
    let data: Vec<InventoryLevel> = rows.into_iter().map(StockRow::into_wire).collect::<Result<_, _>>()?;
    let page = Page {
        has_more: total > LOW_STOCK_ROWS,
        data,
        next_cursor: None,
        total: None,
        total_capped: false,
    };
    Ok(page.counted(total))
}

fn stock_filter(text: Option<&str>) -> Result<Option<Stock>, ProblemDraft> {
    match text {
        None | Some("") => Ok(None),
        Some("low") => Ok(Some(Stock::Low)),
        Some("out") => Ok(Some(Stock::Out)),
        Some(_) => Err(ProblemDraft::new(&BAD_QUERY).field("stock", "not_allowed", "must be low or out")),
    }
}

fn variant_filter(text: &str) -> Result<Uuid, ProblemDraft> {
    text.parse()
        .map_err(|_| ProblemDraft::new(&BAD_QUERY).field("variant_id", "invalid", "must be the id of a variant"))
}
