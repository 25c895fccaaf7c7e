use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use orion_app::{Loader, Reader, Refused, use_client, use_load, use_submission};
use orion_types::Page;
use orion_types::import::{Import, ImportChoices, ImportImageFailure, ImportRowError};
use orion_types::permission::Permission;
use orion_types::status::ImportStatus;
use orion_ui::*;

use super::choices::{as_tried, unusual};
use super::columns::ColumnsCard;
use super::file::{tried_file, use_upload};
use super::list::status_badge;
use super::undo::{UndoCard, is_being_undone};
use crate::save::save_file;
use crate::store::may;

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
    orion_ui::watch(move || {
        let unfinished = import
            .get()
            .is_some_and(|import| is_open(&import) || is_being_undone(&import) || import.images.pending > 0);
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
    let (status, id, open) = (import.status, import.id, is_open(&import));
    let pictured = import.images.ready + import.images.pending + import.images.failed > 0;
    let ready = import.dry_run && status == ImportStatus::Completed && may(Permission::ProductsImport);
    let written = !open && !import.dry_run && import.created_count + import.updated_count > 0;
    // A run that has come to nothing has no figures to show.
    let counted = open || status == ImportStatus::Completed || touched(&import) > 0;
    let refused = (!open && import.failed_count > 0).then(|| view! { <ReportLines id=id.to_string() severity="error"/> });
    // While pictures come, the page is drawn anew again and again, and would fold what was unfolded.
    let still = !open && !is_being_undone(&import) && import.images.pending == 0;
    let columns = still.then(|| view! { <ColumnsCard import=import.clone()/> });
    let noted = (!open && import.note_count > 0).then(|| view! { <ReportLines id=id.to_string() severity="note"/> });
    view! {
        <PageHeader title=import.file_name.clone() subtitle=subtitle(&import) back_href="/imports" back_label="Imports" badges=move || status_badge(status)>
            {(open && may(Permission::ProductsImport)).then(|| view! { <CancelButton id=id.to_string() loader/> })}
            {written.then(|| view! { <LinkButton href="/products">"See products"</LinkButton> })}
        </PageHeader>
        {import.failure.clone().map(|failure| view! {
            <Callout tone=Tone::Critical title="The file could not be imported">
                <div class="ui-stack-tight items-start">
                    <span>{failure}</span>
                    {may(Permission::ProductsImport).then(|| view! { <LinkButton href="/imports" icon=icons::UPLOAD>"Choose another file"</LinkButton> })}
                </div>
            </Callout>
        })}
        {ready.then(|| view! { <ImportNow import=import.clone()/> })}
        {counted.then(|| view! { <Figures import=import.clone()/> })}
        <UndoCard import=import.clone() loader/>
        {refused}
        {columns}
        {noted}
        {pictured.then(|| view! { <Pictures import loader/> })}
    }
}

/// What became of the products, in the tense of its status.
fn subtitle(import: &Import) -> &'static str {
    match (import.dry_run, is_open(import)) {
        (true, true) => "Trial: nothing is written",
        (true, false) => "Trial: nothing was written",
        (false, true) => "Products are being written",
        (false, false) if import.created_count + import.updated_count == 0 => "Nothing was written",
        (false, false) if import.status == ImportStatus::Completed => "Products were written",
        (false, false) => "It stopped on its way; what was written stays",
    }
}

fn touched(import: &Import) -> i32 {
    import.created_count + import.updated_count + import.unchanged_count + import.failed_count
}

/// How far it has come while it runs, then how it ended; with what became of the products.
#[component]
fn Figures(import: Import) -> impl IntoView {
    let progress = if is_open(&import) {
        let done = u64::try_from(import.processed_rows).unwrap_or(0);
        let all = u64::try_from(import.total_rows).ok().filter(|rows| *rows > 0);
        let caption = all.map(|all| format!("{done} of {all} rows")).unwrap_or_default();
        let label = if import.dry_run { "Trying the file" } else { "Importing products" };
        view! { <ProgressBar value=Signal::stored(done) max=Signal::stored(all) label caption/> }.into_any()
    } else {
        let rows = if import.status == ImportStatus::Completed {
            format!("{} rows were read", import.total_rows)
        } else {
            format!("{} of {} rows were read", import.processed_rows, import.total_rows)
        };
        let end = import
            .finished_at
            .map(|at| view! { ", finished " <RelativeTime at=Moment::from(at.0.clone())/> });
        view! { <p class="text-sm text-muted">{rows}{end}</p> }.into_any()
    };
    view! {
        <Card>
            <div class="ui-stack">
                {progress}
                <div class="ui-grid-4">
                    <StatCard label="New products" value=import.created_count.to_string()/>
                    <StatCard label="Updated" value=import.updated_count.to_string()/>
                    <StatCard label="Unchanged" value=import.unchanged_count.to_string()/>
                    <StatCard label="Refused" value=import.failed_count.to_string()/>
                    {(import.left_count > 0).then(|| view! { <StatCard label="Left out by choice" value=import.left_count.to_string()/> })}
                    {(import.missing_count > 0).then(|| view! { <StatCard label=if import.dry_run { "Would be archived" } else { "Archived" } value=import.missing_count.to_string()/> })}
                </div>
                {chosen_otherwise(&import.choices)}
            </div>
        </Card>
    }
}

