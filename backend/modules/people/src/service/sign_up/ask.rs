//! Asking for a store with an address that may have an account or not: the answer is the same, and the mail tells.

use chrono::{DateTime, Utc};
use orion_framework::Services;
use orion_framework::db::{AuditEntry, DbError, PlatformTx};
use orion_framework::gate::Anonymous;
use orion_framework::job::JobOptions;
use orion_framework::mail::{self, Secret};
use orion_framework::problem::FieldErrors;
use orion_tenancy::{OwnStore, TenancyError, is_code_free};
use orion_types::people::{CodeAvailability, CreateSignUp, SignUpOffer};
use orion_types::{NO_STORE, PlatformId, validation};
use uuid::Uuid;

use super::super::{MOST_LINKS, brake};
use super::{LIFETIME, host_of, open_policy, platform_of};
use crate::error::PeopleError;
use crate::jobs::SendSignUp;
use crate::letter::Letter;
use crate::links;
use crate::queries::people::{self, PlatformRow};
use crate::queries::sign_up_policies::{self as policies, SignUpPolicyRow};
use crate::queries::sign_ups::{self, SignUpRow};
use crate::queries::users;
use crate::token::Token;

/// What is offered at the host of the request; nothing where people open no stores by themselves.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn offer(anybody: &Anonymous) -> Result<SignUpOffer, PeopleError> {
    let closed = SignUpOffer {
        open: false,
        platform: String::new(),
        domain: String::new(),
        terms_url: String::new(),
        terms_version: String::new(),
    };
    let Some(platform) = host_of(anybody.context()).cloned() else {
        return Ok(closed);
    };
    let id = platform.id.0;
    let look = move |tx: &mut PlatformTx| {
        tx.no_audit("a look at the policy");
        Ok::<_, PeopleError>(policies::find(tx.conn(), id)?)
    };
    let policy = anybody.platform_tx(look).await?.filter(|policy| policy.allowed);
    let named = SignUpOffer {
        platform: platform.name.clone(),
        domain: platform.domain.clone(),
        ..closed
    };
    Ok(match policy {
        Some(policy) => SignUpOffer {
            open: true,
            terms_url: policy.terms_url,
            terms_version: policy.terms_version,
            ..named
        },
        None => named,
    })
}

/// Whether a store could have a code, while it is typed. Shops' addresses are no secret: whoever follows one sees whether there is a shop.
///
/// # Errors
/// When the database does not answer.
pub(crate) async fn check_code(anybody: &Anonymous, typed: &str) -> Result<CodeAvailability, PeopleError> {
    let refused = |code: &str, reason: String| CodeAvailability {
        code: code.to_owned(),
        available: false,
        reason,
    };
    let code = match orion_tenancy::check_code(typed) {
        Ok(code) => code,
        Err(rule) => return Ok(refused("", rule.to_string())),
    };
    let Some(platform) = host_of(anybody.context()).cloned() else {
        return Ok(refused(&code, "is nobody's to choose here".to_owned()));
    };
    let (id, wanted) = (platform.id, code.clone());
    let look = move |tx: &mut PlatformTx| {
        tx.no_audit("a look at what is free");
        if policies::find(tx.conn(), id.0)?.is_none_or(|policy| !policy.allowed) {
            return Ok(None);
        }
        is_code_free(tx, id, &wanted).map(Some)
    };
    Ok(match anybody.platform_tx(look).await? {
        Some(true) => CodeAvailability {
            code,
            available: true,
            reason: String::new(),
        },
        Some(false) => refused(&code, "is taken by another store".to_owned()),
        None => refused(&code, "is nobody's to choose here".to_owned()),
    })
}

/// Notes that somebody wants to open a store. Whether the address has an account is not looked at before the answer is given.
///
/// # Errors
/// [`PeopleError::SignUpClosed`], [`TenancyError::CodeTaken`], the brake, and fields that are wrong.
pub(crate) async fn ask(anybody: &Anonymous, asked: CreateSignUp) -> Result<(), PeopleError> {
    let platform = platform_of(anybody.context())?;
    let email = validation::normalise_email(&asked.email);
    brake(anybody, platform.id.0, &format!("sign-up {email}"))?;
    let id = platform.id;
    let note = move |tx: &mut PlatformTx| note(tx, id, &asked);
    anybody.platform_tx(note).await
}

