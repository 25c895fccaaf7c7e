//! Categories that a file names: found by their names, made where there are none.

use orion_framework::db::StoreTx;
use orion_framework::problem::ModuleError;
use orion_types::CategoryId;
use orion_types::catalog::SaveCategory;
use orion_types::validation::MAX_NAME_LENGTH;
use uuid::Uuid;

use super::header::{Column, Header};
use super::parse::ParsedProduct;
use super::report::RowError;
use super::values::{quoted, tidied};
use crate::error::CatalogError;
use crate::queries::categories::find_named;
use crate::service::categories::create_category;

/// Steps of a cell such as `Home > Kitchen`; systems that list several divide them by commas, and some their steps by strokes.
pub(super) fn paths(cell: &str, listed: bool) -> Vec<Vec<String>> {
    let whole = |path: &str| {
        let stroke = if listed && !path.contains('>') { '/' } else { '>' };
        let steps = path.split(stroke).map(|step| tidied(step, MAX_NAME_LENGTH).0);
        steps.filter(|step| !step.is_empty()).collect::<Vec<_>>()
    };
    let paths: Vec<&str> = if listed { cell.split(',').collect() } else { vec![cell] };
    paths.into_iter().map(whole).filter(|path| !path.is_empty()).collect()
}

/// The categories that a product joins.
#[derive(Default)]
pub(super) struct Sorted {
    /// At the ends of its paths.
    pub joined: Vec<CategoryId>,
    /// Those that were not there, each before those below it.
    pub made: Vec<Uuid>,
    /// One for each that could not be made.
    pub notes: Vec<RowError>,
}

/// Finds or makes the categories at the ends of the paths of a product.
pub(super) fn categories(tx: &mut StoreTx, parsed: &ParsedProduct, header: &Header) -> Result<Sorted, CatalogError> {
    let mut sorted = Sorted::default();
    for path in &parsed.categories {
        match at(tx, path, &mut sorted.made)? {
            Ok(id) => sorted.joined.push(id.into()),
            Err(reason) => {
                let told = format!("the product was not put into {}: {reason}", quoted(&path.join(" > ")));
                let note = RowError::new(parsed.line, header.name(Column::Category), "category_left_out", told);
                sorted.notes.push(note.noted());
            }
        }
    }
    Ok(sorted)
}

/// The category at the end of a path, or why there is none.
fn at(tx: &mut StoreTx, path: &[String], made: &mut Vec<Uuid>) -> Result<Result<Uuid, String>, CatalogError> {
    let mut parent: Option<Uuid> = None;
    for name in path {
        let there = find_named(tx, parent, name)?;
        let id = match there {
            Some(id) => id,
            None => match create_category(tx, new(name, parent)) {
                Ok(category) => {
                    made.push(category.id.0);
                    category.id.0
                }
                Err(CatalogError::Db(error)) => return Err(error.into()),
                Err(refused) => {
                    let problem = refused.problem();
                    return Ok(Err(problem.detail.unwrap_or_else(|| problem.kind.title.to_owned())));
                }
            },
        };
        parent = Some(id);
    }
    parent
        .map(Ok)
        .ok_or_else(|| CatalogError::field("/category", "required", "a path has a step"))
}

fn new(name: &str, parent: Option<Uuid>) -> SaveCategory {
    SaveCategory {
        name: name.to_owned(),
        slug: None,
        description: String::new(),
        parent_id: parent.map(CategoryId),
        position: 0,
    }
}

#[cfg(test)]
mod tests {
    use super::paths;

    #[test]
    fn a_path_has_steps_and_a_list_has_paths() {
        let steps = |cell, listed| paths(cell, listed).iter().map(|path| path.join("|")).collect::<Vec<_>>();
        assert_eq!(steps("Food, Beverages & Tobacco > Tea", false), ["Food, Beverages & Tobacco|Tea"]);
        assert_eq!(steps("Clothing > Hoodies, Sale", true), ["Clothing|Hoodies", "Sale"]);
        assert_eq!(steps("Default Category/Gear/Bags", true), ["Default Category|Gear|Bags"]);
        assert_eq!(steps(" > ", false), Vec::<String>::new());
    }
}
