//! The columns of a file: what each holds, what it was taken for, and what the merchant says it is.

use std::collections::BTreeMap;

use leptos::prelude::*;
use orion_app::{Reader, Refused, use_client, use_load, use_submission};
use orion_types::import::{IMPORT_FIELDS, Import, ImportColumn, ImportMapping, ImportedColumns, SaveImportMapping};
use orion_types::permission::Permission;
use orion_ui::*;

use super::choices::{Asked, as_tried};
use super::file::{tried_file, use_upload};
use crate::store::may;

/// The word for what a column was taken for without anybody saying anything.
const USUAL: &str = "usual";
/// Longest name in the metadata, in characters.
const MAX_NOTE: usize = 64;

/// The columns of an ended import; those of a trial can be changed, and the file tried again.
#[component]
pub fn ColumnsCard(import: Import) -> impl IntoView {
    let client = use_client();
    let id = import.id;
    let columns = use_load(move || async move { client.get::<ImportedColumns>(&format!("/imports/{id}/columns")).await });
    view! {
        <Loaded state=columns.state() skeleton=|| view! { <TextSkeleton lines=3/> } on_retry=move |()| columns.reload() let:value>
            {(!value.columns.is_empty()).then(|| view! { <Columns import=import.clone() value/> })}
        </Loaded>
    }
}

/// What is chosen for each column, by its heading.
type Chosen = StoredValue<Vec<(String, RwSignal<String>)>>;

fn read(chosen: Chosen) -> BTreeMap<String, String> {
    let told = |(heading, word): &(String, RwSignal<String>)| (heading.clone(), word.get_untracked());
    chosen.with_value(|chosen| chosen.iter().map(told).filter(|(_, word)| word != USUAL).collect())
}

#[component]
fn Columns(import: Import, value: ImportedColumns) -> impl IntoView {
    let ImportedColumns {
        columns,
        chosen: before,
        saved,
    } = value;
    let open = import.failure.is_some() || !before.is_empty() || !saved.is_empty();
    let word = |heading: &str| before.get(heading).cloned().unwrap_or_else(|| USUAL.to_owned());
    let signals = columns
        .iter()
        .map(|column| (column.heading.clone(), RwSignal::new(word(&column.heading))));
    let chosen: Chosen = StoredValue::new(signals.collect());
    let changeable = import.dry_run && tried_file(import.id).is_some() && may(Permission::ProductsImport);
    let (submission, upload) = use_upload();
    let rows = columns.into_iter().enumerate().map(|(place, column)| {
        let signal = chosen.with_value(|chosen| chosen[place].1);
        let error = submission.field(format!("/columns/{}", column.heading.replace('~', "~0").replace('/', "~1")));
        view! { <ColumnRow column signal error changeable/> }
    });
    let rows = rows.collect_view();
    let import = StoredValue::new(import);
    let again = move |_| {
        let asked = import.with_value(|import| Asked {
            columns: read(chosen),
            ..as_tried(import, true)
        });
        if let Some(file) = tried_file(import.with_value(|import| import.id)) {
            upload(file, Reader::new().finish(asked));
        }
    };
    // Kept here as well: to ask anew would forget what was chosen meanwhile.
    let saved = RwSignal::new(saved);
    let proposals = changeable.then(|| view! { <Proposals saved chosen/> });
    view! {
        <details class="ui-card ui-fold" open=open>
            <summary class="ui-card__head">
                <span class="ui-card__titles">
                    <h2 class="ui-card__title">"Columns"</h2>
                    <span class="ui-card__description">{if changeable { "What each was taken for, and what it is to be" } else { "What each was taken for" }}</span>
                </span>
                <Icon icon=icons::CHEVRON_DOWN size=IconSize::Medium/>
            </summary>
            <div class="ui-card__body ui-stack">
                {proposals}
                <ul class="divide-y divide-border">{rows}</ul>
                {changeable.then(|| view! {
                    <Refused submission title="The file was not taken"/>
                    <div><Button variant=ButtonVariant::Primary busy=submission.busy() on_click=again>"Try again with these columns"</Button></div>
                    <Keep chosen saved/>
                })}
            </div>
        </details>
    }
}

/// A column with what it holds.
#[component]
fn ColumnRow(
    column: ImportColumn,
    signal: RwSignal<String>,
    #[prop(into)] error: Signal<Option<String>>,
    changeable: bool,
) -> impl IntoView {
    let taken = taken_words(&column.taken_for);
    let examples = column
        .examples
        .iter()
        .map(|example| format!("“{example}”"))
        .collect::<Vec<_>>()
        .join(", ");
    let cells = match column.cells {
        0 => "empty".to_owned(),
        1 => "1 cell".to_owned(),
        cells => format!("{cells} cells"),
    };
    let options = options(&column, &signal.get_untracked(), &taken);
    let is = if changeable {
        view! { <Field label=format!("What {} is", column.heading) hide_label=true error><Select value=signal options=Signal::stored(options)/></Field> }.into_any()
    } else {
        view! { <span class="text-sm">{taken}</span> }.into_any()
    };
    view! {
        <li class="py-3 ui-form-grid">
            <span class="min-w-0">
                <span class="text-sm font-medium break-words">{column.heading.clone()}</span>
                <span class="block text-sm text-muted break-words">{cells}{(!examples.is_empty()).then(|| format!(": {examples}"))}</span>
            </span>
            {is}
        </li>
    }
}

