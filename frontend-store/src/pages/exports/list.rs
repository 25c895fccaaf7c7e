use std::time::Duration;

use leptos::prelude::*;
use orion_app::{Loader, use_client, use_load};
use orion_types::Page;
use orion_types::export::Export;
use orion_types::status::ExportStatus;
use orion_ui::*;

use super::ask::{AskCard, format_word, kind_word};
use super::contents::Contents;

/// How often a file in the making is looked at.
const LOOK_AGAIN: Duration = Duration::from_secs(2);

/// Asks for files and lists those that were asked for.
#[component]
pub fn ExportsPage() -> impl IntoView {
    let client = use_client();
    let paging = use_paging();
    let exports = use_load(move || {
        let path = match paging.cursor() {
            // A cursor holds nothing that would have to be escaped.
            Some(cursor) => format!("/exports?cursor={cursor}"),
            None => "/exports".to_owned(),
        };
        async move { client.get::<Page<Export>>(&path).await }
    });
    watch_unfinished(exports);
    view! {
        <div class="ui-page">
            <PageHeader title="Exports" subtitle="Everything that is yours, in files that other programs read"/>
            <AskCard loader=exports/>
            <Card title="Files" flush=true>
                <Loaded state=exports.state() skeleton=|| view! { <TableSkeleton rows=4 columns=4/> } on_retry=move |()| exports.reload() let:value>
                    <ExportTable rows=value.data/>
                    <Pager paging next=value.next_cursor/>
                </Loaded>
            </Card>
            {move || exports.get().map(|page| page.data.into_iter().filter(has_contents).map(|export| view! { <Contents export/> }).collect_view())}
        </div>
    }
}

/// Whether it is an archive that can be fetched.
fn has_contents(export: &Export) -> bool {
    export.download_path.is_some() && !export.members.is_empty()
}

/// While a file is being written, the list is asked for again.
fn watch_unfinished(exports: Loader<Page<Export>>) {
    orion_ui::watch(move || {
        let unfinished = |export: &Export| matches!(export.status, ExportStatus::Queued | ExportStatus::Running);
        if exports.get().is_some_and(|page| page.data.iter().any(unfinished)) {
            let timer = set_timeout_with_handle(move || exports.reload(), LOOK_AGAIN);
            on_cleanup(move || {
                if let Ok(timer) = timer {
                    timer.clear();
                }
            });
        }
    });
}

/// A size for people.
pub(super) fn size_word(bytes: i64) -> String {
    format_bytes(bytes.unsigned_abs(), None)
}

fn badge(status: ExportStatus) -> AnyView {
    let (tone, word) = match status {
        ExportStatus::Queued => (Tone::Neutral, "Waiting"),
        ExportStatus::Running => (Tone::Accent, "Being written"),
        ExportStatus::Completed => (Tone::Positive, "Ready"),
        ExportStatus::Failed => (Tone::Critical, "Failed"),
        ExportStatus::Expired => (Tone::Neutral, "Removed"),
    };
    view! { <Badge tone>{word}</Badge> }.into_any()
}

#[component]
fn ExportTable(rows: Vec<Export>) -> impl IntoView {
    if rows.is_empty() {
        return view! { <EmptyState compact=true icon=icons::DOWNLOAD title="No files yet" description="Files that were asked for stay here for a day."/> }.into_any();
    }
    let columns = vec![
        Column::new("file", "File", |export: &Export| {
            let (name, filter) = (export.file_name.clone(), export.filter.clone());
            let about = format!("{}, {}", kind_word(&export.kind), format_word(&export.format));
            let about = if filter.is_empty() { about } else { format!("{about}, {filter}") };
            view! {
                <span class="flex flex-col min-w-0">
                    <span class="font-medium">{name}</span>
                    <span class="text-sm text-muted font-normal truncate">{about}</span>
                </span>
            }
            .into_any()
        })
        .primary(),
        Column::new("status", "Status", |export: &Export| badge(export.status)),
        Column::new("done", "Records", done).wide_only(),
        Column::new("size", "Size", |export: &Export| {
            export.size_bytes.map(size_word).unwrap_or_default().into_any()
        })
        .end()
        .wide_only(),
        Column::new("at", "When", |export: &Export| {
            view! { <RelativeTime at=Moment::from(export.created_at.0.clone())/> }.into_any()
        })
        .wide_only(),
        Column::new("get", "File", download).end(),
    ];
    view! {
        <DataTable
            caption="Exports"
            rows=Signal::stored(rows)
            key=|export: &Export| export.id.to_string()
            columns
            row_label=|export: &Export| export.file_name.clone()
        />
    }
    .into_any()
}

fn done(export: &Export) -> AnyView {
    let running = export.status == ExportStatus::Running;
    let text = match (export.total, &export.failure) {
        (_, Some(failure)) => failure.clone(),
        (Some(total), None) if running => format!("{} of {}", format_count(export.done), format_count(total)),
        _ if export.missing_count > 0 => format!(
            "{}, {} missing",
            format_count(export.done),
            count_of(export.missing_count, "picture", "pictures")
        ),
        _ if export.cut_count > 0 => format!("{}, {} texts cut", format_count(export.done), format_count(export.cut_count)),
        _ => format_count(export.done),
    };
    text.into_any()
}

fn download(export: &Export) -> AnyView {
    let (name, export_name) = (export.file_name.clone(), export.file_name.clone());
    let link = export.download_path.clone().map(|path| {
        // The server's own address, and no page of the app.
        view! { <a class="ui-button ui-button--secondary ui-button--small" rel="external" download=export_name href=path>"Download"<span class="sr-only">" "{name}</span></a> }
    });
    link.into_any()
}
