use leptos::prelude::*;
use orion_app::{Loader, Refused, use_client, use_submission};
use orion_types::Page;
use orion_types::export::{CreateExport, Export};
use orion_types::permission::Permission;
use orion_ui::*;

use crate::store::{may, module_on};

/// The kind of an archive of everything.
const STORE: &str = "store";

/// What there is to write out: its kind, what it is called, the module it belongs to, and the right to it.
const KINDS: [(&str, &str, &str, Permission); 5] = [
    ("products", "Products", "catalog", Permission::ProductsRead),
    ("stock", "Stock", "inventory", Permission::InventoryRead),
    ("orders", "Orders", "orders", Permission::OrdersRead),
    ("customers", "Customers", "customers", Permission::CustomersRead),
    (STORE, "The whole store", "transfer", Permission::StoreExport),
];

/// What a kind is called.
pub fn kind_word(kind: &str) -> String {
    let known = KINDS.iter().find(|(known, ..)| *known == kind);
    known.map_or_else(|| kind.to_owned(), |(_, word, ..)| (*word).to_owned())
}

/// What a format is called.
pub fn format_word(format: &str) -> String {
    match format {
        "csv" => "CSV",
        "xlsx" => "Excel (XLSX)",
        "jsonl" => "JSON lines",
        "shopify" => "CSV as Shopify reads it",
        "zip" => "Archive (ZIP)",
        other => other,
    }
    .to_owned()
}

fn formats(kind: &str) -> Vec<SelectOption> {
    let formats: &[&str] = match kind {
        STORE => &["zip"],
        "products" => &["csv", "xlsx", "jsonl", "shopify"],
        _ => &["csv", "xlsx", "jsonl"],
    };
    formats
        .iter()
        .map(|format| SelectOption::new(*format, format_word(format)))
        .collect()
}

/// Asks for a file. A list that leads here brings what it is narrowed by.
#[component]
pub fn AskCard(loader: Loader<Page<Export>>) -> impl IntoView {
    let client = use_client();
    let toasts = use_toasts();
    let submission = use_submission();
    let (asked, narrowed) = (use_query_param("kind"), use_query_param("filter"));
    let kinds = Memo::new(move |_| {
        let seen = KINDS.iter().filter(|(_, _, module, right)| module_on(module) && may(*right));
        seen.map(|(kind, word, ..)| SelectOption::new(*kind, *word)).collect::<Vec<_>>()
    });
    let first = kinds.with_untracked(|kinds| kinds.first().map(|option| option.value.clone()).unwrap_or_default());
    let kind = RwSignal::new(asked.get_opt().unwrap_or(first));
    let format = RwSignal::new(String::new());
    // A filter belongs to the list that it came from.
    let filter = Signal::derive(move || narrowed.get_opt().filter(|_| asked.get() == kind.get()).unwrap_or_default());
    let send = move |_| {
        let body = CreateExport {
            kind: kind.get_untracked(),
            format: format.get_untracked(),
            filter: filter.get_untracked(),
        };
        submission.send(async move { client.post::<Export>("/exports", &body).await }, move |export| {
            let verb = if export.kind == STORE { "is" } else { "are" };
            toasts.success(format!("{} {verb} being written into a file", kind_word(&export.kind)));
            loader.reload();
        });
    };
    let options = Signal::derive(move || formats(&kind.get()));
    orion_ui::watch(move || {
        let chosen = format.get_untracked();
        let first = options.with(|options| {
            let fits = options.iter().any(|option| option.value == chosen);
            options.first().filter(|_| !fits).map(|option| option.value.clone())
        });
        if let Some(first) = first {
            format.set(first);
        }
    });
    view! {
        <Card title="New export" description="The file is written in the background and kept for 24 hours.">
            <div class="ui-stack">
                <Refused submission title="The file was not asked for"/>
                <div class="ui-form-grid">
                    <Field label="What" error=submission.field("/kind")><Select value=kind options=Signal::derive(move || kinds.get())/></Field>
                    <Field label="Format" error=submission.field("/format")><Select value=format options/></Field>
                </div>
                <Show when=move || kind.with(|kind| kind == STORE)>
                    <p class="text-sm text-muted">
                        "One file with everything: products with their pictures, categories, stock, customers, orders, payments, settings and who works here. \
                         Each kind is in it as a table and as JSON lines. It is read back before it is handed out. Passwords are not in it."
                    </p>
                </Show>
                {move || {
                    let told = filter.get();
                    (!told.is_empty()).then(|| view! { <p class="text-sm text-muted">"Only what the list shows: "<code>{told}</code></p> })
                }}
                <div><Button variant=ButtonVariant::Primary icon=icons::DOWNLOAD busy=submission.busy() on_click=send>"Write the file"</Button></div>
            </div>
        </Card>
    }
}
