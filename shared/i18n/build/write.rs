//! The Rust that a set of languages becomes.

use std::fmt::{Error, Write};

use super::Language;
use super::plural::expression;

/// `pub enum Locale` with what a language is, how it counts and how it writes numbers.
pub fn languages(languages: &[Language]) -> Result<String, Box<dyn std::error::Error>> {
    let mut code =
        String::from("/// A language of the shop.\n#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]\npub enum Locale {\n");
    for language in languages {
        let default = if language.code == super::REFERENCE { "#[default] " } else { "" };
        writeln!(code, "/// {}.\n{default}{},", language.name, variant(language))?;
    }
    writeln!(code, "}}\n\nimpl Locale {{")?;
    let all: Vec<String> = languages.iter().map(|language| format!("Self::{}", variant(language))).collect();
    writeln!(
        code,
        "/// Every language, in the order the footer lists them.\npub const ALL: &'static [Self] = &[{}];",
        all.join(", ")
    )?;
    each(
        &mut code,
        "The code in `lang` attributes, addresses and the store's settings.",
        "pub const fn code(self) -> &'static str",
        languages,
        |language| Ok(format!("{:?}", language.code)),
    )?;
    each(
        &mut code,
        "Its name in itself.",
        "pub const fn name(self) -> &'static str",
        languages,
        |language| Ok(format!("{:?}", language.name)),
    )?;
    each(
        &mut code,
        "PostgreSQL's collation for names in the language, as it is quoted in SQL.",
        "pub const fn collation(self) -> &'static str",
        languages,
        |language| {
            let quotable = language.collation.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            let wrong = || format!("{}: {:?} is no collation", language.code, language.collation);
            Ok(format!(
                "{:?}",
                quotable.then(|| format!("\"{}-x-icu\"", language.collation)).ok_or_else(wrong)?
            ))
        },
    )?;
    each(
        &mut code,
        "Which form of a counted noun goes with a number.",
        "pub(crate) const fn form(self, n: u64) -> usize",
        languages,
        |language| {
            let rules: Vec<String> = language
                .plurals
                .values()
                .enumerate()
                .map(|(form, rule)| Ok(format!("if {} {{ {form} }} else ", expression(rule)?)))
                .collect::<Result<_, String>>()?;
            Ok(format!("{{ {} {{ {} }} }}", rules.concat(), rules.len()))
        },
    )?;
    each(
        &mut code,
        "How it writes numbers.",
        "pub(crate) const fn numbers(self) -> &'static crate::number::Numbers",
        languages,
        numbers,
    )?;
    code.push_str("}\n");
    Ok(code)
}

/// A constant for every sentence.
pub fn sentences(languages: &[Language]) -> Result<String, Error> {
    let reference = languages.iter().find(|language| language.code == super::REFERENCE).ok_or(Error)?;
    let mut code = head("Text");
    for (name, english) in &reference.sentences {
        let words: Vec<String> = languages.iter().map(|language| format!("{:?}", language.sentences[name])).collect();
        writeln!(
            code,
            "#[doc = {english:?}] pub const {name}: Self = Self::new(&[{}]);",
            words.join(", ")
        )?;
    }
    tail(&mut code, reference.sentences.keys())?;
    code.push_str(&head("Counted"));
    for (name, forms) in &reference.counted {
        let words = languages.iter().map(|language| {
            let own = &language.counted[name];
            let other = &own["other"];
            let forms = language
                .plurals
                .keys()
                .map(|category| own.get(category).unwrap_or(other))
                .chain([other]);
            format!("&[{}]", forms.map(|form| format!("{form:?}")).collect::<Vec<_>>().join(", "))
        });
        let words: Vec<String> = words.collect();
        writeln!(
            code,
            "#[doc = {:?}] pub const {name}: Self = Self::new(&[{}]);",
            forms["other"],
            words.join(", ")
        )?;
    }
    tail(&mut code, reference.counted.keys())?;
    Ok(code)
}

fn head(name: &str) -> String {
    format!(
        "#[expect(non_upper_case_globals, reason = \"named as what they are to those who use them, the variants of a type\")]\nimpl {name} {{\n"
    )
}

fn tail<'a>(code: &mut String, names: impl Iterator<Item = &'a String>) -> Result<(), Error> {
    let rows: Vec<String> = names.map(|name| format!("({name:?}, Self::{name})")).collect();
    writeln!(
        code,
        "/// Every one, by the name under which a template asks for it.\npub const ALL: &'static [(&'static str, Self)] = &[{}];\n}}",
        rows.join(", ")
    )
}

fn variant(language: &Language) -> String {
    let (first, rest) = language.code.split_at(1);
    first.to_uppercase() + rest
}

fn each(
    code: &mut String,
    doc: &str,
    signature: &str,
    languages: &[Language],
    answer: impl Fn(&Language) -> Result<String, Box<dyn std::error::Error>>,
) -> Result<(), Box<dyn std::error::Error>> {
    writeln!(code, "/// {doc}\n{signature} {{ match self {{")?;
    for language in languages {
        writeln!(code, "Self::{} => {},", variant(language), answer(language)?)?;
    }
    writeln!(code, "}} }}")?;
    Ok(())
}

fn numbers(language: &Language) -> Result<String, Box<dyn std::error::Error>> {
    let numbers = &language.numbers;
    let halves = |pattern: &str, name: &str| {
        let halves = pattern
            .split_once(name)
            .map(|(before, after)| (before.to_owned(), after.to_owned()));
        halves.ok_or_else(|| format!("{}: {pattern:?} lacks {name}", language.code))
    };
    let (before, after) = halves(&numbers.money, "{number}")?;
    let signs = language.currencies.iter().map(|(code, sign)| {
        // CLDR's spacing of currencies: letters do not touch digits.
        let (front, back) = (glue(sign.chars().next_back()), glue(sign.chars().next()));
        let written = if before.is_empty() {
            after.replace("{sign}", sign)
        } else {
            before.replace("{sign}", sign)
        };
        match (before.ends_with("{sign}"), after.starts_with("{sign}")) {
            (true, _) => format!("({code:?}, {:?})", written + front),
            (_, true) => format!("({code:?}, {:?})", back.to_owned() + &written),
            _ => format!("({code:?}, {written:?})"),
        }
    });
    let signs: Vec<String> = signs.collect();
    let bare = if before.is_empty() {
        after.replace("{sign}", "")
    } else {
        before.replace("{sign}", "")
    };
    let space = if bare.is_empty() { "\u{a0}" } else { &bare };
    let (percent_before, percent_after) = halves(&numbers.percent, "{number}")?;
    Ok(format!(
        "&crate::number::Numbers {{ decimal: {:?}, group: {:?}, group_from: {}, minus: {:?}, percent: ({percent_before:?}, {percent_after:?}), \
         sign_first: {}, space: {space:?}, signs: &[{}] }}",
        numbers.decimal,
        numbers.group,
        numbers.group_from,
        numbers.minus,
        !before.is_empty(),
        signs.join(", "),
    ))
}

fn glue(edge: Option<char>) -> &'static str {
    if edge.is_some_and(|letter| letter.is_alphanumeric() || letter == '.') {
        "\u{a0}"
    } else {
        ""
    }
}
