use std::sync::Arc;

use leptos::prelude::*;

use super::{
    column::{CellView, Column, Head, Phone, Sort},
    selection::{BulkBar, SelectAll, SelectRow, Selected},
};
use crate::{
    icon::{Icon, icons},
    settings::app_href,
};

type TextOf<T> = Arc<dyn Fn(&T) -> String + Send + Sync>;

/// How one row of the page's type is told to the table, which knows no types.
struct RowMap<T: 'static> {
    cells: Vec<CellView<T>>,
    key: TextOf<T>,
    href: Option<TextOf<T>>,
    label: Option<TextOf<T>>,
}

struct Row {
    key: String,
    href: Option<String>,
    label: String,
    cells: Vec<AnyView>,
}

impl<T> RowMap<T> {
    fn row(&self, item: &T) -> Row {
        let key = (self.key)(item);
        Row {
            href: self.href.as_ref().map(|href| href(item)),
            label: self.label.as_ref().map_or_else(|| key.clone(), |label| label(item)),
            cells: self.cells.iter().map(|cell| cell(item)).collect(),
            key,
        }
    }
}

/// Rows and columns with sorting, selection and row links; below 640 px each row is a card.
#[component]
pub fn DataTable<T>(
    /// What the rows are, for assistive technology.
    #[prop(into)]
    caption: Signal<String>,
    /// The rows of this page, in the order they are shown.
    #[prop(into)]
    rows: Signal<Vec<T>>,
    /// The columns; one of them is primary.
    columns: Vec<Column<T>>,
    /// What tells a row from the others.
    key: impl Fn(&T) -> String + Send + Sync + 'static,
    /// Where a row leads; the link is on the primary cell and covers the row.
    #[prop(optional, into)]
    href: Option<RowText<T>>,
    /// Names a row's checkbox.
    #[prop(optional, into)]
    row_label: Option<RowText<T>>,
    /// What the list is ordered by.
    #[prop(optional, into)]
    sort: Signal<Option<Sort>>,
    /// Runs with the order the reader wants.
    #[prop(optional, into)]
    on_sort: Option<Callback<Sort>>,
    /// Keys of the selected rows; with it rows have checkboxes.
    #[prop(optional_no_strip, into)]
    selected: Option<Selected>,
    /// What can be done with the selected rows.
    #[prop(optional, into)]
    bulk: Option<ViewFn>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    let key: TextOf<T> = Arc::new(key);
    let keys = {
        let key = key.clone();
        Memo::new(move |_| rows.with(|rows| rows.iter().map(|row| key(row)).collect::<Vec<_>>()))
    };
    let (heads, cells) = columns.into_iter().map(|column| (column.head, column.cell)).unzip();
    let map = RowMap {
        cells,
        key,
        href: href.map(|text| text.0),
        label: row_label.map(|text| text.0),
    };
    let rows = Box::new(move || rows.with(|rows| rows.iter().map(|row| map.row(row)).collect::<Vec<_>>()));
    table_view(
        Shape {
            caption,
            heads,
            sort,
            on_sort,
            selected,
            bulk,
            keys,
        },
        rows,
    )
}

/// A text of a row, such as its link; made from a closure.
pub struct RowText<T>(TextOf<T>);

impl<T, F: Fn(&T) -> String + Send + Sync + 'static> From<F> for RowText<T> {
    fn from(text: F) -> Self {
        Self(Arc::new(text))
    }
}

struct Shape {
    caption: Signal<String>,
    heads: Vec<Head>,
    sort: Signal<Option<Sort>>,
    on_sort: Option<Callback<Sort>>,
    selected: Option<Selected>,
    bulk: Option<ViewFn>,
    keys: Memo<Vec<String>>,
}

