//! What the document tells about methods.

use std::collections::BTreeSet;

use orion_framework::RouteTemplates;
use utoipa::openapi::OpenApi;

impl RouteTemplates for MethodTable {
    fn template(&self, path: &str) -> Option<String> {
        self.template_of(path)
    }
}

/// Which methods each path of the API has.
#[derive(Clone)]
pub struct MethodTable(Vec<(Vec<Segment>, BTreeSet<String>)>);

#[derive(Clone)]
enum Segment {
    Fixed(String),
    /// A parameter, as the template spells it.
    Any(String),
}

impl MethodTable {
    /// Reads the paths of a document.
    pub fn new(document: &OpenApi) -> Self {
        let value = serde_json::to_value(&document.paths).unwrap_or_default();
        let paths = value.as_object().cloned().unwrap_or_default();
        let table = paths.iter().map(|(path, item)| {
            let methods = item
                .as_object()
                .into_iter()
                .flat_map(|item| item.keys())
                .map(|method| method.to_uppercase())
                .collect();
            (path.split('/').map(Segment::new).collect(), methods)
        });
        Self(table.collect())
    }

    /// The template that a path belongs to; one without parameters comes first.
    fn template_of(&self, path: &str) -> Option<String> {
        let closest = self.closest(path)?;
        Some(written(&closest.0))
    }

    /// The methods of a path; empty when there is no such path. A fixed path hides one with a parameter in its place, as the routes do.
    pub fn allowed(&self, path: &str) -> BTreeSet<String> {
        let segments: Vec<&str> = path.split('/').collect();
        let Some(closest) = self.closest(path) else {
            return BTreeSet::new();
        };
        let rank = parameters(&closest.0);
        self.0
            .iter()
            .filter(|(pattern, _)| matches(pattern, &segments) && parameters(pattern) == rank)
            .flat_map(|(_, methods)| methods.clone())
            .collect()
    }

    /// Paths that another one with a parameter in the place of a word covers too, and their methods: what such a path lacks must not fall
    /// through to the other one, which would take the word for an id.
    pub fn shadowing(&self) -> Vec<(String, BTreeSet<String>)> {
        let covers = |wide: &[Segment], narrow: &[Segment]| {
            let fits = |pair: (&Segment, &Segment)| match pair {
                (Segment::Any(_), _) => true,
                (Segment::Fixed(wide), Segment::Fixed(narrow)) => wide == narrow,
                (Segment::Fixed(_), Segment::Any(_)) => false,
            };
            wide.len() == narrow.len() && parameters(wide) > parameters(narrow) && wide.iter().zip(narrow).all(fits)
        };
        let covered = |narrow: &[Segment]| self.0.iter().any(|(wide, _)| covers(wide, narrow));
        let shadowing = self.0.iter().filter(|(pattern, _)| covered(pattern));
        shadowing.map(|(pattern, methods)| (written(pattern), methods.clone())).collect()
    }

    fn closest(&self, path: &str) -> Option<&(Vec<Segment>, BTreeSet<String>)> {
        let segments: Vec<&str> = path.split('/').collect();
        let fitting = self.0.iter().filter(|(pattern, _)| matches(pattern, &segments));
        fitting.min_by_key(|(pattern, _)| parameters(pattern))
    }
}

fn written(pattern: &[Segment]) -> String {
    pattern.iter().map(Segment::text).collect::<Vec<_>>().join("/")
}

fn parameters(pattern: &[Segment]) -> usize {
    pattern.iter().filter(|segment| matches!(segment, Segment::Any(_))).count()
}

impl Segment {
    fn new(text: &str) -> Self {
        if text.starts_with('{') {
            Self::Any(text.to_owned())
        } else {
            Self::Fixed(text.to_owned())
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Fixed(text) | Self::Any(text) => text,
        }
    }
}

fn matches(pattern: &[Segment], path: &[&str]) -> bool {
    pattern.len() == path.len()
        && pattern.iter().zip(path).all(|(segment, text)| match segment {
            Segment::Fixed(fixed) => fixed == text,
            Segment::Any(_) => !text.is_empty(),
        })
}
