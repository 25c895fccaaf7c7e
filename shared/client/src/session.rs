//! Being signed in: the access token lives in memory only; the refresh token is a cookie that the browser keeps to itself.

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};
use leptos::prelude::*;
use orion_types::auth::{AccessToken, AnswerChallenge, LoginRequest};
use orion_types::passkey::LoginWithPasskey;

use crate::{ApiError, Client, SessionClient};

/// Whether somebody is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionState {
    /// Not known yet: the cookie is being tried.
    Restoring,
    /// Nobody is.
    SignedOut,
    /// Somebody is.
    SignedIn,
}

type Renewal = Shared<LocalBoxFuture<'static, bool>>;

/// The session of this tab. Cheap to copy; put it into the context of the app.
#[derive(Clone, Copy)]
pub struct Session {
    client: StoredValue<Client>,
    token: RwSignal<Option<String>>,
    state: RwSignal<SessionState>,
    /// The renewal that is under way: calls that fail at the same time share it, or they would spend the refresh token twice.
    renewal: StoredValue<Option<Renewal>, LocalStorage>,
}

impl Session {
    /// A session at the API below a prefix; nothing is asked yet.
    pub fn new(api: impl Into<String>) -> Self {
        Self {
            client: StoredValue::new(Client::new(api)),
            token: RwSignal::new(None),
            state: RwSignal::new(SessionState::Restoring),
            renewal: StoredValue::new_local(None),
        }
    }

    /// Whether somebody is signed in, to be tracked.
    pub fn state(&self) -> Signal<SessionState> {
        self.state.into()
    }

    /// The client for calls that need nobody.
    pub fn public(&self) -> Client {
        self.client.get_value()
    }

    /// The client for calls that need somebody; `None` while nobody is signed in.
    pub fn client(&self) -> Option<SessionClient> {
        (self.state.get_untracked() == SessionState::SignedIn).then(|| SessionClient::new(*self))
    }

    /// The present token; for calls that work with and without somebody, such as the cart's.
    pub(crate) fn token(&self) -> Option<String> {
        self.token.get_untracked()
    }

    /// The client for calls that work for guests too and carry the session when there is one.
    pub fn optional(&self) -> SessionClient {
        SessionClient::new(*self)
    }

    /// Tries the cookie once; afterwards the state is known.
    pub async fn restore(&self) {
        self.renew().await;
    }

    /// Signs in.
    pub async fn login(&self, request: &LoginRequest) -> Result<(), ApiError> {
        let token: AccessToken = self.public().post("/auth/login", request).await?;
        self.accept(token);
        Ok(())
    }

    /// Signs in with the code that a right password has asked for (see [`ApiError::challenge`]).
    pub async fn answer(&self, answer: &AnswerChallenge) -> Result<(), ApiError> {
        let token: AccessToken = self.public().post("/auth/second-factor", answer).await?;
        self.accept(token);
        Ok(())
    }

    /// Signs in with what a device has signed.
    pub async fn login_with_passkey(&self, signed: &LoginWithPasskey) -> Result<(), ApiError> {
        let token: AccessToken = self.public().post("/auth/passkey", signed).await?;
        self.accept(token);
        Ok(())
    }

    /// Takes over a token that another call has brought, such as registering.
    pub fn accept(&self, token: AccessToken) {
        let session = *self;
        // Renewed a little early, so that no call meets an expired token.
        let wait = token.expires_in.saturating_sub(30).max(10) * 1_000;
        self.token.set(Some(token.access_token.clone()));
        self.state.set(SessionState::SignedIn);
        gloo_timers::callback::Timeout::new(wait, move || {
            let still_ours = session.token.try_get_untracked().flatten().as_deref() == Some(token.access_token.as_str());
            if still_ours {
                wasm_bindgen_futures::spawn_local(async move {
                    session.renew().await;
                });
            }
        })
        .forget();
    }

    /// Signs out, here and at the server.
    pub async fn logout(&self) {
        let done: Result<(), ApiError> = self.optional().post("/auth/logout", &()).await;
        if let Err(error) = done {
            leptos::logging::warn!("signing out at the server failed: {}", error.message());
        }
        self.forget();
    }

    /// Waits for a renewal that is under way, so that somebody who is being signed in is not taken for a guest.
    pub(crate) async fn settled(&self) {
        if let Some(renewal) = self.renewal.get_value() {
            renewal.await;
        }
    }

    /// Gets the token that follows a refused one; another call may have got it already.
    pub(crate) async fn renew_after(&self, refused: Option<&str>) -> bool {
        match (refused, self.token()) {
            (None, _) => false,
            (Some(refused), Some(present)) if present != refused => true,
            (Some(_), _) => self.renew().await,
        }
    }

    fn forget(&self) {
        self.token.set(None);
        self.state.set(SessionState::SignedOut);
    }

    /// Gets a new token with the cookie; false when the session has ended.
    pub(crate) async fn renew(&self) -> bool {
        let under_way = self.renewal.get_value();
        if let Some(renewal) = under_way {
            return renewal.await;
        }
        let session = *self;
        let renewal = async move {
            let answer: Result<AccessToken, ApiError> = session.public().post("/auth/refresh", &()).await;
            let renewed = match answer {
                Ok(token) => {
                    session.accept(token);
                    true
                }
                Err(error) => {
                    // Only the server's word ends a session; a line that is down for a moment does not.
                    if matches!(error.status(), Some(401 | 403 | 404)) || session.token().is_none() {
                        session.forget();
                    }
                    false
                }
            };
            session.renewal.set_value(None);
            renewed
        };
        let renewal = renewal.boxed_local().shared();
        self.renewal.set_value(Some(renewal.clone()));
        // On its own feet: the caller may leave the page before the new token is here.
        wasm_bindgen_futures::spawn_local(renewal.clone().map(drop));
        renewal.await
    }
}
