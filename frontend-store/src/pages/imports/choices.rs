//! What an import is to do beyond reading the file: chosen before the trial, and the same in the import after it.

use std::collections::BTreeMap;

use leptos::prelude::*;
use orion_app::{Read, Reader, Submission};
use orion_types::import::{Import, ImportChoices, StartImport};
use orion_types::status::{ImportFill, ImportMissing, ImportMode, ImportPublish};
use orion_types::validation::MAX_ON_HAND;
use orion_ui::*;

/// What is asked for with a file.
pub struct Asked {
    pub query: StartImport,
    /// What is said of columns: a word by the heading.
    pub columns: BTreeMap<String, String>,
}

/// The choices as they stand in the form.
#[derive(Clone, Copy)]
pub struct Chosen {
    mode: RwSignal<String>,
    fill: RwSignal<String>,
    publish: RwSignal<String>,
    missing: RwSignal<String>,
    stock: RwSignal<String>,
    units: StoredValue<NumberField>,
}

impl Chosen {
    pub fn new() -> Self {
        let word = |word: &str| RwSignal::new(word.to_owned());
        Self {
            mode: word(ImportMode::default().as_str()),
            fill: word(ImportFill::default().as_str()),
            publish: word(ImportPublish::default().as_str()),
            missing: word(ImportMissing::default().as_str()),
            stock: word("untracked"),
            units: StoredValue::new(NumberField::whole(0, MAX_ON_HAND.into(), None)),
        }
    }

    /// What is to be sent.
    pub fn read(&self, dry_run: bool) -> Read<Asked> {
        let mut reader = Reader::new();
        let stock = match self.stock.get_untracked().as_str() {
            "zero" => Some(0),
            "units" => Some(reader.required("/units", &self.units.get_value())),
            _ => None,
        };
        let word = |word: RwSignal<String>| Some(word.get_untracked());
        let query = StartImport {
            dry_run,
            mode: word(self.mode),
            fill: word(self.fill),
            publish: word(self.publish),
            missing: word(self.missing),
            stock,
            file_name: None,
        };
        reader.finish(Some(Asked {
            query,
            columns: BTreeMap::new(),
        }))
    }
}

/// Asks once more for what a trial was asked for, this time for good or as another trial.
pub fn as_tried(import: &Import, dry_run: bool) -> Asked {
    let ImportChoices {
        mode,
        fill,
        publish,
        missing,
        stock,
    } = import.choices;
    let query = StartImport {
        dry_run,
        mode: Some(mode.to_string()),
        fill: Some(fill.to_string()),
        publish: Some(publish.to_string()),
        missing: Some(missing.to_string()),
        stock,
        file_name: None,
    };
    Asked {
        query,
        columns: import.columns.clone(),
    }
}

const fn mode_words(mode: ImportMode) -> &'static str {
    match mode {
        ImportMode::Both => "Add new ones and update those that are there",
        ImportMode::Create => "Only add new ones",
        ImportMode::Update => "Only update those that are there",
    }
}

const fn fill_words(fill: ImportFill) -> &'static str {
    match fill {
        ImportFill::Overwrite => "The file replaces them",
        ImportFill::Empty => "They stay; only empty ones are filled",
    }
}

const fn publish_words(publish: ImportPublish) -> &'static str {
    match publish {
        ImportPublish::File => "As the file says",
        ImportPublish::Draft => "New products stay drafts, the others what they are",
    }
}

const fn missing_words(missing: ImportMissing) -> &'static str {
    match missing {
        ImportMissing::Keep => "Stay as they are",
        ImportMissing::Archive => "Go into the archive",
    }
}

/// What was chosen otherwise than usual, in the words of the form.
pub fn unusual(choices: &ImportChoices) -> Vec<String> {
    let usual = ImportChoices::default();
    let mut told = Vec::new();
    if choices.mode != usual.mode {
        told.push(mode_words(choices.mode).to_owned());
    }
    if choices.fill != usual.fill {
        told.push(format!("Fields that hold something: {}", fill_words(choices.fill).to_lowercase()));
    }
    if choices.publish != usual.publish {
        told.push(publish_words(choices.publish).to_owned());
    }
    if choices.missing != usual.missing {
        told.push(format!(
            "Products missing from the file: {}",
            missing_words(choices.missing).to_lowercase()
        ));
    }
    if let Some(units) = choices.stock {
        told.push(format!("New variants without a quantity: {units} units each"));
    }
    told
}

fn options<T: Copy>(all: &[T], value: fn(T) -> &'static str, words: fn(T) -> &'static str) -> Signal<Vec<SelectOption>> {
    Signal::stored(all.iter().map(|one| SelectOption::new(value(*one), words(*one))).collect())
}

/// The choices, folded: what is usual fits most files.
#[component]
pub fn ChoiceFields(chosen: Chosen, submission: Submission) -> impl IntoView {
    let modes = options(ImportMode::ALL, ImportMode::as_str, mode_words);
    let fills = options(ImportFill::ALL, ImportFill::as_str, fill_words);
    let publishing = options(ImportPublish::ALL, ImportPublish::as_str, publish_words);
    let missing = options(ImportMissing::ALL, ImportMissing::as_str, missing_words);
    let stocks = Signal::stored(vec![
        SelectOption::new("untracked", "Not counted, always on sale"),
        SelectOption::new("zero", "Sold out until somebody counts"),
        SelectOption::new("units", "The same number of each"),
    ]);
    let error = |name: &str| submission.field(format!("/{name}"));
    let units = move || {
        (chosen.stock.get() == "units").then(|| view! { <Field label="Units of each" error=submission.field("/units")><NumberInput value=chosen.units.get_value()/></Field> })
    };
    view! {
        <details class="ui-card ui-fold">
            <summary class="ui-card__head">
                <span class="ui-card__titles">
                    <h2 class="ui-card__title">"Choices"</h2>
                    <span class="ui-card__description">"What is taken, what stays, and what is put on sale"</span>
                </span>
                <Icon icon=icons::CHEVRON_DOWN size=IconSize::Medium/>
            </summary>
            <div class="ui-card__body ui-stack">
                <div class="ui-form-grid">
                    <Field label="Products" error=error("mode")><Select value=chosen.mode options=modes/></Field>
                    <Field label="Fields that hold something" error=error("fill")><Select value=chosen.fill options=fills/></Field>
                    <Field label="Putting on sale" error=error("publish")><Select value=chosen.publish options=publishing/></Field>
                    <Field label="New variants of a file without quantities" error=error("stock")><Select value=chosen.stock options=stocks/></Field>
                    {units}
                </div>
                <Field label="Products missing from the file" hint="Only those on sale that an earlier file has named, and only of the vendors in this one. Nothing goes when a product was refused, or when the file has no titles or prices. The trial says how many." error=error("missing")>
                    <Select value=chosen.missing options=missing/>
                </Field>
            </div>
        </details>
    }
}
