//! Where what is wrong is said: at the field that shows it, and everything else in one place.

use leptos::prelude::*;
use orion_client::ApiError;
use orion_types::FieldProblem;
use orion_ui::{Callout, Tone};

use super::Submission;

/// What a field of the page says it shows.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    /// One pointer.
    At(String),
    /// A pointer and everything below it.
    Below(String),
}

impl Shown {
    pub(super) fn covers(&self, pointer: &str) -> bool {
        match self {
            Self::At(own) => own == pointer,
            Self::Below(own) => pointer
                .strip_prefix(own.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
        }
    }
}

/// What is left to say of an error beside the fields that show their part of it: sentences, none when the fields say all.
pub(super) fn beside(error: &ApiError, shown: &[Shown]) -> Vec<String> {
    let fields = error.problem().map_or(&[][..], |problem| problem.errors.as_slice());
    if fields.is_empty() {
        return vec![error.message()];
    }
    fields
        .iter()
        .filter(|field| !shown.iter().any(|shown| shown.covers(&field.pointer)))
        .map(named)
        .collect()
}

/// All of an error in sentences, for where no field shows anything.
pub fn sentences(error: &ApiError) -> String {
    beside(error, &[]).join(" ")
}

/// A field's problem with the name of the field in front: `/variants/3/sku` is "Variants 4, sku".
fn named(field: &FieldProblem) -> String {
    let name = field_name(&field.pointer);
    if name.is_empty() {
        return sentence(&field.detail);
    }
    let end = if field.detail.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{name}: {}{end}", field.detail)
}

fn field_name(pointer: &str) -> String {
    let mut name = String::new();
    for part in pointer.split('/').filter(|part| !part.is_empty()) {
        match part.parse::<usize>() {
            Ok(place) => name.push_str(&format!(" {}", place + 1)),
            Err(_) => {
                if !name.is_empty() {
                    name.push_str(", ");
                }
                name.push_str(&part.replace('_', " ").replace("~1", "/").replace("~0", "~"));
            }
        }
    }
    let mut letters = name.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// A sentence of a half one: the server says "is required" and leaves out of what.
pub(super) fn sentence(detail: &str) -> String {
    let subject = if detail.starts_with(char::is_lowercase) { "This " } else { "" };
    let end = if detail.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{subject}{detail}{end}")
}

/// Says above a form why it was not taken: in whole what no field says, else that the fields say it.
///
/// A form without it is told of in a toast.
#[component]
pub fn Refused(
    /// The form's way to the server.
    submission: Submission,
    /// What has not happened.
    #[prop(into)]
    title: String,
) -> impl IntoView {
    submission.has_a_place();
    move || {
        let rest = submission.beside()?;
        let first = if rest.is_empty() { "fields" } else { "here" };
        let text = match rest.as_slice() {
            [] => view! { "Look at the fields that are marked." }.into_any(),
            [only] => only.clone().into_any(),
            several => {
                let lines = several.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
                view! { <ul class="ui-callout__list">{lines}</ul> }.into_any()
            }
        };
        Some(view! { <div data-refused=first><Callout tone=Tone::Critical title=title.clone()>{text}</Callout></div> })
    }
}

#[cfg(test)]
mod tests {
    use leptos::reactive::owner::Owner;
    use orion_types::Problem;

    use super::super::use_submission;
    use super::*;

    fn refused(pointers: &[&str]) -> ApiError {
        let error = |pointer: &&str| FieldProblem {
            pointer: (*pointer).to_owned(),
            code: "too_long".to_owned(),
            detail: "must have at most 100 characters".to_owned(),
            header: None,
            parameter: None,
        };
        ApiError::Problem(Problem {
            type_url: String::new(),
            title: "Some fields are wrong".to_owned(),
            status: 422,
            detail: None,
            instance: None,
            code: "framework.invalid".to_owned(),
            request_id: None,
            errors: pointers.iter().map(error).collect(),
            modules: Vec::new(),
            challenge: None,
        })
    }

    #[test]
    fn what_no_field_shows_is_said_beside_them() {
        let shown = [Shown::At("/title".to_owned()), Shown::Below("/tags".to_owned())];
        assert!(beside(&refused(&["/title", "/tags/3", "/tags"]), &shown).is_empty());
        assert_eq!(
            beside(&refused(&["/title", "/variants/3/weight_grams", "/tagsoup"]), &shown),
            [
                "Variants 4, weight grams: must have at most 100 characters.",
                "Tagsoup: must have at most 100 characters."
            ]
        );
    }

    #[test]
    fn an_error_that_names_no_field_is_said_as_a_whole() {
        assert_eq!(beside(&refused(&[]), &[Shown::At("/title".to_owned())]), ["Some fields are wrong"]);
        assert_eq!(sentences(&refused(&[""])), "This must have at most 100 characters.");
    }

    #[test]
    fn that_somebody_else_was_faster_is_left_to_the_place_that_says_so() {
        let ApiError::Problem(other) = refused(&[]) else {
            panic!("a problem");
        };
        let stale = ApiError::Problem(Problem {
            title: "Somebody else has changed this in the meantime".to_owned(),
            status: 412,
            ..other
        });
        Owner::new().with(|| {
            let submission = use_submission();
            submission.error.set(Some(stale));
            assert_eq!(submission.beside().map(|said| said.len()), Some(1));
            submission.says_conflicts();
            assert_eq!(submission.beside(), None);
            submission.error.set(Some(refused(&[])));
            assert_eq!(submission.beside().map(|said| said.len()), Some(1), "what else is wrong is said");
        });
    }

    #[test]
    fn half_sentences_become_whole_ones() {
        assert_eq!(sentence("is required"), "This is required.");
        assert_eq!(sentence("No product has it."), "No product has it.");
    }
}
