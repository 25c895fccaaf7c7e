//! Whether the customer is signed in.

use leptos::prelude::*;
use orion_client::{Session, SessionState};
use orion_types::auth::CustomerProfile;

use crate::browser::browser_memory;
use crate::shop::shop;

/// The customer of this tab.
#[derive(Clone, Copy)]
pub struct Account {
    /// The session.
    pub session: Session,
    /// The profile, once it is here.
    pub profile: RwSignal<Option<CustomerProfile>>,
    /// The profile has been asked for, whether or not it came.
    profile_asked: RwSignal<bool>,
    /// Nobody was signed in when the page was opened, so nobody is asked.
    known_guest: RwSignal<bool>,
    /// The customer is signing out and on the way to the shop.
    leaving: RwSignal<bool>,
}

/// Where this browser remembers that somebody has signed in.
fn hint() -> String {
    format!("orion.signed-in{}", shop().base)
}

fn is_hinted() -> bool {
    browser_memory().is_some_and(|memory| memory.get_item(&hint()).is_ok_and(|hint| hint.is_some()))
}

/// The account, which the root component has put into the context.
pub fn use_account() -> Account {
    expect_context::<Account>()
}

impl Account {
    /// The account of this tab; tries the session's cookie where one was left.
    pub fn start(session: Session) -> Self {
        let hinted = is_hinted();
        let account = Self {
            session,
            profile: RwSignal::new(None),
            profile_asked: RwSignal::new(false),
            known_guest: RwSignal::new(!hinted),
            leaving: RwSignal::new(false),
        };
        if hinted {
            // Without the hint most visitors' first call would be one that has to fail.
            leptos::task::spawn_local(async move { session.restore().await });
        }
        orion_ui::watch(move || {
            let state = session.state().get();
            let Some(memory) = browser_memory() else { return };
            match state {
                SessionState::SignedIn => memory.set_item(&hint(), "1").ok(),
                SessionState::SignedOut => memory.remove_item(&hint()).ok(),
                SessionState::Restoring => None,
            };
        });
        orion_ui::watch(move || match session.state().get() {
            SessionState::SignedIn => leptos::task::spawn_local(async move { account.refresh().await }),
            _ => account.profile.set(None),
        });
        account
    }

    /// Reads the profile anew, of whoever is signed in.
    pub async fn refresh(&self) {
        if self.session.state().get_untracked() != SessionState::SignedIn {
            return;
        }
        if let Ok(profile) = self.session.optional().get::<CustomerProfile>("/account").await {
            self.profile.try_set(Some(profile));
        }
        self.profile_asked.try_set(true);
    }

    /// Whether what hangs on the profile can be shown: it is here, or it is known not to come.
    pub fn profile_settled(&self) -> bool {
        self.profile_asked.get()
    }

    /// Whether somebody is signed in; `None` while it is not known.
    pub fn signed_in(&self) -> Option<bool> {
        match self.session.state().get() {
            SessionState::SignedIn => Some(true),
            SessionState::SignedOut => Some(false),
            SessionState::Restoring => self.known_guest.get().then_some(false),
        }
    }

    /// Signs out and calls `then`; only then, because a page that is left takes its calls with it.
    pub fn sign_out(&self, then: impl FnOnce() + 'static) {
        let Self { session, leaving, .. } = *self;
        leaving.set(true);
        leptos::task::spawn_local(async move {
            session.logout().await;
            then();
        });
    }

    /// Whether a page for customers has to ask who is there: not of somebody who has just signed out.
    pub fn must_sign_in(&self) -> bool {
        self.signed_in() == Some(false) && !self.leaving.get_untracked()
    }

    /// Starts anew where somebody has signed in or out since the page was left.
    pub fn check_again(&self) {
        let known = self.session.state().get_untracked() == SessionState::SignedIn;
        if is_hinted() != known {
            window().location().reload().ok();
        }
    }
}
