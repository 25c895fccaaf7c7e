//! The cells of the grid, and what the keyboard and the clipboard do in it.

use leptos::ev::{ClipboardEvent, KeyboardEvent};
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use orion_app::Refused;
use orion_ui::*;
use web_sys::{Element, EventTarget, HtmlElement};

use super::entry::{COLUMNS, Entry};
use super::paste;

/// What the columns that take something are called.
const TITLES: [&str; COLUMNS] = ["Price", "Compare at", "On hand"];
const POINTERS: [&str; 2] = ["price_minor", "compare_at_minor"];

/// Every field of the grid by its row and column; absent where there is nothing to type.
type Fields = StoredValue<Vec<[Option<NumberField>; COLUMNS]>>;

/// A row for each variant of each product.
#[component]
pub fn GridTable(entries: Vec<Entry>, counts: bool) -> impl IntoView {
    let count = |entry: &Entry| entry.draft.variants.with_untracked(Vec::len);
    let fields: Fields = StoredValue::new(
        entries
            .iter()
            .flat_map(|entry| (0..count(entry)).map(|place| entry.fields(place, counts)))
            .collect(),
    );
    let mut first = 0;
    let groups: Vec<_> = entries
        .into_iter()
        .map(|entry| {
            let row = first;
            first += count(&entry);
            view! { <Group entry row fields/> }
        })
        .collect();
    let left_over = RwSignal::new(0_usize);
    let paste = move |event: ClipboardEvent| pasted(&event, fields, left_over);
    view! {
        {move || (left_over.get() > 0).then(|| view! {
            <Callout tone=Tone::Warning title="Not all of it had a place">
                {count_of(i64::try_from(left_over.get()).unwrap_or(i64::MAX), "value of what you pasted", "values of what you pasted")}" lay beyond the grid or where nothing is counted, and was left out."
            </Callout>
        })}
        <Card flush=true>
            <div class="ui-cells-scroll">
                <table class="ui-cells" on:paste=paste on:keydown=|event| move_by_key(&event)>
                    <thead>
                        <tr>
                            <th scope="col">"Product"</th>
                            <th scope="col">"SKU"</th>
                            {TITLES.map(|title| view! { <th scope="col" class="ui-cells__number">{title}</th> }).collect_view()}
                        </tr>
                    </thead>
                    {groups}
                </table>
            </div>
        </Card>
    }
}

/// The rows of a product, and what the server has against them.
#[component]
fn Group(entry: Entry, row: usize, fields: Fields) -> impl IntoView {
    let variants = entry.draft.variants.get_untracked();
    let any_free = Memo::new(move |_| {
        entry
            .draft
            .variants
            .with(|variants| variants.iter().any(|variant| variant.is_free()))
            || entry.draft.gives_away.get()
    });
    let title = entry.title.get_value();
    let rows = variants.into_iter().enumerate().map(|(place, variant)| {
        let words = untrack(|| entry.draft.words(&variant)).join(" / ");
        let whose = if words.is_empty() {
            title.clone()
        } else {
            format!("{title} {words}")
        };
        let name = (place == 0).then(|| view! { <a class="ui-link" href=app_href(&format!("/products/{}", entry.id))>{title.clone()}</a> });
        let cells = (0..COLUMNS)
            .map(|column| cell(entry, place, (row + place, column), &whose, fields))
            .collect_view();
        view! {
            <tr>
                <th scope="row">{name}<span class="block text-muted font-normal">{words}</span></th>
                <td class="ui-cells__code">{untrack(|| variant.sku.get())}</td>
                {cells}
            </tr>
        }
    });
    let refused = format!("{title} was not saved");
    view! {
        <tbody aria-label=title.clone()>
            {rows.collect_view()}
            <tr class="ui-cells__said"><td colspan="5">
                <Refused submission=entry.submission title=refused/>
                {move || any_free.get().then(|| view! { <Checkbox checked=entry.draft.gives_away label="Give it away for free" hint="What costs 0 can be ordered without paying for it."/> })}
            </td></tr>
        </tbody>
    }
    .into_any()
}

fn cell(entry: Entry, place: usize, (row, column): (usize, usize), whose: &str, fields: Fields) -> AnyView {
    let field = fields.with_value(|fields| fields.get(row).and_then(|fields| fields[column].clone()));
    let Some(value) = field else {
        return view! { <td class="ui-cells__number text-muted" data-title=TITLES[column]>"not tracked"</td> }.into_any();
    };
    let pointer = POINTERS
        .get(column)
        .map_or_else(|| format!("/stock/{place}"), |name| format!("/variants/{place}/{name}"));
    let error = entry.submission.field(pointer);
    let label = format!("{} of {whose}", TITLES[column]);
    view! { <td class="ui-cells__number" data-cell=format!("{row}:{column}") data-title=TITLES[column]><Field label hide_label=true error><NumberInput value/></Field></td> }.into_any()
}

/// The row and the column of the cell that something happens in.
fn place_of(target: Option<EventTarget>) -> Option<(usize, usize)> {
    let cell = target?.dyn_into::<Element>().ok()?.closest("[data-cell]").ok()??;
    let place = cell.get_attribute("data-cell")?;
    let (row, column) = place.split_once(':')?;
    match (row.parse(), column.parse()) {
        (Ok(row), Ok(column)) => Some((row, column)),
        _ => None,
    }
}

/// Spreads what a spreadsheet has put on the clipboard over the cells from here on, as it is written there: a cell that cannot read it says so.
fn pasted(event: &ClipboardEvent, fields: Fields, left_over: RwSignal<usize>) {
    let text = event.clipboard_data().and_then(|data| data.get_data("text/plain").ok());
    let Some((place, cells)) = place_of(event.target()).zip(text.and_then(|text| paste::cells(&text))) else {
        return;
    };
    event.prevent_default();
    let (row, column) = place;
    let mut lost = 0;
    fields.with_value(|fields| {
        for (down, values) in cells.into_iter().enumerate() {
            for (right, value) in values.into_iter().enumerate() {
                let field = fields
                    .get(row + down)
                    .and_then(|fields| fields.get(column + right))
                    .and_then(Option::as_ref);
                match field {
                    Some(field) => field.typed(value),
                    None if value.is_empty() => {}
                    None => lost += 1,
                }
            }
        }
    });
    left_over.set(lost);
}

/// Up, down and Enter lead to the same column of another row, as in a spreadsheet.
fn move_by_key(event: &KeyboardEvent) {
    let by = match event.key().as_str() {
        "ArrowDown" | "Enter" => 1,
        "ArrowUp" => -1,
        _ => return,
    };
    let Some((row, column)) = place_of(event.target()) else { return };
    event.prevent_default();
    let Some(row) = row.checked_add_signed(by) else { return };
    let there = document()
        .query_selector(&format!("[data-cell='{row}:{column}'] input"))
        .ok()
        .flatten();
    if let Some(input) = there.and_then(|input| input.dyn_into::<HtmlElement>().ok()) {
        // Fails only for an element that is no longer on the page.
        input.focus().ok();
    }
}
