//! What the roles for one kind of work may do: every operation of the dashboard that takes a right is tried by somebody who has the role, and the list
//! of those that are open is short enough to be read.

use orion_tests::TestApp;
use orion_types::Page;
use orion_types::permission::Permission;
use orion_types::status::MemberRole;
use orion_types::team::TeamMember;
use serde_json::{Value, json};

use super::operations::{Operation, document, operations};

/// The right that an operation takes, as the document says; `None` for one that is open to every member.
fn right_of(document: &Value, operation: &Operation) -> Option<Permission> {
    let method = operation.method.as_str().to_lowercase();
    let schemes = document["paths"][&operation.path][method]["security"].as_array()?;
    let right = schemes.iter().find_map(|scheme| scheme["staff"][0].as_str())?;
    Some(Permission::named(right).unwrap_or_else(|| panic!("{} takes {right}, which nobody declares", operation.id)))
}

/// The operations that are open to a role, which are those whose right it holds.
async fn open_to(role: MemberRole) -> Vec<String> {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let team: Page<TeamMember> = owner.get("/team").await.is(200).json();
    let member = team
        .data
        .into_iter()
        .find(|member| member.email == "viewer@acme.test")
        .expect("the member");
    let changed = owner
        .with("if-match", "*")
        .patch(&format!("/team/{}", member.id), json!({ "role": role }))
        .await;
    assert_eq!(changed.is(200).json["role"], role.as_str());
    let member = app.staff("acme", "viewer@acme.test").await;
    let document = document();
    let mut open = Vec::new();
    for operation in operations().into_iter().filter(|operation| operation.is_in("store")) {
        let Some(right) = right_of(&document, &operation) else { continue };
        let passed = operation.tried_by(&member).await.status != 403;
        assert_eq!(passed, role.holds(right), "{} takes {}", operation.id, right.key());
        if passed {
            open.push(operation.id);
        }
    }
    open.sort_unstable();
    app.leave_jobs("whatever an empty body has begun");
    open
}

#[tokio::test]
async fn what_fulfilment_may_do_is_a_list_that_somebody_has_read() {
    insta::assert_json_snapshot!(open_to(MemberRole::Fulfilment).await);
}

#[tokio::test]
async fn what_support_may_do_is_a_list_that_somebody_has_read() {
    insta::assert_json_snapshot!(open_to(MemberRole::Support).await);
}