/// What was chosen otherwise than usual.
fn chosen_otherwise(choices: &ImportChoices) -> Option<impl IntoView + use<>> {
    let told = unusual(choices);
    (!told.is_empty())
        .then(|| view! { <ul class="text-sm text-muted">{told.into_iter().map(|line| view! { <li>{line}</li> }).collect_view()}</ul> })
}

/// Makes an import of a trial. After a reload the file has to be chosen once more: nobody has kept it.
#[component]
fn ImportNow(import: Import) -> impl IntoView {
    let (submission, upload) = use_upload();
    let text = match import.failed_count {
        0 => "Every row is fine.".to_owned(),
        1 => "One product was refused. It is left out, or correct the file and try again.".to_owned(),
        refused => format!("{refused} products were refused. They are left out, or correct the file and try again."),
    };
    let (id, import) = (import.id, StoredValue::new(import));
    let for_good = |import: &Import| Reader::new().finish(as_tried(import, false));
    let chosen = {
        let upload = upload.clone();
        move |files: Vec<web_sys::File>| {
            if let Some(file) = files.into_iter().next() {
                upload(file, for_good(&import.get_value()));
            }
        }
    };
    let action = if tried_file(id).is_some() {
        let now = move |_| {
            if let Some(file) = tried_file(id) {
                upload(file, for_good(&import.get_value()));
            }
        };
        view! { <div class="ui-row"><Button variant=ButtonVariant::Primary icon=icons::UPLOAD busy=submission.busy() on_click=now>"Import now"</Button></div> }.into_any()
    } else {
        let label = import.with_value(|import| format!("Choose {} again to import it", import.file_name));
        view! { <FileDrop label hint="The file of a trial is not kept on the server" accept=".csv,.tsv,.txt,.xlsx,.ods,.jsonl,text/csv" busy=submission.busy() on_files=chosen/> }.into_any()
    };
    view! {
        <Card title="Import it for real" description=text>
            <div class="ui-stack">
                <Refused submission title="The file was not taken"/>
                {action}
            </div>
        </Card>
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

/// What was refused, or what was taken otherwise than the file says; a hundred lines at a time.
#[component]
fn ReportLines(id: String, severity: &'static str) -> impl IntoView {
    let client = use_client();
    let cursor = RwSignal::new(None::<String>);
    let import = id.clone();
    let lines = use_load(move || {
        let from = cursor.get().map(|cursor| format!("&cursor={cursor}")).unwrap_or_default();
        let path = format!("/imports/{id}/errors?severity={severity}&limit=100{from}");
        async move { client.get::<Page<ImportRowError>>(&path).await }
    });
    let (title, description) = match severity {
        "error" => (
            "Refused",
            "These products were left out. Correct the file and import it again: what is in already stays.",
        ),
        _ => ("Notes", "These were taken, and not exactly as the file says."),
    };
    let refused = (severity == "error").then(|| StoredValue::new(import));
    let actions = move || refused.map(|import| view! { <RefusedFile import=import.get_value()/> });
    view! {
        <Card title description flush=true actions>
            <Loaded state=lines.state() skeleton=|| view! { <TableSkeleton rows=3 columns=4/> } on_retry=move |()| lines.reload() let:value>
                <LineTable rows=value.data caption=title/>
                {value.next_cursor.map(|next| view! {
                    <div class="px-4 sm:px-5 py-4"><Button on_click=move |_| cursor.set(Some(next.clone()))>"Next lines"</Button></div>
                })}
            </Loaded>
        </Card>
    }
}

/// Saves the rows of refused products: mended, the file can be imported as it is.
#[component]
fn RefusedFile(import: String) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let toasts = use_toasts();
    let ask = move |_| {
        let path = format!("/imports/{import}/refused-rows");
        submission.send(async move { client.get_text(&path).await }, move |file| {
            if save_file("refused.csv", "text/csv;charset=utf-8", &file).is_none() {
                toasts.error("The browser did not take the file.");
            }
        });
    };
    view! { <Button size=ButtonSize::Small icon=icons::DOWNLOAD busy=submission.busy() on_click=ask>"Rows as CSV"</Button> }
}

#[component]
fn LineTable(rows: Vec<ImportRowError>, caption: &'static str) -> impl IntoView {
    let columns = vec![
        Column::new("line", "Line", |line: &ImportRowError| line.line.to_string().into_any()).phone(Phone::Labelled),
        Column::new("product", "Product", |line: &ImportRowError| line.product.clone().into_any()).phone(Phone::Labelled),
        Column::new("column", "Column", |line: &ImportRowError| line.column.clone().into_any()).phone(Phone::Labelled),
        Column::new("value", "Value", |line: &ImportRowError| line.value.clone().into_any()).phone(Phone::Labelled),
        Column::new("detail", "What it is", |line: &ImportRowError| line.detail.clone().into_any()).primary(),
    ];
    view! {
        <DataTable caption rows=Signal::stored(rows) key=|line: &ImportRowError| format!("{}-{}-{}-{}", line.line, line.product, line.column, line.code) columns row_label=|line: &ImportRowError| format!("Line {}", line.line)/>
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
            {(images.failed > 0 && may(Permission::ProductsImport)).then(|| view! { <div class="px-4 sm:px-5 py-4"><Button busy=submission.busy() on_click=retry>"Try the failed ones again"</Button></div> })}
        </Card>
    }
}
