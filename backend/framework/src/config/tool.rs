//! A tool beside the server, such as a dashboard of metrics.

use std::fmt;
use std::str::FromStr;

use reqwest::Url;

/// A tool's name and address, written `name=https://…`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToolLink {
    /// What it is called.
    pub name: String,
    /// Where it is.
    pub url: Url,
}

/// The text is no link to a tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a name and an address such as grafana=https://grafana.example")]
pub struct ToolLinkError;

impl FromStr for ToolLink {
    type Err = ToolLinkError;

    fn from_str(text: &str) -> Result<Self, ToolLinkError> {
        let (name, url) = text.split_once('=').ok_or(ToolLinkError)?;
        let url: Url = url.trim().parse().map_err(|_| ToolLinkError)?;
        // A password in it would be shown to every administrator.
        let plain = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        if name.trim().is_empty() || !plain {
            return Err(ToolLinkError);
        }
        Ok(Self {
            name: name.trim().to_owned(),
            url,
        })
    }
}

impl fmt::Display for ToolLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}", self.name, self.url)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_has_a_name_and_an_address_without_secrets() {
        let link: ToolLink = "grafana=https://grafana.example/d/1?x=y".parse().unwrap();
        assert_eq!(
            (link.name.as_str(), link.url.as_str()),
            ("grafana", "https://grafana.example/d/1?x=y")
        );
        for wrong in [
            "grafana",
            "=https://x.example",
            "grafana=",
            "grafana=x.example",
            "a=file:///etc/passwd",
            "a=https://u:p@x.example",
        ] {
            assert_eq!(wrong.parse::<ToolLink>(), Err(ToolLinkError), "{wrong}");
        }
    }
}
