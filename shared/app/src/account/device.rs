//! A browser's long name in the few words by which its owner knows it.

/// What a `User-Agent` says of browser and system, such as "Firefox on Linux". Browsers name those they want to be taken for as well, so
/// the order of the questions matters: whoever says Chrome says Safari too, and Edge says both.
pub fn device(user_agent: &str) -> String {
    let first = |of: &[(&str, &'static str)]| of.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
    let browser = first(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        // A program such as `curl/8.5`; its first word is what it calls itself.
        (None, None) => user_agent.split_whitespace().next().unwrap_or("An unknown device").to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::device;

    #[test]
    fn browsers_are_told_by_their_own_name() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36";
        assert_eq!(device(windows), "Chrome on Windows");
        assert_eq!(device(&format!("{windows} Edg/130.0.0.0")), "Edge on Windows");
        assert_eq!(
            device("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"),
            "Firefox on Linux"
        );
        assert_eq!(
            device(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1"
            ),
            "Safari on iPhone"
        );
        assert_eq!(device("curl/8.5.0"), "curl/8.5.0");
        assert_eq!(device(""), "An unknown device");
    }
}
