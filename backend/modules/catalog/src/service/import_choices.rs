//! What an import is asked to do.

use std::collections::BTreeMap;
use std::str::FromStr;

use orion_framework::problem::{BAD_QUERY, FieldErrors, ProblemDraft};
use orion_types::import::{ImportChoices, StartImport};
use orion_types::validation::FieldError;

use super::draft::MAX_ON_HAND;
use crate::error::CatalogError;
use crate::import::Mapping;

/// How an import is wanted.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Nothing is written.
    pub dry_run: bool,
    pub choices: ImportChoices,
    /// What was said of columns: a word by the heading.
    pub columns: BTreeMap<String, String>,
}

impl Wanted {
    /// Reads what was asked for.
    ///
    /// # Errors
    /// 400 that names each parameter which is none of the words for it, or a stock that nobody can have.
    pub fn read(query: &StartImport) -> Result<Self, CatalogError> {
        let mut wrong = FieldErrors::default();
        let choices = ImportChoices {
            mode: word(&mut wrong, "mode", query.mode.as_deref()),
            fill: word(&mut wrong, "fill", query.fill.as_deref()),
            publish: word(&mut wrong, "publish", query.publish.as_deref()),
            missing: word(&mut wrong, "missing", query.missing.as_deref()),
            stock: query.stock,
        };
        if query.stock.is_some_and(|units| !(0..=MAX_ON_HAND).contains(&units)) {
            let bounds = FieldError::OutOfRange {
                min: 0,
                max: MAX_ON_HAND.into(),
            };
            wrong.check("stock", Err::<(), _>(bounds));
        }
        if let Err(found) = wrong.into_result() {
            let draft = ProblemDraft {
                errors: found.errors,
                ..ProblemDraft::new(&BAD_QUERY)
            };
            return Err(draft.into());
        }
        Ok(Self {
            dry_run: query.dry_run,
            choices,
            columns: BTreeMap::new(),
        })
    }

    /// The same with what is said of columns.
    ///
    /// # Errors
    /// 422 that names each column which is to become nothing that there is, or what another one is to become as well.
    pub fn with_columns(self, columns: BTreeMap<String, String>) -> Result<Self, CatalogError> {
        Mapping::read(&columns)?;
        Ok(Self { columns, ..self })
    }
}

fn word<T: FromStr + Default>(wrong: &mut FieldErrors, name: &str, text: Option<&str>) -> T {
    let Some(text) = text else { return T::default() };
    text.parse().unwrap_or_else(|_| {
        wrong.add(name, "invalid", format!("{text:?} is none of the words for this"));
        T::default()
    })
}