fn table_view(shape: Shape, rows: Box<dyn Fn() -> Vec<Row> + Send + Sync>) -> AnyView {
    let Shape {
        caption,
        heads,
        sort,
        on_sort,
        selected,
        bulk,
        keys,
    } = shape;
    let head_cells = heads.iter().map(|head| head_cell(head, sort, on_sort)).collect_view();
    let heads = StoredValue::new(heads);
    let body = move || heads.with_value(|heads| rows().into_iter().map(|row| row_view(heads, row, selected)).collect_view());
    let select_all = selected.map(|selected| {
        view! {
            <th class="ui-table__check" scope="col" role="columnheader">
                <SelectAll selected keys/>
            </th>
        }
    });
    let bulk_bar = selected.zip(bulk).map(|(selected, actions)| view! { <BulkBar selected actions/> });
    // The roles repeat what the elements say: as cards they are no table to the browser any more.
    view! {
        <div class="ui-table-frame">
            <div class="ui-table-scroll">
                <table class="ui-table" role="table" aria-label=caption>
                    <thead role="rowgroup">
                        <tr role="row">{select_all} {head_cells}</tr>
                    </thead>
                    <tbody role="rowgroup">{body}</tbody>
                </table>
            </div>
            {bulk_bar}
        </div>
    }
    .into_any()
}

fn head_cell(head: &Head, sort: Signal<Option<Sort>>, on_sort: Option<Callback<Sort>>) -> AnyView {
    let (key, title) = (head.key, head.title);
    let direction = Memo::new(move |_| sort.get().filter(|sort| sort.key == key).map(|sort| sort.descending));
    let aria_sort = move || {
        direction
            .get()
            .map(|descending| if descending { "descending" } else { "ascending" })
    };
    let inside = match on_sort.filter(|_| head.is_sortable) {
        Some(on_sort) => {
            let toggle = move |_| {
                on_sort.run(Sort {
                    key: key.to_owned(),
                    descending: direction.get_untracked() == Some(false),
                })
            };
            let icon = move || match direction.get() {
                Some(true) => icons::ARROW_DOWN,
                Some(false) => icons::ARROW_UP,
                None => icons::CHEVRONS_UP_DOWN,
            };
            view! {
                <button type="button" class="ui-table__sort" class:ui-table__sort--on=move || direction.get().is_some() on:click=toggle>
                    {title}
                    {move || view! { <Icon icon=icon()/> }}
                </button>
            }
            .into_any()
        }
        None => view! { {title} }.into_any(),
    };
    view! { <th class=head.class() scope="col" role="columnheader" aria-sort=aria_sort>{inside}</th> }.into_any()
}

fn row_view(heads: &[Head], row: Row, selected: Option<Selected>) -> AnyView {
    let Row { key, href, label, cells } = row;
    let mut href = href.map(|href| app_href(&href));
    let is_link = href.is_some();
    let has_primary = heads.iter().any(|head| head.is_primary);
    let cells = heads.iter().zip(cells).enumerate().map(|(index, (head, cell))| {
        let carries_link = head.is_primary || (!has_primary && index == 0);
        let content = match href.take_if(|_| carries_link) {
            Some(href) => view! { <a class="ui-table__link" href=href>{cell}</a> }.into_any(),
            None => cell,
        };
        let label = (head.phone == Phone::Labelled).then(|| {
            let title = head.title;
            view! { <span class="ui-table__phone-label" aria-hidden="true">{title}</span> }
        });
        view! { <td class=head.class() role="cell">{label} {content}</td> }
    });
    let cells = cells.collect_view();
    let is_selected = {
        let key = key.clone();
        move || selected.is_some_and(|selected| selected.with(|set| set.contains(&key)))
    };
    let check = selected.map(|selected| {
        view! {
            <td class="ui-table__check" role="cell">
                <SelectRow selected key=key.clone() label/>
            </td>
        }
    });
    view! {
        <tr class="ui-table__row" class:ui-table__row--link=is_link class:ui-table__row--selected=is_selected role="row">
            {check} {cells}
        </tr>
    }
    .into_any()
}
