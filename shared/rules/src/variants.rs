//! Options of a product and the variants they combine to.

use std::collections::{HashMap, HashSet};
use std::fmt;

use orion_types::catalog::ProductOption;

/// Most options a product may have.
pub const MAX_OPTIONS: usize = 3;
/// Most variants a product may have; what Shopify allows since 2025, so that its exports fit.
pub const MAX_VARIANTS: usize = 2_048;

/// Stands between the values in the title of a variant.
const TITLE_SEPARATOR: &str = " / ";

/// Why options and variants do not fit together; indices count from zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VariantsError {
    /// More than [`MAX_OPTIONS`].
    TooManyOptions,
    /// More than [`MAX_VARIANTS`].
    TooManyVariants,
    /// An option without a name.
    UnnamedOption { option: usize },
    /// An option without values, or with an empty one.
    MissingValue { option: usize },
    /// Two options of one name.
    DuplicateOption { option: usize },
    /// An option that lists a value twice.
    DuplicateValue { option: usize },
    /// A variant that has not exactly one value of each option.
    UnknownValue { variant: usize },
    /// A variant that equals an earlier one.
    DuplicateVariant { variant: usize, first: usize },
}

impl fmt::Display for VariantsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyOptions => write!(f, "a product has at most {MAX_OPTIONS} options"),
            Self::TooManyVariants => write!(f, "a product has at most {MAX_VARIANTS} variants"),
            Self::UnnamedOption { option } => write!(f, "option {} has no name", option + 1),
            Self::MissingValue { option } => {
                write!(f, "option {} has no value or an empty one", option + 1)
            }
            Self::DuplicateOption { option } => {
                write!(f, "option {} has the name of another", option + 1)
            }
            Self::DuplicateValue { option } => {
                write!(f, "option {} lists a value twice", option + 1)
            }
            Self::UnknownValue { variant } => {
                write!(f, "variant {} needs one value of each option", variant + 1)
            }
            Self::DuplicateVariant { variant, first } => {
                write!(f, "variant {} is the same as variant {}", variant + 1, first + 1)
            }
        }
    }
}

impl std::error::Error for VariantsError {}

/// Every combination of the options' values, the last option changing fastest; one empty one without options.
pub fn combinations(options: &[ProductOption]) -> Result<Vec<Vec<String>>, VariantsError> {
    check_options(options)?;
    let count = options
        .iter()
        .try_fold(1_usize, |count, option| count.checked_mul(option.values.len()));
    if count.is_none_or(|count| count > MAX_VARIANTS) {
        return Err(VariantsError::TooManyVariants);
    }
    let start = vec![Vec::with_capacity(options.len())];
    Ok(options.iter().fold(start, |combined, option| {
        let with_each_value = |values: Vec<String>| {
            option
                .values
                .iter()
                .map(move |value| [values.as_slice(), std::slice::from_ref(value)].concat())
        };
        combined.into_iter().flat_map(with_each_value).collect()
    }))
}

/// Checks the values of a product's variants, one list per variant, against its options.
pub fn check_variants<V: AsRef<[String]>>(options: &[ProductOption], variants: &[V]) -> Result<(), VariantsError> {
    check_options(options)?;
    if variants.len() > MAX_VARIANTS {
        return Err(VariantsError::TooManyVariants);
    }
    let mut seen = HashMap::new();
    for (variant, values) in variants.iter().map(AsRef::as_ref).enumerate() {
        let known = |(value, option): (&String, &ProductOption)| option.values.contains(value);
        if values.len() != options.len() || !values.iter().zip(options).all(known) {
            return Err(VariantsError::UnknownValue { variant });
        }
        if let Some(first) = seen.insert(values, variant) {
            return Err(VariantsError::DuplicateVariant { variant, first });
        }
    }
    Ok(())
}

/// The title of a variant, `Blue / M`; empty when the product has no options.
pub fn variant_title<S: AsRef<str>>(values: &[S]) -> String {
    values.iter().map(AsRef::as_ref).collect::<Vec<_>>().join(TITLE_SEPARATOR)
}

