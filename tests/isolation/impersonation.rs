//! What is open to an administrator who impersonates: every operation of the dashboard is tried, and the list of those that are not closed is short
//! enough to be read.

use orion_tests::{Client, TestApp};

use super::operations::{Operation, operations};
use crate::api::impersonation::visitor;

/// Whether an operation answers an administrator who impersonates otherwise than by saying that it is closed to them.
async fn is_open(client: &Client, operation: &Operation) -> bool {
    let answer = operation.tried_by(client).await;
    let code = answer.json["code"].as_str().unwrap_or_default().to_owned();
    let closed = matches!(code.as_str(), "framework.closed_to_impersonation" | "framework.impersonation_reads");
    assert_eq!(closed, answer.status == 403, "{}: {}", operation.id, answer.text());
    !closed
}

async fn open(may_change: bool) -> Vec<String> {
    let app = TestApp::start().await;
    let visitor = visitor(&app, may_change).await;
    let mut open = Vec::new();
    let all = operations().into_iter();
    // Who leaves cannot try anything else.
    let tried = all.filter(|operation| operation.is_in("store") && !operation.public && operation.id != "leave_impersonation");
    for operation in tried {
        if is_open(&visitor, &operation).await {
            open.push(operation.id);
        }
    }
    open.sort_unstable();
    app.leave_jobs("whatever an empty body has begun");
    open
}

#[tokio::test]
async fn what_is_open_to_who_impersonates_is_a_list_that_somebody_has_read() {
    insta::assert_json_snapshot!(open(true).await);
}

#[tokio::test]
async fn who_impersonates_to_look_reaches_nothing_else() {
    insta::assert_json_snapshot!(open(false).await);
}
