use leptos::prelude::*;
use orion_types::export::{Export, ExportMember};
use orion_ui::*;

use super::list::size_word;

/// What is in an archive of the whole store: its files with their rows, as its own list has them.
#[component]
pub fn Contents(export: Export) -> impl IntoView {
    let files = export.members.len();
    let size = export.size_bytes.map(size_word).unwrap_or_default();
    let told = format!("{files} entries, {size}, read back and compared");
    let missing = (export.missing_count > 0).then(|| {
        format!(
            "No longer there: {}. The archive's manifest.json has their names; everything else is whole.",
            count_of(export.missing_count, "picture", "pictures")
        )
    });
    let columns = vec![
        Column::new("name", "File", |member: &ExportMember| member.name.clone().into_any()).primary(),
        Column::new("rows", "Records", |member: &ExportMember| {
            member.rows.map(format_count).unwrap_or_default().into_any()
        })
        .end(),
        Column::new("bytes", "Size", |member: &ExportMember| size_word(member.bytes).into_any()).end(),
    ];
    view! {
        <details class="ui-card ui-fold">
            <summary class="ui-card__head">
                <span class="ui-card__titles">
                    <h2 class="ui-card__title">{format!("What is in {}", export.file_name)}</h2>
                    <span class="ui-card__description">{told}</span>
                </span>
                <Icon icon=icons::CHEVRON_DOWN size=IconSize::Medium/>
            </summary>
            <div class="ui-card__body ui-stack">
                {missing.map(|told| view! { <p class="text-sm">{told}</p> })}
                <DataTable
                    caption=format!("Files in {}", export.file_name)
                    rows=Signal::stored(export.members)
                    key=|member: &ExportMember| member.name.clone()
                    columns
                    row_label=|member: &ExportMember| member.name.clone()
                />
            </div>
        </details>
    }
}