fn check_options(options: &[ProductOption]) -> Result<(), VariantsError> {
    if options.len() > MAX_OPTIONS {
        return Err(VariantsError::TooManyOptions);
    }
    let mut names = HashSet::new();
    for (index, option) in options.iter().enumerate() {
        let name = folded(&option.name);
        if name.is_empty() {
            return Err(VariantsError::UnnamedOption { option: index });
        }
        if !names.insert(name) {
            return Err(VariantsError::DuplicateOption { option: index });
        }
        let mut values: Vec<String> = option.values.iter().map(|value| folded(value)).collect();
        if values.is_empty() || values.iter().any(String::is_empty) {
            return Err(VariantsError::MissingValue { option: index });
        }
        values.sort_unstable();
        if values.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(VariantsError::DuplicateValue { option: index });
        }
    }
    Ok(())
}

/// How a person compares names: "blue " is "Blue".
fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn option(name: &str, values: &[&str]) -> ProductOption {
        ProductOption {
            name: name.to_owned(),
            values: values.iter().map(|value| (*value).to_owned()).collect(),
        }
    }

    fn numbered(name: &str, count: usize) -> ProductOption {
        ProductOption {
            name: name.to_owned(),
            values: (0..count).map(|value| value.to_string()).collect(),
        }
    }

    #[test]
    fn options_combine_to_variants() {
        let combined = combinations(&[option("Colour", &["Blue", "Red"]), option("Size", &["S", "M", "L"])]).unwrap();
        let titles: Vec<String> = combined.iter().map(|values| variant_title(values)).collect();
        assert_eq!(titles, ["Blue / S", "Blue / M", "Blue / L", "Red / S", "Red / M", "Red / L"]);
    }

    #[test]
    fn a_product_without_options_has_one_variant_without_values() {
        assert_eq!(combinations(&[]), Ok(vec![Vec::new()]));
        assert_eq!(check_variants(&[], &[Vec::new()]), Ok(()));
        assert_eq!(variant_title::<String>(&[]), "");
    }

    #[test]
    fn the_matrix_is_bounded_before_it_is_built() {
        assert_eq!(combinations(&[numbered("A", 10), numbered("B", 10)]).unwrap().len(), 100);
        assert_eq!(
            combinations(&[numbered("A", MAX_VARIANTS + 1)]),
            Err(VariantsError::TooManyVariants)
        );
        let many = [numbered("A", 5000), numbered("B", 5000), numbered("C", 5000)];
        assert_eq!(combinations(&many), Err(VariantsError::TooManyVariants));
        let four = ["A", "B", "C", "D"].map(|name| numbered(name, 1));
        assert_eq!(combinations(&four), Err(VariantsError::TooManyOptions));
    }

    #[test]
    fn an_option_is_named_once_and_lists_each_value_once() {
        for (options, error) in [
            (vec![option(" ", &["S"])], VariantsError::UnnamedOption { option: 0 }),
            (vec![option("Size", &[])], VariantsError::MissingValue { option: 0 }),
            (vec![option("Size", &["S", " "])], VariantsError::MissingValue { option: 0 }),
            (
                vec![option("Size", &["S"]), option("size ", &["M"])],
                VariantsError::DuplicateOption { option: 1 },
            ),
            (
                vec![option("A", &["1"]), option("Colour", &["Blue", "blue"])],
                VariantsError::DuplicateValue { option: 1 },
            ),
        ] {
            assert_eq!(combinations(&options), Err(error));
            assert_eq!(check_variants::<Vec<String>>(&options, &[]), Err(error));
        }
    }

    #[test]
    fn a_variant_takes_one_value_of_each_option_and_differs_from_the_others() {
        let options = [option("Colour", &["Blue", "Red"]), option("Size", &["S", "M"])];
        let all = combinations(&options).unwrap();
        assert_eq!(check_variants(&options, &all), Ok(()));
        assert_eq!(check_variants(&options, &all[1..3]), Ok(()));
        let variant = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        for values in [&["Blue"][..], &["Blue", "S", "x"], &["S", "Blue"], &["Green", "S"], &[]] {
            let variants = [variant(&["Blue", "S"]), variant(values)];
            assert_eq!(check_variants(&options, &variants), Err(VariantsError::UnknownValue { variant: 1 }));
        }
        let twice = [variant(&["Blue", "S"]), variant(&["Red", "S"]), variant(&["Blue", "S"])];
        let duplicate = VariantsError::DuplicateVariant { variant: 2, first: 0 };
        assert_eq!(check_variants(&options, &twice), Err(duplicate));
        assert_eq!(
            check_variants(&options, &vec![twice[0].clone(); MAX_VARIANTS + 1]),
            Err(VariantsError::TooManyVariants)
        );
    }
}
