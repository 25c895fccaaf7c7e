//! `/api/v1/store/settings/bank-transfer`

use orion_tests::{Client, TestApp};
use serde_json::{Value, json};

const PATH: &str = "/settings/bank-transfer";

fn account() -> Value {
    json!({
        "account_holder": "Acme S.à r.l.",
        "account_number": "lu280019400644750000",
        "bank_name": "Banque de l'Exemple",
        "bank_code": "exmplull",
        "instructions": "Thank you!",
    })
}

async fn version(client: &Client) -> String {
    client.get(PATH).await.is(200).header("etag").expect("a version").to_owned()
}

#[tokio::test]
async fn whoever_pays_by_transfer_is_told_where_to_and_with_which_reference() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let tag = version(&owner).await;
    let saved = owner.with("if-match", &tag).put(PATH, account()).await.is(200);
    assert_eq!(saved.json["account_number"], "LU28 0019 4006 4475 0000");

    let mug = app.sell_one("acme", "Mug", 1200, 5).await;
    let buyer = app.buyer("acme", &[(mug, 2)]).await;
    let placed = buyer.buy().await.is(201);
    let confirmation = &placed.json["confirmation"];
    let expected = format!(
        "Please transfer €24.00 to:\nAccount holder: Acme S.à r.l.\nIBAN: LU28 0019 4006 4475 0000\nBIC: EXMPLULL\n\
         Bank: Banque de l'Exemple\nReference: {}\n\nThank you!",
        confirmation["number"]
    );
    assert_eq!(confirmation["payment_instructions"], json!(expected));
    let details = confirmation["payment_details"].as_array().expect("details");
    assert!(
        details.contains(&json!({ "label": "IBAN", "value": "LU28 0019 4006 4475 0000", "copyable": true })),
        "{details:?}"
    );
    assert!(
        details.contains(&json!({ "label": "Amount", "value": "€24.00", "copyable": false })),
        "{details:?}"
    );
    let question = json!({ "number": confirmation["number"], "email": buyer.email });
    let tracked = buyer.client.post("/orders/track", question).await.is(200);
    assert_eq!(tracked.json["payment_instructions"], json!(expected));
    app.run_jobs().await;
    let mail = app.text("SELECT text_body FROM mail_messages");
    assert!(mail.contains(&expected), "{mail}");

    // What is paid needs no account any more.
    let order = placed.json["order_id"].as_str().expect("an order");
    owner.post(&format!("/orders/{order}/mark-paid"), json!({})).await.is(200);
    let lookup = json!({ "order_id": order, "access_token": placed.json["access_token"] });
    let paid = buyer.client.post("/orders/lookup", lookup).await.is(200);
    assert_eq!(paid.json["payment_instructions"], json!(""));
    assert!(paid.json["payment_details"].is_null());
    app.run_jobs().await;
}

#[tokio::test]
async fn an_account_that_cannot_be_one_is_refused_by_name() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    let owner = owner.with("if-match", &version(&owner).await);
    for (field, value) in [
        ("account_number", "LU29 0019 4006 4475 0000"),
        ("account_number", ""),
        ("account_holder", " "),
        ("bank_code", "EXMP"),
    ] {
        let mut wrong = account();
        wrong[field] = json!(value);
        owner
            .put(PATH, wrong)
            .await
            .refused(422, "framework.invalid")
            .at(&format!("/{field}"));
    }
    assert_eq!(
        app.count("SELECT count(*) FROM store_settings WHERE key = 'payments.bank_transfer'"),
        0
    );
}

#[tokio::test]
async fn a_change_is_kept_with_who_made_it_and_does_not_overwrite_another() {
    let app = TestApp::start().await;
    let owner = app.owner("acme").await;
    owner.put(PATH, account()).await.refused(428, "framework.precondition_required");
    let tag = version(&owner).await;
    owner.with("if-match", &tag).put(PATH, account()).await.is(200);
    owner
        .with("if-match", &tag)
        .put(PATH, account())
        .await
        .refused(412, "framework.stale");
    let audited =
        "SELECT changes->'account_number'->>'after' FROM audit_log WHERE action = 'bank_transfer.updated' AND actor_kind = 'user'";
    assert_eq!(app.text(audited), "…0000", "the log need not know the whole number");
    // The other shop has nothing of it.
    let other = app.owner("globex").await.get(PATH).await.is(200);
    assert_eq!(
        (other.json["account_number"].as_str(), other.json["version"].as_i64()),
        (Some(""), Some(0))
    );
    let empty = json!({ "account_holder": "", "account_number": "" });
    let tag = version(&owner).await;
    owner.with("if-match", &tag).put(PATH, empty).await.is(200);
    assert_eq!(owner.get(PATH).await.is(200).json["account_number"], "");
}
