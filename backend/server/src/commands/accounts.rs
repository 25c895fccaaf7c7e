//! `orion admin create` and `orion platform create`: the first steps of an installation.

use std::io::{IsTerminal, Read, stdin};
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Args;
use orion_framework::auth::check_new_password;
use orion_framework::db::{Actor, ActorKind, PlatformTx, RequestMeta};
use orion_framework::problem::{ModuleError, ProblemDraft};
use orion_people::PeopleError;
use orion_tenancy::{NewPlatform, NewUser, TenancyError, create_user, grant_admin};
use orion_types::auth::ResetSecondFactor;
use orion_types::status::{AdminRole, ModuleTier};
use orion_types::validation;

use super::database::with_services;

/// A super admin to be made.
#[derive(Debug, Args)]
pub struct NewAdmin {
    /// The e-mail address to sign in with.
    #[arg(long)]
    email: String,
    /// The name that others see.
    #[arg(long, default_value = "Administrator")]
    name: String,
    /// A file that holds the password.
    #[arg(long)]
    password_file: Option<PathBuf>,
}

/// Somebody who has lost their second factor.
#[derive(Debug, Args)]
pub struct LostFactor {
    /// The e-mail address of the account, an administrator's or that of somebody in a team.
    #[arg(long)]
    email: String,
    /// Why, and how it was made sure who asks; it stands in the audit log.
    #[arg(long)]
    reason: String,
}

/// A platform to be made.
#[derive(Debug, Args)]
pub struct NewPlatformArgs {
    /// Its code, such as `main`.
    #[arg(long)]
    code: String,
    /// Its name.
    #[arg(long)]
    name: String,
    /// Its domain; stores are one label below.
    #[arg(long)]
    domain: String,
    /// An optional module that is on from the start; all of them unless told.
    #[arg(long = "module")]
    modules: Vec<String>,
}

fn actor(command: &str) -> Actor {
    Actor {
        kind: ActorKind::Cli,
        id: None,
        label: command.to_owned(),
        impersonation: None,
    }
}

/// Makes an administrator of everything; refuses an address that has an account.
pub async fn create_admin(new: NewAdmin) -> anyhow::Result<()> {
    let email = validation::email(&new.email)
        .map_err(|rule| anyhow::anyhow!("--email {rule}"))?
        .to_string();
    let name = validation::name(&new.name)
        .map_err(|rule| anyhow::anyhow!("--name {rule}"))?
        .to_owned();
    let password = tokio::task::spawn_blocking(move || password(new.password_file.as_deref())).await??;
    check_new_password(&password, &[&email, &name]).map_err(|rule| anyhow::anyhow!("the password {rule}"))?;
    let told = email.clone();
    with_services(|services| async move {
        let password_hash = services.passwords.hash(&password).await?;
        let user = NewUser {
            email,
            name,
            password_hash,
        };
        let work = move |tx: &mut PlatformTx| {
            let id = create_user(tx, &user)?;
            grant_admin(tx, id, AdminRole::SuperAdmin, None)
        };
        let made = services
            .platform_tx(actor("orion admin create"), RequestMeta::default(), work)
            .await;
        made.map_err(|error| match error {
            TenancyError::EmailTaken => anyhow::anyhow!("there is an account with the address {told} already"),
            error => error.into(),
        })?;
        println!("{told} is a super admin now.");
        Ok(())
    })
    .await
}

/// Takes a second factor away; the way in for a super admin who has lost theirs and the recovery codes too.
pub async fn reset_second_factor(lost: LostFactor) -> anyhow::Result<()> {
    let told = lost.email.clone();
    with_services(|services| async move {
        let asked = ResetSecondFactor {
            email: lost.email,
            reason: lost.reason,
        };
        let parts = services.clone();
        let work = move |tx: &mut PlatformTx| orion_people::reset_second_factor(tx, parts.services(), &asked);
        services
            .platform_tx(actor("orion admin reset-second-factor"), RequestMeta::default(), work)
            .await
            .map_err(|error: PeopleError| anyhow::anyhow!(in_words(&error.problem()).unwrap_or_else(|| error.to_string())))?;
        println!("{told} signs in with the password alone now.");
        Ok(())
    })
    .await
}

/// One line from the file, from standard input, or typed without being shown.
fn password(file: Option<&Path>) -> anyhow::Result<String> {
    let text = match file {
        Some(file) => std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?,
        None if stdin().is_terminal() => {
            let typed = rpassword::prompt_password("Password: ")?;
            ensure!(typed == rpassword::prompt_password("Once more: ")?, "the two passwords differ");
            typed
        }
        None => {
            let mut text = String::new();
            stdin().read_to_string(&mut text).context("reading the password")?;
            text
        }
    };
    let line = text.strip_suffix('\n').unwrap_or(&text);
    Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
}

/// Makes a platform with its switches.
pub async fn create_platform(new: NewPlatformArgs) -> anyhow::Result<()> {
    with_services(|services| async move {
        let registry = services.modules.clone();
        let optional = registry.all().iter().filter(|module| module.tier == ModuleTier::Optional);
        let modules = if new.modules.is_empty() {
            optional.map(|module| module.id.to_owned()).collect()
        } else {
            new.modules
        };
        let (code, domain) = (new.code.clone(), new.domain.to_lowercase());
        let platform = NewPlatform {
            code: new.code,
            name: new.name,
            domain: new.domain,
            modules,
        };
        let work = move |tx: &mut PlatformTx| orion_tenancy::create_platform(tx, &registry, &platform);
        services
            .platform_tx(actor("orion platform create"), RequestMeta::default(), work)
            .await
            .map_err(|error| anyhow::anyhow!(explain(&error)))?;
        let admin = services.config.origin().of(&format!("admin.{domain}"));
        println!("The platform {code} is there; its administration is at {admin}/");
        Ok(())
    })
    .await
}

/// What is wrong in a sentence; fields by the names of their options.
fn explain(error: &TenancyError) -> String {
    if let TenancyError::Db(error) = error
        && (error.is_unique("platforms_code") || error.is_unique("platforms_domain"))
    {
        return "there is a platform with this code or domain already".to_owned();
    }
    in_words(&error.problem()).unwrap_or_else(|| error.to_string())
}

fn in_words(problem: &ProblemDraft) -> Option<String> {
    let fields = problem
        .errors
        .iter()
        .map(|field| format!("--{} {}", field.pointer.trim_start_matches('/'), field.detail));
    let fields = fields.collect::<Vec<_>>().join("; ");
    if fields.is_empty() { problem.detail.clone() } else { Some(fields) }
}
