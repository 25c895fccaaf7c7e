//! Whoever reads a request beside its gate waits until the gate has let it through: nobody who may not do something learns whether they would
//! have done it right.

use actix_web::{HttpMessage, HttpRequest};
use futures_util::FutureExt;
use futures_util::future::Shared;
use tokio::sync::oneshot;

/// What waits at a gate.
#[derive(Clone)]
struct Waiting(Shared<oneshot::Receiver<()>>);

/// A gate that is shut until it is opened or dropped.
pub(super) struct Shut(oneshot::Sender<()>);

impl Shut {
    /// Shuts the gate of a request; extractors that come after it in a handler's signature wait.
    pub(super) fn of(request: &HttpRequest) -> Self {
        let (open, opened) = oneshot::channel();
        request.extensions_mut().insert(Waiting(opened.shared()));
        Self(open)
    }

    /// Lets them through.
    pub(super) fn open(self) {
        if self.0.send(()).is_err() {
            tracing::trace!("nobody waits at the gate: the handler reads neither body nor query");
        }
    }
}

/// Waits until the gate has let the request through. Where it has not, the request has been answered already.
pub(crate) fn passed(request: &HttpRequest) -> impl Future<Output = ()> + use<> {
    let waiting = request.extensions().get::<Waiting>().cloned();
    async move {
        if let Some(Waiting(opened)) = waiting {
            drop(opened.await);
        }
    }
}
