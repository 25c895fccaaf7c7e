//! How slowly a body may arrive: a connection that is held open by a byte a second is one that somebody else does not get.

use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use bytes::Bytes;
use futures_util::Stream;
use tokio::time::{Instant, Sleep, sleep_until};

/// Bytes a second that a body has to make after its grace; a telephone at the edge of its net is faster.
const SLOWEST: u64 = 2 << 10;

/// A body that has to keep up its pace.
struct Paced {
    body: Payload,
    grace: Duration,
    began: Instant,
    arrived: u64,
    /// When it is too late unless more has come.
    late: Pin<Box<Sleep>>,
}

impl Paced {
    fn new(body: Payload, grace: Duration) -> Self {
        let began = Instant::now();
        Self {
            body,
            grace,
            began,
            arrived: 0,
            late: Box::pin(sleep_until(began + grace)),
        }
    }

    /// The time that so many bytes may take.
    fn allowed(&self) -> Duration {
        self.grace + Duration::from_millis(self.arrived * 1000 / SLOWEST)
    }
}

impl Stream for Paced {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let paced = self.get_mut();
        if let Poll::Ready(next) = Pin::new(&mut paced.body).poll_next(context) {
            if let Some(Ok(bytes)) = &next {
                paced.arrived = paced.arrived.saturating_add(bytes.len() as u64);
                let until = paced.began + paced.allowed();
                paced.late.as_mut().reset(until);
            }
            return Poll::Ready(next);
        }
        ready!(paced.late.as_mut().poll(context));
        let told = Error::new(ErrorKind::TimedOut, "the body arrives too slowly");
        Poll::Ready(Some(Err(PayloadError::Io(told))))
    }
}

/// Sees to it that the body of a request keeps its pace: `grace` from its first look, and then two kilobytes a second on the whole.
pub(crate) fn keep_pace(request: &mut ServiceRequest, grace: Duration) {
    match request.take_payload() {
        Payload::None => {}
        body => {
            let paced: Pin<Box<dyn Stream<Item = Result<Bytes, PayloadError>>>> = Box::pin(Paced::new(body, grace));
            request.set_payload(Payload::Stream { payload: paced });
        }
    }
}

/// Whether a body broke off because it was too slow.
pub fn is_too_slow(error: &PayloadError) -> bool {
    matches!(error, PayloadError::Io(error) if error.kind() == ErrorKind::TimedOut)
}

#[cfg(test)]
mod tests {
    use futures_util::StreamExt;

    use super::*;

    fn drip(every: Duration, bytes: usize) -> Payload {
        let payload = futures_util::stream::unfold((), move |()| async move {
            tokio::time::sleep(every).await;
            Some((Ok(Bytes::from(vec![b'x'; bytes])), ()))
        });
        Payload::Stream {
            payload: Box::pin(payload),
        }
    }

    async fn lasts(every: u64, bytes: usize) -> Duration {
        let began = Instant::now();
        let mut paced = Paced::new(drip(Duration::from_millis(every), bytes), Duration::from_millis(200));
        while let Some(Ok(_)) = paced.next().await {
            if began.elapsed() > Duration::from_millis(900) {
                break;
            }
        }
        began.elapsed()
    }

    #[tokio::test]
    async fn what_drips_ends_and_what_is_slow_and_goes_on_does_not() {
        let (drips, flows, stands) = tokio::join!(lasts(20, 1), lasts(20, 1 << 10), lasts(3_600_000, 1));
        assert!(drips < Duration::from_millis(800), "{drips:?}");
        assert!(flows > Duration::from_millis(900), "{flows:?}");
        assert!(stands < Duration::from_millis(800), "{stands:?}");
    }
}
