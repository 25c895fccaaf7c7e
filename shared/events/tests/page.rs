//! The page of the documentation holds what the list says.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use orion_events::{ALL, EventInfo};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/events.md");
const BEGIN: &str = "<!-- events:begin -->\n";
const END: &str = "<!-- events:end -->";

fn row(event: &EventInfo) -> String {
    let example = (event.example)();
    let fields = example.as_object().expect("facts").keys();
    let fields: Vec<String> = fields.map(|field| format!("`{field}`")).collect();
    let mut notes = String::new();
    if !event.kept {
        notes.push_str(" *Comes in numbers.*");
    }
    if !event.public {
        notes.push_str(" *Stays inside.*");
    }
    format!(
        "| `{}` | {} | `{}` | {}{notes} | {} |\n",
        event.name,
        event.version,
        event.object,
        event.summary,
        fields.join(", ")
    )
}

fn table() -> String {
    let mut table = String::new();
    let mut module = "";
    for event in ALL {
        if event.module != module {
            module = event.module;
            write!(
                table,
                "\n### `{module}`\n\n| Event | Version | About | What it tells | Facts, as in the example |\n|---|---|---|---|---|\n"
            )
            .expect("a text takes everything");
        }
        table.push_str(&row(event));
    }
    table + "\n"
}

#[test]
fn the_page_tells_of_every_event() {
    let page = fs::read_to_string(Path::new(PAGE)).expect("the page");
    let (before, rest) = page.split_once(BEGIN).expect("where the list begins");
    let (_, after) = rest.split_once(END).expect("where the list ends");
    let wanted = format!("{before}{BEGIN}{}{END}{after}", table());
    if std::env::var("INSTA_UPDATE").is_ok_and(|told| told == "always") {
        fs::write(PAGE, &wanted).expect("the page is written");
    }
    assert_eq!(
        fs::read_to_string(Path::new(PAGE)).expect("the page"),
        wanted,
        "write it anew: INSTA_UPDATE=always cargo test -p orion-events"
    );
}
