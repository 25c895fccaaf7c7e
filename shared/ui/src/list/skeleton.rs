use leptos::prelude::*;

use crate::settings::ui_text;

/// One grey block; give it the size of what comes: `class="h-4 w-32"`.
#[component]
pub fn Skeleton(
    /// Utilities for its size.
    #[prop(into)]
    class: String,
) -> impl IntoView {
    view! { <span class=format!("ui-skeleton {class}") aria-hidden="true"></span> }
}

/// Says once that something is loading, around the blocks that show where.
fn waiting(class: &'static str, blocks: AnyView) -> AnyView {
    view! {
        <div class=class role="status">
            <span class="ui-sr-only">{move || ui_text(|text| &text.loading)}</span>
            {blocks}
        </div>
    }
    .into_any()
}

fn line(width: u32) -> AnyView {
    view! { <span class="ui-skeleton ui-skeleton--line" style:width=format!("{width}%") aria-hidden="true"></span> }.into_any()
}

/// Lines of text.
#[component]
pub fn TextSkeleton(
    /// How many.
    #[prop(default = 3)]
    lines: u32,
) -> impl IntoView {
    let widths = (0..lines).map(|index| if index + 1 == lines { 62 } else { 100 - (index * 7) % 16 });
    waiting("ui-stack-tight", widths.map(line).collect_view().into_any())
}

/// Rows of a [`DataTable`](super::DataTable) in a card.
#[component]
pub fn TableSkeleton(
    /// Rows that will probably come.
    #[prop(default = 8)]
    rows: u32,
    /// Columns of the table.
    #[prop(default = 5)]
    columns: u32,
    /// Rows begin with a picture.
    #[prop(optional)]
    thumbnails: bool,
) -> impl IntoView {
    let row = move |index: u32| {
        let cells = (1..columns).map(|column| {
            view! { <span class="ui-skeleton ui-skeleton--cell" style:width=format!("{}%", 40 + (index * 17 + column * 29) % 45)></span> }
        });
        view! {
            <div class="ui-table-skeleton__row" class:ui-table-skeleton__row--thumb=thumbnails>
                {thumbnails.then(|| view! { <span class="ui-skeleton ui-skeleton--thumb"></span> })}
                <div class="ui-table-skeleton__cells" style:grid-template-columns=format!("2fr repeat({}, 1fr)", columns.saturating_sub(2).max(1))>
                    {cells.collect_view()}
                </div>
            </div>
        }
    };
    let blocks = view! {
        <div class="ui-table-skeleton" aria-hidden="true">
            <div class="ui-table-skeleton__head"></div>
            {(0..rows).map(row).collect_view()}
        </div>
    };
    waiting("", blocks.into_any())
}

/// A [`StatCard`](crate::StatCard).
#[component]
pub fn StatSkeleton() -> impl IntoView {
    let blocks = view! { {line(45)} <span class="ui-skeleton ui-skeleton--figure"></span> {line(60)} };
    waiting("ui-stat ui-stat--skeleton", blocks.into_any())
}

/// A [`LineChart`](crate::LineChart).
#[component]
pub fn ChartSkeleton() -> impl IntoView {
    waiting(
        "",
        view! { <span class="ui-skeleton ui-skeleton--chart" aria-hidden="true"></span> }.into_any(),
    )
}

fn card(lines: u32) -> AnyView {
    let widths = (0..lines).map(|index| 55 + (index * 31) % 45);
    view! {
        <div class="ui-card">
            <div class="ui-card__body ui-stack">{line(28)} {widths.map(line).collect_view()}</div>
        </div>
    }
    .into_any()
}

/// A detail page: header, main column, side column.
#[component]
pub fn DetailSkeleton() -> impl IntoView {
    let blocks = view! {
        <div class="ui-stack-tight" aria-hidden="true">{line(12)} <span class="ui-skeleton ui-skeleton--title"></span></div>
        <div class="ui-columns" aria-hidden="true">
            <div class="ui-columns__main">{card(5)} {card(3)}</div>
            <div class="ui-columns__side">{card(2)} {card(3)}</div>
        </div>
    };
    waiting("ui-stack", blocks.into_any())
}

/// A form of two cards.
#[component]
pub fn FormSkeleton() -> impl IntoView {
    let field = || view! { <div class="ui-stack-tight">{line(22)} <span class="ui-skeleton ui-skeleton--control"></span></div> };
    let card = move || view! { <div class="ui-card"><div class="ui-card__body ui-stack">{field()} {field()}</div></div> };
    waiting("ui-stack", view! { {card()} {card()} }.into_any())
}

/// A grid of product cards with 4:5 pictures.
#[component]
pub fn ProductGridSkeleton(
    /// How many.
    #[prop(default = 8)]
    count: u32,
) -> impl IntoView {
    let card = |_| {
        view! {
            <div class="ui-stack-tight" aria-hidden="true">
                <span class="ui-skeleton ui-skeleton--product"></span>
                {line(70)}
                {line(35)}
            </div>
        }
    };
    waiting("ui-product-grid", (0..count).map(card).collect_view().into_any())
}
