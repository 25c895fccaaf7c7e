use leptos::prelude::*;
use orion_types::oauth::Program;
use orion_ui::*;

/// The programs that the store has registered.
#[component]
pub fn ProgramTable(rows: Vec<Program>) -> impl IntoView {
    if rows.is_empty() {
        return view! {
            <EmptyState
                compact=true
                icon=icons::BLOCKS
                title="No program is registered"
                description="One that is may ask people of the store to act for them."
            />
        }
        .into_any();
    }
    let columns = vec![
        Column::new("name", "Program", |program: &Program| {
            let (name, id) = (program.name.clone(), program.client_id.clone());
            view! {
                <span class="flex flex-col min-w-0">
                    <span class="font-medium break-words">{name}</span>
                    <span class="text-sm text-muted font-normal font-mono break-words">{id}</span>
                </span>
            }
            .into_any()
        })
        .primary(),
        Column::new("by", "Registered by", |program: &Program| program.created_by.clone().into_any()).phone(Phone::Labelled),
    ];
    view! {
        <DataTable
            caption="Registered programs"
            rows=Signal::stored(rows)
            key=|program: &Program| program.id.to_string()
            columns
            href=|program: &Program| format!("/programs/{}", program.id)
            row_label=|program: &Program| program.name.clone()
        />
    }
    .into_any()
}
