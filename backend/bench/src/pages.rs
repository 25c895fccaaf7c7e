//! The shop's pages as a phone on a slow network sees them: Lighthouse, in the middle of several rounds.

use std::process::{Command, Stdio};

use anyhow::{Context, ensure};
use serde_json::Value;

/// The demo shop that is looked at.
const HOST: &str = "acme.orion.localhost";
/// A page of each kind: its name and its path.
const PAGES: [(&str, &str); 3] = [("Home", "/"), ("Listing", "/products"), ("Product", "/products/morning-mug")];
/// Looks at each page, of which the middle one counts.
const ROUNDS: usize = 5;

/// What Lighthouse makes of a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Which page.
    pub name: &'static str,
    /// Performance, accessibility, best practices, search engines; of 100.
    pub scores: [f64; 4],
    /// When the largest thing on the screen is painted, in milliseconds.
    pub lcp: f64,
    /// How much moves while the page loads.
    pub cls: f64,
    /// What is transferred before anybody scrolls.
    pub bytes: f64,
}

/// Looks at the pages of the demo shop that a server shows.
pub fn look(port: u16) -> anyhow::Result<Vec<Page>> {
    let output = Command::new("node")
        .args(["scripts/lighthouse.mjs", &format!("http://{HOST}:{port}/"), &ROUNDS.to_string()])
        .args(PAGES.map(|(_, path)| path))
        .stdin(Stdio::null())
        .output()
        .context("node does not run")?;
    ensure!(
        output.status.success(),
        "Lighthouse failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = text.lines().collect();
    ensure!(lines.len() == PAGES.len(), "Lighthouse has not seen every page:\n{text}");
    PAGES.iter().zip(lines).map(|((name, _), line)| read(name, line)).collect()
}

fn read(name: &'static str, line: &str) -> anyhow::Result<Page> {
    let found: Value = serde_json::from_str(line)?;
    let figure = |key: &str| found[key].as_f64().with_context(|| format!("Lighthouse tells no {key}: {line}"));
    Ok(Page {
        name,
        scores: [
            figure("performance")?,
            figure("accessibility")?,
            figure("best-practices")?,
            figure("seo")?,
        ],
        lcp: figure("lcp")?,
        cls: figure("cls")?,
        bytes: figure("bytes")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lighthouse_tells_is_read() {
        let line =
            r#"{"path":"/","performance":97,"accessibility":100,"best-practices":100,"seo":100,"lcp":1850.5,"cls":0.001,"bytes":380000}"#;
        let page = read("Home", line).unwrap();
        assert_eq!(
            (page.scores, page.lcp, page.cls, page.bytes),
            ([97.0, 100.0, 100.0, 100.0], 1850.5, 0.001, 380_000.0)
        );
        assert!(read("Home", "{}").is_err());
    }
}