fn note(tx: &mut PlatformTx, platform: PlatformId, asked: &CreateSignUp) -> Result<(), PeopleError> {
    tx.no_audit("nobody has proved who they are; the mail is noted");
    let policy = open_policy(tx, platform.0)?;
    let mut errors = FieldErrors::default();
    let email = errors.check("/email", validation::email(&asked.email));
    let store = OwnStore::parse((&asked.name, &asked.code), &asked.currency, &asked.locale, &mut errors);
    check_terms(&policy, asked.terms_version.as_deref(), &mut errors);
    errors.into_result()?;
    let (Some(email), Some(store)) = (email, store) else {
        return Err(DbError::NotFound.into());
    };
    if !is_code_free(tx, platform, store.code())? {
        return Err(TenancyError::CodeTaken("/code").into());
    }
    let id = tx.new_id();
    let row = row((id, tx.now()), &policy, email, &store);
    sign_ups::insert(tx.conn(), &row)?;
    tx.enqueue_with(NO_STORE, &SendSignUp { id }, JobOptions::default());
    Ok(())
}

/// A store that is asked for now.
pub(super) fn row((id, now): (Uuid, DateTime<Utc>), policy: &SignUpPolicyRow, email: String, store: &OwnStore) -> SignUpRow {
    SignUpRow {
        id,
        platform_id: policy.platform_id,
        email,
        name: store.name().to_owned(),
        code: store.code().to_owned(),
        currency: store.currency().code().to_owned(),
        locale: store.locale().to_owned(),
        terms_url: policy.terms_url.clone(),
        terms_version: policy.terms_version.clone(),
        accepted_at: now,
        token_hash: None,
        made_store: None,
        made_user: None,
        created_at: now,
        expires_at: now + LIFETIME,
    }
}

/// What is accepted is what can be read now, and not what the page showed an hour ago.
pub(super) fn check_terms(policy: &SignUpPolicyRow, accepted: Option<&str>, errors: &mut FieldErrors) {
    let accepted = accepted.unwrap_or_default();
    if accepted == policy.terms_version {
        return;
    }
    if accepted.is_empty() {
        errors.add("/terms_version", "not_accepted", "must be accepted");
    } else {
        errors.add(
            "/terms_version",
            "stale",
            "is not the present version of the terms: load the page anew and read them",
        );
    }
}

/// Sends the mail about a store that was asked for: the link, or where to sign in. Names and codes that somebody has typed are in neither, since nobody
/// knows yet whose mailbox that is, and a code has room for a sentence.
pub(crate) fn send_link(tx: &mut PlatformTx, services: &Services, id: Uuid) -> Result<(), PeopleError> {
    let now = tx.now();
    let Some(row) = sign_ups::lock_unsent(tx.conn(), id, now)? else {
        tx.no_audit("it is over, or was sent");
        return Ok(());
    };
    let platform = people::list_platforms(tx.conn(), &[row.platform_id])?.pop();
    let sent = sign_ups::count_since(tx.conn(), &row.email, now - LIFETIME)?;
    let Some(platform) = platform.filter(|platform| platform.active && sent <= MOST_LINKS) else {
        tx.no_audit("as many as there may be were sent");
        return Ok(());
    };
    let origin = services.config.origin();
    if users::find_id(tx.conn(), &row.email)?.is_some() {
        let letter = account_letter(&platform, links::sign_up(&origin, &platform.domain));
        let mail = letter.to(&row.email, format!("sign-up:{id}"));
        mail::queue_for_platform(tx, services, &mail, None)?;
    } else {
        let token = Token::random();
        sign_ups::set_token(tx.conn(), id, &token.hash())?;
        let letter = link_letter(&platform, links::sign_up_confirm(&origin, &platform.domain));
        let mail = letter.to(&row.email, format!("sign-up:{id}"));
        let secret = Secret::lock(&services.vault, &mail, token.reveal())?;
        mail::queue_for_platform(tx, services, &mail, Some(secret))?;
    }
    let entry = AuditEntry::new("sign_up.mail_sent", "sign_ups", id);
    tx.audit(None, entry.note("platform", &platform.code).note("code", &row.code));
    Ok(())
}

fn link_letter(platform: &PlatformRow, url: String) -> Letter {
    Letter {
        subject: format!("Open your shop on {}", platform.name),
        paragraphs: vec![
            "Hello,".to_owned(),
            format!(
                "somebody, most likely you, wants to open a shop on {} with this address. Confirm it, and the shop is there.",
                platform.name
            ),
        ],
        link: Some(("Open the shop".to_owned(), url)),
        closing: vec!["The link works once and within a day. If it was not you, there is nothing to do: no shop is opened.".to_owned()],
    }
}

fn account_letter(platform: &PlatformRow, url: String) -> Letter {
    Letter {
        subject: format!("You have an account on {} already", platform.name),
        paragraphs: vec![
            "Hello,".to_owned(),
            "somebody, most likely you, wants to open a shop with this address, which has an account already. Sign in with it to open the shop."
                .to_owned(),
        ],
        link: Some(("Sign in and open the shop".to_owned(), url)),
        closing: vec!["If it was not you, there is nothing to do: no shop is opened.".to_owned()],
    }
}
