//! What `#[serde(…)]` says.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, ExprPath, LitStr, Result, Token};

/// What a field is when it is absent.
pub enum Absent {
    /// An error, except for a type that `null` can be, such as `Option`.
    Type,
    /// The default of its type.
    Default,
    /// What a function says.
    Call(ExprPath),
}

/// What stands at a field or a variant.
pub struct Spelling {
    pub rename: Option<String>,
    pub absent: Absent,
}

/// What stands at a type.
#[derive(Default)]
pub struct Shape {
    pub transparent: bool,
    pub default: bool,
    pub case: Option<Case>,
    pub tag: Option<String>,
    pub content: Option<String>,
}

/// How the names of variants are written.
#[derive(Clone, Copy)]
pub enum Case {
    Snake,
    Kebab,
}

impl Case {
    /// The name of a variant: `OnlyLeft` becomes `only_left`.
    pub fn apply(self, name: &str) -> String {
        let joint = match self {
            Self::Snake => '_',
            Self::Kebab => '-',
        };
        let mut written = String::new();
        for (at, letter) in name.char_indices() {
            if at > 0 && letter.is_uppercase() {
                written.push(joint);
            }
            written.extend(letter.to_lowercase());
        }
        written
    }
}

/// Reads the attributes of a field or a variant.
pub fn spelling(attributes: &[Attribute]) -> Result<Spelling> {
    let mut spelling = Spelling {
        rename: None,
        absent: Absent::Type,
    };
    each(attributes, |meta| {
        if meta.path.is_ident("rename") {
            spelling.rename = Some(text(&meta)?);
        } else if meta.path.is_ident("default") {
            spelling.absent = if meta.input.peek(Token![=]) {
                Absent::Call(meta.value()?.parse::<LitStr>()?.parse()?)
            } else {
                Absent::Default
            };
        } else if meta.path.is_ident("skip_serializing_if") {
            // About writing.
            text(&meta)?;
        } else {
            return Err(meta.error("the browser does not read types with this attribute"));
        }
        Ok(())
    })?;
    Ok(spelling)
}

/// Reads the attributes of a type.
pub fn shape(attributes: &[Attribute]) -> Result<Shape> {
    let mut shape = Shape::default();
    each(attributes, |meta| {
        if meta.path.is_ident("transparent") {
            shape.transparent = true;
        } else if meta.path.is_ident("default") {
            shape.default = true;
        } else if meta.path.is_ident("rename_all") {
            shape.case = Some(match text(&meta)?.as_str() {
                "snake_case" => Case::Snake,
                "kebab-case" => Case::Kebab,
                _ => return Err(meta.error("the browser reads snake_case and kebab-case")),
            });
        } else if meta.path.is_ident("tag") {
            shape.tag = Some(text(&meta)?);
        } else if meta.path.is_ident("content") {
            shape.content = Some(text(&meta)?);
        } else if !meta.path.is_ident("deny_unknown_fields") {
            // That one guards what is sent to the server; an answer may grow.
            return Err(meta.error("the browser does not read types with this attribute"));
        }
        Ok(())
    })?;
    Ok(shape)
}

fn each(attributes: &[Attribute], mut read: impl FnMut(ParseNestedMeta) -> Result<()>) -> Result<()> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
        .try_for_each(|attribute| attribute.parse_nested_meta(&mut read))
}

fn text(meta: &ParseNestedMeta) -> Result<String> {
    Ok(meta.value()?.parse::<LitStr>()?.value())
}
