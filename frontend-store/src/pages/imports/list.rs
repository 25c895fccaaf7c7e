use leptos::prelude::*;
use orion_app::{Refused, use_client, use_load};
use orion_types::Page;
use orion_types::import::Import;
use orion_types::permission::Permission;
use orion_types::status::ImportStatus;
use orion_ui::*;

use super::choices::{ChoiceFields, Chosen};
use super::file::use_upload;
use crate::store::may;

/// The status of an import as a badge.
pub fn status_badge(status: ImportStatus) -> AnyView {
    let (tone, word) = match status {
        ImportStatus::Queued => (Tone::Neutral, "Waiting"),
        ImportStatus::Running => (Tone::Accent, "Running"),
        ImportStatus::Completed => (Tone::Positive, "Completed"),
        ImportStatus::Failed => (Tone::Critical, "Failed"),
        ImportStatus::Cancelled => (Tone::Neutral, "Cancelled"),
    };
    view! { <Badge tone>{word}</Badge> }.into_any()
}

/// Starts imports and lists the earlier ones.
#[component]
pub fn ImportListPage() -> impl IntoView {
    let client = use_client();
    let paging = use_paging();
    let imports = use_load(move || {
        let path = match paging.cursor() {
            // A cursor holds nothing that would have to be escaped.
            Some(cursor) => format!("/imports?cursor={cursor}"),
            None => "/imports".to_owned(),
        };
        async move { client.get::<Page<Import>>(&path).await }
    });
    view! {
        <div class="ui-page">
            <PageHeader title="Imports" subtitle="Products from files of Shopify, WooCommerce and other systems" back_href="/products" back_label="Products"/>
            {may(Permission::ProductsImport).then(|| view! { <StartCard/> })}
            <Card title="Earlier imports" flush=true>
                <Loaded state=imports.state() skeleton=|| view! { <TableSkeleton rows=4 columns=4/> } on_retry=move |()| imports.reload() let:value>
                    <ImportTable rows=value.data/>
                    <Pager paging next=value.next_cursor/>
                </Loaded>
            </Card>
        </div>
    }
}

#[component]
fn StartCard() -> impl IntoView {
    let (submission, upload) = use_upload();
    let dry_run = RwSignal::new(true);
    let chosen = Chosen::new();
    let start = move |files: Vec<web_sys::File>| {
        if let Some(file) = files.into_iter().next() {
            upload(file, chosen.read(dry_run.get_untracked()));
        }
    };
    view! {
        <ChoiceFields chosen submission/>
        <Card title="Import products" description="Products are matched by their handle: those that exist are updated, new ones are added. The same file twice changes nothing.">
            <div class="ui-stack">
                <Switch checked=dry_run label="Try it first" hint="Reads everything, reports every problem and writes nothing"/>
                <Refused submission title="The file was not taken"/>
                <FileDrop label="Choose a file" hint="CSV, Excel or OpenDocument; as Shopify, WooCommerce and others export it" accept=".csv,.tsv,.txt,.xlsx,.ods,.jsonl,text/csv" busy=submission.busy() on_files=start/>
            </div>
        </Card>
    }
}

#[component]
fn ImportTable(rows: Vec<Import>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <EmptyState compact=true icon=icons::UPLOAD title="Nothing was imported yet" description="Reports of imports stay here."/> }.into_any();
    }
    let columns = vec![
        Column::new("file", "File", |import: &Import| {
            let (name, trial) = (import.file_name.clone(), import.dry_run);
            view! { <span class="ui-row"><span class="font-medium">{name}</span>{trial.then(|| view! { <Badge hollow=true>"Trial"</Badge> })}</span> }.into_any()
        })
        .primary(),
        Column::new("status", "Status", |import: &Import| status_badge(import.status)),
        Column::new("result", "Result", |import: &Import| {
            format!("{} new, {} updated, {} refused", import.created_count, import.updated_count, import.failed_count).into_any()
        })
        .wide_only(),
        Column::new("at", "When", |import: &Import| view! { <RelativeTime at=Moment::from(import.created_at.0.clone())/> }.into_any()).end(),
    ];
    view! {
        <DataTable
            caption="Imports"
            rows=Signal::stored(rows)
            key=|import: &Import| import.id.to_string()
            columns
            href=|import: &Import| format!("/imports/{}", import.id)
            row_label=|import: &Import| import.file_name.clone()
        />
    }
    .into_any()
}
