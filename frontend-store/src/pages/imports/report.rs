use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, use_client, use_load, use_submission};
use orion_types::Page;
use orion_types::import::{Import, ImportImageFailure, ImportRowError};
use orion_types::status::ImportStatus;
use orion_ui::*;

use super::list::status_badge;

/// How often a running import is looked at, in milliseconds.
const LOOK: u32 = 700;

/// One import: its progress while it runs, its report afterwards. It runs on the server and can be left and found again.
#[component]
pub fn ImportPage() -> impl IntoView {
    let client = use_client();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id")).unwrap_or_default());
    let import = use_load(move || {
        let path = format!("/imports/{}", id.get());
        async move { client.get::<Import>(&path).await }
    });
    Effect::new(move |_| {
        let unfinished = import.get().is_some_and(|import| is_open(&import) || import.images.pending > 0);
        if unfinished {
            let timer = gloo_timers::callback::Timeout::new(LOOK, move || import.reload());
            let timer = StoredValue::new_local(Some(timer));
            on_cleanup(move || drop(timer.try_update_value(Option::take)));
        }
    });
    view! {
        <div class="ui-page">
            <Loaded state=import.state() skeleton=|| view! { <DetailSkeleton/> } on_retry=move |()| import.reload() let:value>
                <Report import=value loader=import/>
            </Loaded>
        </div>
    }
}

fn is_open(import: &Import) -> bool {
    matches!(import.status, ImportStatus::Queued | ImportStatus::Running)
}

#[component]
fn Report(import: Import, loader: Loader<Import>) -> impl IntoView {
    let (status, id, open, pictured) = (import.status, import.id, is_open(&import), import.clone());
    let done = u64::try_from(import.processed_rows).unwrap_or(0);
    let all = u64::try_from(import.total_rows).ok().filter(|rows| *rows > 0);
    let caption = all.map(|all| format!("{done} of {all} rows")).unwrap_or_default();
    let tone = if import.failure.is_some() { Tone::Critical } else { Tone::Accent };
    let subtitle = if import.dry_run {
        "Trial: nothing was written"
    } else {
        "Products were written"
    };
    view! {
        <PageHeader title=import.file_name.clone() subtitle back_href="/imports" back_label="Imports" badges=move || status_badge(status)>
            {open.then(|| view! { <CancelButton id=id.to_string() loader/> })}
        </PageHeader>
        {import.failure.clone().map(|failure| view! { <Callout tone=Tone::Critical title="The file could not be imported">{failure}</Callout> })}
        <Card>
            <div class="ui-stack">
                <ProgressBar value=Signal::stored(done) max=Signal::stored(all) label="Importing products" caption tone/>
                <div class="ui-grid-4">
                    <StatCard label="New products" value=import.created_count.to_string()/>
                    <StatCard label="Updated" value=import.updated_count.to_string()/>
                    <StatCard label="Unchanged" value=import.unchanged_count.to_string()/>
                    <StatCard label="Refused" value=import.failed_count.to_string()/>
                </div>
            </div>
        </Card>
        {(!open && import.failure.is_none()).then(|| view! { <RowErrors id=id.to_string() dry_run=import.dry_run/> })}
        {(import.images.ready + import.images.pending + import.images.failed > 0).then(|| view! { <Pictures import=pictured.clone() loader/> })}
    }
}

#[component]
fn CancelButton(id: String, loader: Loader<Import>) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let cancel = move |_| {
        let path = format!("/imports/{id}/cancel");
        submission.send(async move { client.post::<Import>(&path, &()).await }, move |import| {
            loader.set(import)
        });
    };
    view! { <Button busy=submission.busy() on_click=cancel>"Cancel"</Button> }
}

#[component]
fn RowErrors(id: String, dry_run: bool) -> impl IntoView {
    let client = use_client();
    let errors = use_load(move || {
        let path = format!("/imports/{id}/errors?limit=100");
        async move { client.get::<Page<ImportRowError>>(&path).await }
    });
    view! {
        <Card title="Rows that were refused" flush=true>
            <Loaded state=errors.state() skeleton=|| view! { <TableSkeleton rows=3 columns=3/> } on_retry=move |()| errors.reload() let:value>
                {if value.data.is_empty() {
                    let text = if dry_run { "Every row is fine: the import can be made for real." } else { "Every row was imported." };
                    view! { <p class="px-4 sm:px-5 py-4 text-sm text-muted">{text}</p> }.into_any()
                } else {
                    let columns = vec![
                        Column::new("line", "Line", |error: &ImportRowError| error.line.to_string().into_any()).phone(Phone::Labelled),
                        Column::new("column", "Column", |error: &ImportRowError| error.column.clone().into_any()),
                        Column::new("detail", "What is wrong", |error: &ImportRowError| error.detail.clone().into_any()).primary(),
                    ];
                    view! {
                        <DataTable caption="Refused rows" rows=Signal::stored(value.data) key=|error: &ImportRowError| format!("{}-{}-{}", error.line, error.column, error.code) columns row_label=|error: &ImportRowError| format!("Line {}", error.line)/>
                    }.into_any()
                }}
            </Loaded>
        </Card>
    }
}

#[component]
fn Pictures(import: Import, loader: Loader<Import>) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let id = import.id;
    let images = import.images.clone();
    let failures = use_load(move || async move { client.get::<Page<ImportImageFailure>>(&format!("/imports/{id}/images")).await });
    let retry = move |_| {
        submission.send(
            async move { client.post::<Import>(&format!("/imports/{id}/retry-images"), &()).await },
            move |import| loader.set(import),
        );
    };
    let summary = format!(
        "{} fetched, {} on their way, {} failed",
        images.ready, images.pending, images.failed
    );
    view! {
        <Card title="Pictures" description=summary flush=true>
            <Loaded state=failures.state() skeleton=|| view! { <TextSkeleton lines=2/> } let:value>
                <ul class="divide-y divide-border">
                    {value.data.into_iter().map(|failure| view! {
                        <li class="px-4 sm:px-5 py-3">
                            <a class="ui-link" href=app_href(&format!("/products/{}", failure.product_id))>{failure.product_title}</a>
                            <span class="block text-sm text-muted break-all">{failure.source_url}</span>
                            <span class="block text-sm text-critical">{failure.detail}</span>
                        </li>
                    }).collect_view()}
                </ul>
            </Loaded>
            {(images.failed > 0).then(|| view! { <div class="px-4 sm:px-5 py-4"><Button busy=submission.busy() on_click=retry>"Try the failed ones again"</Button></div> })}
        </Card>
    }
}
