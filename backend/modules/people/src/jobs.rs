//! Jobs that write mails with links, and one that ends what has had its time. What they are given holds no secret: a token is made when they run.

use orion_framework::auth::UserArea;
use orion_framework::job::{Job, JobContext, JobError, JobOptions, typed};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::service::{customer_passwords, impersonation, sign_up, user_passwords};

/// Sends a user a link, if there is one with this address.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SendUserLink {
    pub(crate) area: String,
    pub(crate) email: String,
}

impl Job for SendUserLink {
    const KIND: &'static str = "people.send_user_link";
}

/// Sends a customer of the store a link, if there is one with this address.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SendCustomerLink {
    pub(crate) email: String,
}

impl Job for SendCustomerLink {
    const KIND: &'static str = "people.send_customer_link";
}

/// Sends whoever wants to open a store the link that confirms their address.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct SendSignUp {
    pub(crate) id: Uuid,
}

impl Job for SendSignUp {
    const KIND: &'static str = "people.send_sign_up";
}

/// Writes down that an impersonation of the store is over.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct EndImpersonation {
    pub(crate) id: Uuid,
}

impl Job for EndImpersonation {
    const KIND: &'static str = "people.end_impersonation";
}

/// Who asks twice before the first mail is written gets one.
pub(crate) fn one_for(key: String) -> JobOptions {
    JobOptions {
        unique_key: Some(key),
        ..JobOptions::default()
    }
}

pub(crate) async fn send_user_link(context: JobContext, payload: Value) -> Result<(), JobError> {
    let SendUserLink { area, email } = typed(&payload)?;
    let area = if area == UserArea::Admin.audience().as_str() {
        UserArea::Admin
    } else {
        UserArea::Store
    };
    let services = context.services().clone();
    context
        .platform_tx(move |tx| user_passwords::send_link(tx, &services, area, &email))
        .await
}

pub(crate) async fn send_customer_link(context: JobContext, payload: Value) -> Result<(), JobError> {
    let SendCustomerLink { email } = typed(&payload)?;
    let vault = context.services().vault.clone();
    context.last_tx(move |tx| customer_passwords::send_link(tx, &vault, &email)).await
}

pub(crate) async fn send_sign_up(context: JobContext, payload: Value) -> Result<(), JobError> {
    let SendSignUp { id } = typed(&payload)?;
    let services = context.services().clone();
    context.platform_tx(move |tx| sign_up::send_link(tx, &services, id)).await
}

pub(crate) async fn end_impersonation(context: JobContext, payload: Value) -> Result<(), JobError> {
    let EndImpersonation { id } = typed(&payload)?;
    context.last_tx(move |tx| impersonation::close(tx, id)).await
}
