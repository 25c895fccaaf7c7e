//! The pages: templates that are part of the program, escaped by their engine.

use std::sync::LazyLock;

use actix_web::HttpResponse;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use minijinja::value::Serde;
use minijinja::{Environment, Value, context};
use orion_framework::http::Failure;
use orion_framework::problem::INTERNAL;

use crate::entry_points::EntryPoints;
use crate::mailbox::MailboxMessage;

/// No script at all; styles are written into the pages. Pictures of mails may come from this server.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Goes before a mail's markup, so that its links open beside the mailbox and not in the frame.
const BASE_TARGET: &str = "<base target=\"_blank\">";

static TEMPLATES: LazyLock<Environment<'static>> = LazyLock::new(|| {
    let mut templates = Environment::new();
    for (name, source) in [
        ("layout.html", include_str!("templates/layout.html")),
        ("entry_points.html", include_str!("templates/entry_points.html")),
        ("mailbox.html", include_str!("templates/mailbox.html")),
        ("message.html", include_str!("templates/message.html")),
    ] {
        if let Err(error) = templates.add_template(name, source) {
            unreachable!("the template {name} is part of the program: {error}");
        }
    }
    templates
});

/// The page of all entry points.
pub(crate) fn entry_points(entry_points: &EntryPoints) -> Result<HttpResponse, Failure> {
    page("entry_points.html", Serde(entry_points).into())
}

/// The list of mails.
pub(crate) fn mailbox(recipient: Option<&str>, messages: &[MailboxMessage]) -> Result<HttpResponse, Failure> {
    page(
        "mailbox.html",
        context! { recipient => recipient.unwrap_or_default(), messages => Serde(messages) },
    )
}

/// One mail.
pub(crate) fn message(message: &MailboxMessage) -> Result<HttpResponse, Failure> {
    page("message.html", context! { message => Serde(message), base_target => BASE_TARGET })
}

fn page(template: &str, values: Value) -> Result<HttpResponse, Failure> {
    let html = render(template, values).map_err(|_| Failure::of(&INTERNAL))?;
    let mut answer = HttpResponse::Ok();
    answer.insert_header((CONTENT_TYPE, "text/html; charset=utf-8"));
    answer
        .insert_header((CONTENT_SECURITY_POLICY, POLICY))
        .insert_header((CACHE_CONTROL, "no-store"));
    Ok(answer.body(html))
}

fn render(template: &str, values: Value) -> Result<String, minijinja::Error> {
    TEMPLATES.get_template(template)?.render(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry_points::{Link, Login, PlatformEntry, StoreEntry};
    use crate::mailbox::sample;

    #[test]
    fn a_mail_is_shown_in_a_frame_that_can_do_nothing() {
        let hostile = "<p onclick=\"x()\">Hi</p></iframe><script>alert(1)</script>";
        let message = sample("<script>alert(2)</script>", hostile);
        let html = render("message.html", context! { message => Serde(&message), base_target => BASE_TARGET }).unwrap();
        assert!(!html.contains("<script>") && html.contains("sandbox=\"allow-popups"), "{html}");
        assert!(html.contains("srcdoc=\"&lt;base target="), "{html}");
        assert!(!html.contains("allow-scripts") && !html.contains("allow-same-origin"));
    }

    #[test]
    fn the_list_names_each_mail_and_says_when_there_is_none() {
        let messages = [sample("Your order 1001", "")];
        let html = render("mailbox.html", context! { recipient => "", messages => Serde(&messages) }).unwrap();
        assert!(html.contains("Your order 1001") && html.contains("customer@example.test"));
        let empty = render("mailbox.html", context! { recipient => "a\"b", messages => Vec::<Value>::new() }).unwrap();
        assert!(empty.contains("No mail to") && !empty.contains("value=\"a\"b\""), "{empty}");
    }

    #[test]
    fn every_entry_point_is_a_link() {
        let link = |label, url: &str| Link {
            label,
            url: url.to_owned(),
            note: String::new(),
        };
        let store = StoreEntry {
            code: "acme".to_owned(),
            name: "Acme & <Söhne>".to_owned(),
            status: "suspended".to_owned(),
            currency: "EUR".to_owned(),
            storefront: vec![
                link("subdomain", "http://acme.test/"),
                link("path", "http://localhost/storefront/acme"),
            ],
            dashboard: vec![link("subdomain", "http://acme.test/store/login")],
            staff: vec![Login {
                role: "owner".to_owned(),
                email: "owner@acme.test".to_owned(),
                password: Some("secret-word"),
            }],
            customers: Vec::new(),
        };
        let platform = PlatformEntry {
            code: "main".to_owned(),
            name: "Main".to_owned(),
            admin: vec![link("subdomain", "http://admin.test/")],
            chooser: vec![link("platform", "http://test/store/login")],
            modules: vec!["orders".to_owned()],
            stores: vec![store],
            more_stores: 2,
        };
        let entry_points = EntryPoints {
            server: vec![link("API", "http://test/api/docs")],
            admins: Vec::new(),
            platforms: vec![platform],
        };
        let html = render("entry_points.html", Serde(&entry_points).into()).unwrap();
        for url in [
            "http:&#x2f;&#x2f;acme.test&#x2f;",
            "http:&#x2f;&#x2f;localhost&#x2f;storefront&#x2f;acme",
            "secret-word",
            "and 2 more stores",
        ] {
            assert!(html.contains(url), "{url} is missing in {html}");
        }
        assert!(html.contains("Acme &amp; &lt;Söhne&gt;") && html.contains("suspended"));
    }
}