/// How pages call a word of the API.
fn label(word: &str) -> String {
    if let Some(name) = word.strip_prefix("metadata.") {
        return format!("Metadata “{name}”");
    }
    match word {
        "ignore" => "Left out".to_owned(),
        "also_category" => "As recognised, and categories".to_owned(),
        "other" => "Read along with others".to_owned(),
        word => IMPORT_FIELDS
            .iter()
            .find(|(known, _)| *known == word)
            .map_or_else(|| word.to_owned(), |(_, label)| (*label).to_owned()),
    }
}

fn taken_words(words: &[String]) -> String {
    if words.is_empty() {
        return "nothing, left out".to_owned();
    }
    words.iter().map(|word| label(word)).collect::<Vec<_>>().join(", ")
}

/// What a column can be; `now` is among them whatever it is.
fn options(column: &ImportColumn, now: &str, taken: &str) -> Vec<SelectOption> {
    let usual = if now == USUAL {
        format!("As recognised: {taken}")
    } else {
        "As recognised".to_owned()
    };
    let note = format!("metadata.{}", note_name(&column.heading));
    let mut options = vec![SelectOption::new(USUAL, usual)];
    let special = ["ignore", note.as_str(), "also_category"].into_iter();
    let fields = IMPORT_FIELDS.iter().map(|(word, _)| *word);
    options.extend(special.chain(fields).map(|word| SelectOption::new(word, label(word))));
    if !options.iter().any(|option| option.value == now) {
        options.push(SelectOption::new(now, label(now)));
    }
    options
}

/// `Material (product.metafields.custom.material)` and `Google Shopping / Material` are both noted as `material`.
fn note_name(heading: &str) -> String {
    let inner = heading.rsplit_once('(').map_or(heading, |(_, inner)| inner.trim_end_matches(')'));
    let last = inner.rsplit(['/', '.']).next().unwrap_or(inner);
    let word = |letter: char| if letter.is_alphanumeric() { letter } else { '_' };
    let name: String = last.trim().to_lowercase().chars().map(word).take(MAX_NOTE).collect();
    let name = name.trim_matches('_');
    if name.is_empty() { "note".to_owned() } else { name.to_owned() }
}

/// What is kept for files with the same headings.
#[component]
fn Proposals(saved: RwSignal<Vec<ImportMapping>>, chosen: Chosen) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let toasts = use_toasts();
    let proposal = move |kept: ImportMapping| {
        let (id, name, columns) = (kept.id, kept.name, kept.columns);
        let label = format!("Use “{name}”");
        let used = name.clone();
        let take = move |_| {
            chosen.with_value(|chosen| {
                for (heading, word) in chosen {
                    word.set(columns.get(heading).cloned().unwrap_or_else(|| USUAL.to_owned()));
                }
            });
            toasts.success(format!("The columns are those of “{used}”"));
        };
        let forget = move |_| {
            submission.send(
                async move { client.delete::<()>(&format!("/import-mappings/{id}")).await },
                move |()| {
                    saved.update(|saved| saved.retain(|kept| kept.id != id));
                },
            );
        };
        view! {
            <div class="ui-row">
                <Button size=ButtonSize::Small on_click=take>{label}</Button>
                <Button size=ButtonSize::Small variant=ButtonVariant::Ghost busy=submission.busy() on_click=forget>{format!("Forget “{name}”")}</Button>
            </div>
        }
    };
    let callout = move |saved: Vec<ImportMapping>| {
        view! {
            <Callout tone=Tone::Accent title="Columns were kept for files with these headings">
                <div class="ui-stack-tight items-start">
                    <Refused submission title="Not forgotten"/>
                    {saved.into_iter().map(proposal).collect_view()}
                </div>
            </Callout>
        }
    };
    move || {
        let saved = saved.get();
        (!saved.is_empty()).then(|| callout(saved))
    }
}

/// Keeps the columns under a name.
#[component]
fn Keep(chosen: Chosen, saved: RwSignal<Vec<ImportMapping>>) -> impl IntoView {
    let client = use_client();
    let submission = use_submission();
    let toasts = use_toasts();
    let name = RwSignal::new(String::new());
    let keep = move |_| {
        let body = SaveImportMapping {
            name: name.get_untracked(),
            headings: chosen.with_value(|chosen| chosen.iter().map(|(heading, _)| heading.clone()).collect()),
            columns: read(chosen),
        };
        submission.send(
            async move { client.post::<ImportMapping>("/import-mappings", &body).await },
            move |kept: ImportMapping| {
                toasts.success(format!("“{}” is proposed for files with these headings", kept.name));
                saved.update(|saved| {
                    saved.retain(|other| other.id != kept.id);
                    saved.insert(0, kept);
                });
            },
        );
    };
    view! {
        <Refused submission title="The columns were not kept"/>
        <div class="ui-form-grid items-end">
            <Field label="Keep as" hint="To have these columns proposed for the next file with the same headings" error=submission.field("/name")><TextInput value=name maxlength=100/></Field>
            <div><Button busy=submission.busy() on_click=keep>"Keep these columns"</Button></div>
        </div>
    }
}
