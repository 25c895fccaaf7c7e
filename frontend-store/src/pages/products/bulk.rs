use leptos::prelude::*;
use orion_app::{Loader, use_client, use_submission};
use orion_client::{ApiError, SessionClient};
use orion_types::Page;
use orion_types::catalog::{Product, ProductQuery, ProductSummary};
use orion_ui::*;

use super::grid::MOST;
use crate::bulk::{Bulk, BulkProgress, Chosen};

/// Products per question when all of a list are wanted.
const AT_ONCE: u32 = 100;

/// What is done to several products: the API's word, the button's, what was done, and what it means.
#[derive(Clone, Copy)]
struct Verb {
    path: &'static str,
    label: &'static str,
    done: &'static str,
    means: &'static str,
}

const PUBLISH: Verb = Verb {
    path: "publish",
    label: "Publish",
    done: "published",
    means: "Customers see them at once.",
};
const ARCHIVE: Verb = Verb {
    path: "archive",
    label: "Archive",
    done: "archived",
    means: "Customers no longer see them. Each can be brought back.",
};

/// What the list asks the server for, from a cursor on.
pub type Query = Callback<Option<String>, ProductQuery>;

/// What can be done with the chosen products; the server decides for each whether its state allows it. `more`: the list has other pages.
#[component]
pub fn BulkActions(
    rows: Vec<ProductSummary>,
    more: bool,
    query: Query,
    products: Loader<Page<ProductSummary>>,
    bulk: Bulk,
) -> impl IntoView {
    let client = use_client();
    let go = use_go();
    let shown = rows.len();
    let rows = StoredValue::new(rows);
    let chosen = move || rows.with_value(|rows| bulk.of(rows, known));
    let asking = RwSignal::new(None::<Verb>);
    let open = RwSignal::new(false);
    let run = move |verb: Verb| {
        let call = move |id: String| async move { client.post::<Product>(&format!("/products/{id}/{}", verb.path), &()).await };
        bulk.run(chosen(), verb.done, call, move || products.reload());
    };
    // What is not on the page cannot be looked at before.
    let ask = move |verb: Verb| {
        if chosen().len() > shown {
            asking.set(Some(verb));
            open.set(true);
        } else {
            run(verb);
        }
    };
    let confirmed = move |()| {
        open.set(false);
        if let Some(verb) = asking.get_untracked() {
            run(verb);
        }
    };
    let verb = move || asking.get().unwrap_or(ARCHIVE);
    let edit = move |_| {
        let ids: Vec<String> = chosen().into_iter().map(|(id, _)| id).collect();
        go(&format!("/products/prices?ids={}", ids.join(",")));
    };
    let too_many = Signal::derive(move || bulk.selected.with(|selected| selected.len() > MOST));
    let busy = bulk.busy();
    view! {
        {more.then(|| view! { <ChooseAll query bulk/> })}
        <Button size=ButtonSize::Small disabled=too_many on_click=edit>"Edit prices and stock"</Button>
        <Button size=ButtonSize::Small busy on_click=move |_| ask(PUBLISH)>{PUBLISH.label}</Button>
        <Button size=ButtonSize::Small icon=icons::ARCHIVE busy on_click=move |_| ask(ARCHIVE)>{ARCHIVE.label}</Button>
        <BulkProgress bulk/>
        <ConfirmDialog
            open
            title=Signal::derive(move || format!("{} {}?", verb().label, count_of(i64::try_from(chosen().len()).unwrap_or(i64::MAX), "product", "products")))
            message=Signal::derive(move || verb().means.to_owned())
            confirm_label=Signal::derive(move || verb().label.to_owned())
            on_confirm=confirmed
        />
    }
}

/// Chooses all that the list has as it is narrowed now, and not only this page of it.
#[component]
fn ChooseAll(query: Query, bulk: Bulk) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let all = move |_| submission.send(every(client, query), move |all| bulk.choose(all));
    view! { <Button variant=ButtonVariant::Ghost size=ButtonSize::Small busy=submission.busy() on_click=all>"Choose all that match"</Button> }
}

async fn every(client: SessionClient, query: Query) -> Result<Vec<Chosen>, ApiError> {
    let mut all = Vec::new();
    let mut cursor = None;
    loop {
        let question = ProductQuery {
            limit: Some(AT_ONCE),
            ..query.run(cursor)
        };
        let page = client.get_query::<Page<ProductSummary>>("/products", &question).await?;
        all.extend(page.data.iter().map(known));
        cursor = page.next_cursor;
        if cursor.is_none() {
            return Ok(all);
        }
    }
}

fn known(product: &ProductSummary) -> Chosen {
    (product.id.to_string(), product.title.clone())
}
