#!/usr/bin/env bash
# What MJML promises of a mail's pictures, colours and columns and its port to Rust leaves out.
. "$(dirname "${BASH_SOURCE[0]}")/begin"

about Package "mrml 6.0.1 (crate), beside mjml 5.4.1 (npm), whose language it is" \
    Expected "MJML's documentation of mj-image: the alternative text is empty unless one is given; of mjml: owa=\"desktop\" makes columns stand side by side in Outlook on the web; the reference writes short colours out for Outlook" \
    Matters "a picture without alternative text is read out by the name of its file, in every order's mail, where the European accessibility directive counts shops; and whoever checks a template with MJML's own tools sees another mail than the one that is sent"

cat >mail.mjml <<'MJML'
<mjml owa="desktop"><mj-body><mj-section background-color="#fc0"><mj-column><mj-image src="line.png" /></mj-column><mj-column><mj-text>Thank you</mj-text></mj-column></mj-section></mj-body></mjml>
MJML
export MAIL="$folder/mail.mjml"

install_node mjml@5.4.1
cat >mail.mjs <<'JS'
import mjml from "mjml";
import { readFileSync } from "node:fs";
console.log((await mjml(readFileSync(process.env.MAIL, "utf8"))).html);
JS
node mail.mjs >reference.html
run_rust 'mrml = "=6.0.1"' >port.html <<'RUST'
fn main() {
    let source = std::fs::read_to_string(std::env::var("MAIL").expect("set above")).expect("the template");
    let mail = mrml::parse(source).expect("valid MJML").element;
    println!("{}", mail.render(&mrml::prelude::render::RenderOptions::default()).expect("a mail"));
}
RUST
# A tag may go over several lines.
told() {
    tr '\n' ' ' <"$2" >line.html
    set -- "$1" line.html
    printf '%s: picture %s, for Outlook on the web %s, colour %s\n' "$1" \
        "$(grep -Eq '<img[^>]* alt[ =>]' "$2" && echo 'with an empty alternative text' || echo 'without alternative text')" \
        "$(grep -q '\[owa\]' "$2" && echo 'rules' || echo 'nothing')" \
        "$(grep -oE 'bgcolor="[^"]*"' "$2" | head -n 1)"
}
seen "of the same template" 'mjml: picture with an empty alternative text, for Outlook on the web rules, colour bgcolor="#ffcc00"
mrml: picture without alternative text, for Outlook on the web nothing, colour bgcolor="#fc0"' "$(told mjml reference.html)
$(told mrml port.html)"
