use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use orion_types::menu::StorePage;
use orion_types::sidebar::SidebarEntry;
use orion_ui::*;

use super::order;

type Entries = RwSignal<Vec<SidebarEntry>>;

/// The entries below their headings, drawn anew when one has moved.
#[component]
pub fn SidebarList(entries: Entries) -> impl IntoView {
    let placed = Memo::new(move |_| entries.with(|all| order::sections(all)));
    let cards = move || {
        let sections = placed.get();
        let count = sections.len();
        let card = |(at, (heading, pages)): (usize, (String, Vec<StorePage>))| {
            let (first, last) = (at == 0, at + 1 == count);
            view! { <Heading heading pages first last entries/> }
        };
        sections.into_iter().enumerate().map(card).collect_view()
    };
    view! { <div class="ui-stack">{cards}</div> }.into_any()
}

/// A heading with what is below it.
#[component]
fn Heading(heading: String, pages: Vec<StorePage>, first: bool, last: bool, entries: Entries) -> impl IntoView {
    let title = if heading.is_empty() {
        "Without a heading".to_owned()
    } else {
        heading.clone()
    };
    let id = format!("heading-{}", pages.first().map(|page| page.key()).unwrap_or_default());
    let go = {
        let id = id.clone();
        Callback::new(move |up: bool| {
            entries.update(|all| order::move_section(all, &heading, up));
            focus_arrow(id.clone(), direction(up));
        })
    };
    let count = pages.len();
    let row = |(at, page): (usize, StorePage)| {
        let entry = entries.with_untracked(|all| all.iter().find(|entry| entry.page == page).cloned());
        let (first, last) = (at == 0, at + 1 == count);
        entry.map(|entry| view! { <Row entry first last entries/> })
    };
    let rows = pages.into_iter().enumerate().map(row).collect_view();
    let name = title.clone();
    let actions = move || view! { <Arrows id=id.clone() name=name.clone() first last go/> };
    view! { <Card title actions flush=true><ul class="divide-y divide-border">{rows}</ul></Card> }.into_any()
}

fn direction(up: bool) -> &'static str {
    if up { "up" } else { "down" }
}

/// The two arrows of what can be moved.
#[component]
fn Arrows(id: String, name: String, first: bool, last: bool, go: Callback<bool>) -> impl IntoView {
    view! {
        <span id=id class="inline-flex">
            <span data-move="up"><IconButton icon=icons::ARROW_UP label=format!("Move {name} up") disabled=first on_click=move |_| go.run(true)/></span>
            <span data-move="down"><IconButton icon=icons::ARROW_DOWN label=format!("Move {name} down") disabled=last on_click=move |_| go.run(false)/></span>
        </span>
    }
    .into_any()
}

/// An entry; Alt with an arrow key moves it too.
#[component]
fn Row(entry: SidebarEntry, first: bool, last: bool, entries: Entries) -> impl IntoView {
    let SidebarEntry {
        page,
        label,
        module,
        enabled,
        hidden,
        mandatory,
        ..
    } = entry;
    let id = format!("entry-{}", page.key());
    let go = {
        let id = id.clone();
        Callback::new(move |up: bool| {
            entries.update(|all| order::move_entry(all, page, up));
            focus_arrow(id.clone(), direction(up));
        })
    };
    let by_key = move |event: KeyboardEvent| {
        let up = match event.key().as_str() {
            "ArrowUp" if event.alt_key() => true,
            "ArrowDown" if event.alt_key() => false,
            _ => return,
        };
        event.prevent_default();
        go.run(up);
    };
    let shown = RwSignal::new(!hidden);
    let control = if mandatory {
        view! { <Badge icon=icons::LOCK>"Always shown"</Badge> }.into_any()
    } else {
        let change = move |shown: bool| entries.update(|all| order::show(all, page, shown));
        view! { <Switch checked=shown label=format!("Show {label}") hide_label=true on_change=change/> }.into_any()
    };
    let off = (!enabled).then(|| view! { <Badge plain=true>{format!("{module} is off")}</Badge> });
    let marks = move || (!mandatory && !shown.get()).then(|| view! { <Badge>"Hidden"</Badge> });
    view! {
        <li class="flex items-center gap-3 px-4 sm:px-5 py-2" data-entry=page.key() on:keydown=by_key>
            <span class="flex-1 min-w-0 flex flex-wrap items-center gap-2">
                <span class="font-medium">{label.clone()}</span>
                {off}
                {marks}
            </span>
            {control}
            <Arrows id name=label first last go/>
        </li>
    }
    .into_any()
}
