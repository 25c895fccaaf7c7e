//! Makes Rust of `languages/*.toml`: a sentence that is missing in one language does not compile, and nothing is parsed in the browser.

#[path = "build/plural.rs"]
mod plural;
#[path = "build/write.rs"]
mod write;

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;
use std::{env, fs};

use serde::Deserialize;

/// A file of a language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Language {
    #[serde(skip)]
    pub code: String,
    pub name: String,
    pub place: u32,
    pub collation: String,
    pub numbers: Numbers,
    pub plurals: BTreeMap<String, String>,
    pub currencies: BTreeMap<String, String>,
    pub counted: BTreeMap<String, BTreeMap<String, String>>,
    pub sentences: BTreeMap<String, String>,
}

/// How numbers are written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Numbers {
    pub decimal: String,
    pub group: String,
    pub group_from: usize,
    pub minus: String,
    pub percent: String,
    pub money: String,
}

/// The language that the others are held against.
const REFERENCE: &str = "en";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=languages");
    println!("cargo::rerun-if-changed=build");
    let mut languages = Vec::new();
    for entry in fs::read_dir("languages")? {
        let path = entry?.path();
        let code = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let read: Language = toml::from_str(&fs::read_to_string(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
        languages.push(Language { code, ..read });
    }
    languages.sort_by_key(|language| (language.place, language.code.clone()));
    check(&languages)?;
    let folder = env::var("OUT_DIR")?;
    fs::write(Path::new(&folder).join("languages.rs"), write::languages(&languages)?)?;
    fs::write(Path::new(&folder).join("sentences.rs"), write::sentences(&languages)?)?;
    Ok(())
}

/// Every language says what the reference says, with the same names in braces.
fn check(languages: &[Language]) -> Result<(), String> {
    let reference = languages.iter().find(|language| language.code == REFERENCE);
    let reference = reference.ok_or("languages/en.toml is missing")?;
    for language in languages {
        let code = &language.code;
        let (own, all) = (language.sentences.keys(), reference.sentences.keys());
        same(code, own.chain(language.counted.keys()), all.chain(reference.counted.keys()))?;
        for (name, text) in &language.sentences {
            let wanted = reference.sentences.get(name);
            let wanted = wanted.ok_or_else(|| format!("{code}: {name} is one sentence and counted in the other language"))?;
            if text.trim().is_empty() || placeholders(text) != placeholders(wanted) {
                return Err(format!("{code}: {name} is empty, or has other names in braces than in English"));
            }
        }
        for (name, forms) in &language.counted {
            if !forms.contains_key("other") {
                return Err(format!("{code}: {name} lacks the form `other`"));
            }
            for (category, text) in forms {
                let known = category == "other" || language.plurals.contains_key(category);
                if !known || placeholders(text) != ["count"] {
                    return Err(format!(
                        "{code}: {name} has a form {category} that its plurals do not know, or that lacks {{count}}"
                    ));
                }
            }
        }
    }
    Ok(())
}

fn same<'a>(code: &str, own: impl Iterator<Item = &'a String>, all: impl Iterator<Item = &'a String>) -> Result<(), String> {
    let (mut own, mut all): (Vec<_>, Vec<_>) = (own.collect(), all.collect());
    own.sort();
    all.sort();
    let (missing, strange): (Vec<_>, Vec<_>) = (
        all.iter().filter(|name| !own.contains(name)).collect(),
        own.iter().filter(|name| !all.contains(name)).collect(),
    );
    if missing.is_empty() && strange.is_empty() {
        Ok(())
    } else {
        Err(format!("{code}: missing {missing:?}, not in English {strange:?}"))
    }
}

fn placeholders(sentence: &str) -> Vec<&str> {
    let mut found: Vec<&str> = sentence.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
    found.sort_unstable();
    found
}
