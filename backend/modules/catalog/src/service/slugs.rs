//! Addresses that nobody else has.

use orion_framework::db::StoreTx;
use orion_types::validation::slugify;

use crate::error::CatalogError;
use crate::queries;

/// An address made from a title, with a number when others were faster.
pub(crate) fn free_slug(tx: &mut StoreTx, title: &str) -> Result<String, CatalogError> {
    let base = slugify(title);
    let taken = queries::products::list_similar_slugs(tx, &base)?;
    Ok(first_free(&base, &taken))
}

/// `base`, or `base-2`, `base-3` …
pub(crate) fn first_free(base: &str, taken: &[String]) -> String {
    if !taken.iter().any(|slug| slug == base) {
        return base.to_owned();
    }
    let numbered = (2..=taken.len() + 2).map(|number| format!("{base}-{number}"));
    numbered
        .into_iter()
        .find(|slug| !taken.contains(slug))
        .unwrap_or_else(|| base.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_address_gets_the_first_free_number() {
        let taken = |slugs: &[&str]| slugs.iter().map(|slug| (*slug).to_owned()).collect::<Vec<_>>();
        assert_eq!(first_free("mug", &taken(&[])), "mug");
        assert_eq!(first_free("mug", &taken(&["mug-blue"])), "mug");
        assert_eq!(first_free("mug", &taken(&["mug"])), "mug-2");
        assert_eq!(first_free("mug", &taken(&["mug", "mug-2", "mug-4"])), "mug-3");
    }
}
