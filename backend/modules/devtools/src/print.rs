//! The entry points as text for a terminal.

use std::fmt;

use crate::entry_points::{EntryPoints, Link, Login, PlatformEntry, StoreEntry};

impl fmt::Display for EntryPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for link in &self.server {
            writeln!(f, "{:<14} {}", link.label, link.url)?;
        }
        for login in &self.admins {
            line(f, &login.role, login)?;
        }
        self.platforms.iter().try_for_each(|platform| write_platform(f, platform))
    }
}

fn write_platform(f: &mut fmt::Formatter<'_>, platform: &PlatformEntry) -> fmt::Result {
    writeln!(
        f,
        "\n{} ({}), modules: {}",
        platform.name,
        platform.code,
        none_if_empty(&platform.modules.join(", "))
    )?;
    links(f, "admin", &platform.admin)?;
    links(f, "store login", &platform.chooser)?;
    platform.stores.iter().try_for_each(|store| write_store(f, store))?;
    if platform.more_stores > 0 {
        writeln!(f, "\n  and {} more stores", platform.more_stores)?;
    }
    Ok(())
}

fn write_store(f: &mut fmt::Formatter<'_>, store: &StoreEntry) -> fmt::Result {
    let status = if store.status == "active" {
        String::new()
    } else {
        format!(", {}", store.status)
    };
    writeln!(f, "\n  {} ({}, {}{status})", store.name, store.code, store.currency)?;
    links(f, "shop", &store.storefront)?;
    links(f, "dashboard", &store.dashboard)?;
    store
        .staff
        .iter()
        .chain(&store.customers)
        .try_for_each(|login| line(f, &login.role, login))
}

fn links(f: &mut fmt::Formatter<'_>, what: &str, links: &[Link]) -> fmt::Result {
    for (index, link) in links.iter().enumerate() {
        let what = if index == 0 { what } else { "" };
        let note = if link.note.is_empty() {
            String::new()
        } else {
            format!("   ({})", link.note)
        };
        writeln!(f, "    {what:<14} {}{note}", link.url)?;
    }
    Ok(())
}

fn line(f: &mut fmt::Formatter<'_>, what: &str, login: &Login) -> fmt::Result {
    let password = login.password.map(|password| format!(" / {password}")).unwrap_or_default();
    writeln!(f, "    {what:<14} {}{password}", login.email)
}

fn none_if_empty(text: &str) -> &str {
    if text.is_empty() { "none" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_and_login_is_a_line() {
        let link = |label, url: &str| Link {
            label,
            url: url.to_owned(),
            note: String::new(),
        };
        let owner = Login {
            role: "owner".to_owned(),
            email: "owner@acme.test".to_owned(),
            password: Some("secret"),
        };
        let store = StoreEntry {
            code: "acme".to_owned(),
            name: "Acme".to_owned(),
            status: "suspended".to_owned(),
            currency: "EUR".to_owned(),
            storefront: vec![link("subdomain", "http://acme.test/")],
            dashboard: vec![link("subdomain", "http://acme.test/store/login")],
            staff: vec![owner],
            customers: Vec::new(),
        };
        let platform = PlatformEntry {
            code: "main".to_owned(),
            name: "Main".to_owned(),
            admin: vec![link("subdomain", "http://admin.test/")],
            chooser: Vec::new(),
            modules: Vec::new(),
            stores: vec![store],
            more_stores: 3,
        };
        let text = EntryPoints {
            server: vec![link("API", "http://test/api/docs")],
            admins: Vec::new(),
            platforms: vec![platform],
        }
        .to_string();
        for part in [
            "API",
            "Main (main), modules: none",
            "Acme (acme, EUR, suspended)",
            "owner@acme.test / secret",
            "and 3 more stores",
        ] {
            assert!(text.contains(part), "{part} is missing in {text}");
        }
    }
}
