//! The mail to somebody for whom a program may act from now on: it is how they notice when it was not them who allowed it.

use orion_framework::db::{DbError, StoreTx};
use orion_framework::mail::{self, Mail};

use crate::model::GrantRow;

/// Tells whom the program acts for.
pub(crate) fn tell(tx: &mut StoreTx, grant: &GrantRow, program: &str, answer_to: &str) -> Result<(), DbError> {
    let store = tx.store().name.clone();
    let lines = compose(&store, grant, program, answer_to);
    let html = lines.iter().map(|line| format!("<p>{}</p>", escaped(line))).collect();
    let mail = Mail {
        key: format!("connection-allowed:{}", grant.id),
        to: grant.person.clone(),
        subject: format!("{store}: a program may act for you"),
        text: lines.join("\n\n") + "\n",
        html,
    };
    mail::queue(tx, mail)
}

fn compose(store: &str, grant: &GrantRow, program: &str, answer_to: &str) -> [String; 3] {
    [
        format!("{program} may act for you in the dashboard of {store}: {}.", grant.scopes.join(", ")),
        format!("That was allowed just now, and the program was told at {answer_to}."),
        "If it was not you, choose another password: with that it ends. Otherwise you find it in the dashboard on the page of your account, and can revoke it there at any time.".to_owned(),
    ]
}

/// A program chooses its name itself.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
