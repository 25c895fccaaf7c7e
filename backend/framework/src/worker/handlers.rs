//! Who runs which job and hears which event.

use std::collections::HashMap;

use crate::event::{Handle, Hears};
use crate::job::{JobHandler, JobRun};
use crate::module::Module;

/// All handlers of this build.
pub struct Handlers {
    kinds: HashMap<String, Registered>,
    listeners: Vec<Listener>,
    /// The module that publishes an event.
    publishers: HashMap<&'static str, &'static str>,
}

/// How a kind runs, and the module that must be on for it.
#[derive(Clone, Copy)]
pub(super) struct Registered {
    /// `None` for the framework's own jobs.
    pub(super) module: Option<&'static str>,
    pub(super) run: Run,
}

/// What runs.
#[derive(Clone, Copy)]
pub(super) enum Run {
    /// A job that somebody queued.
    Job(JobRun),
    /// What a listener does about an event.
    Event(Handle),
}

/// Whose places a job takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    /// What somebody waits for.
    Prompt,
    /// What may take minutes.
    Bulk,
    /// What nobody waits for.
    Idle,
    /// What waits for servers of strangers.
    Outbound,
}

impl Registered {
    fn lane(&self) -> Lane {
        match self.run {
            Run::Job(JobRun::Bulk(_)) => Lane::Bulk,
            Run::Job(JobRun::Idle(_)) => Lane::Idle,
            Run::Job(JobRun::Outbound(_)) => Lane::Outbound,
            Run::Job(JobRun::Store(_) | JobRun::Together(_) | JobRun::Platform(_) | JobRun::Async(_)) | Run::Event(_) => Lane::Prompt,
        }
    }
}

/// A handler of events.
pub(super) struct Listener {
    hears: Hears,
    /// Its own name.
    pub(super) name: &'static str,
    pub(super) module: &'static str,
    /// Whether it is told what one look has found in one job.
    pub(super) in_batches: bool,
    /// The kind of the job that delivers to it.
    pub(super) kind: String,
}

impl Listener {
    /// Whether it is to be told what happens in a store where these listeners are asked for.
    pub(super) fn is_wanted(&self, asked: &[String]) -> bool {
        !self.hears.is_asked_for() || asked.iter().any(|name| name == self.name)
    }
}

/// Two handlers share a name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("two handlers are called {0:?}")]
pub struct HandlerError(pub String);

impl Handlers {
    /// Collects the handlers of the modules and the framework's own jobs.
    ///
    /// # Errors
    /// When two share a name.
    pub fn new(modules: &[&'static Module], framework_jobs: &[JobHandler]) -> Result<Self, HandlerError> {
        let mut handlers = Self {
            kinds: HashMap::new(),
            listeners: Vec::new(),
            publishers: HashMap::new(),
        };
        for job in framework_jobs {
            handlers.add(job.kind.to_owned(), None, Run::Job(job.run))?;
        }
        for module in modules {
            handlers.publishers.extend(module.emits.iter().map(|event| (*event, module.id)));
            for job in module.jobs {
                handlers.add(job.kind.to_owned(), Some(module.id), Run::Job(job.run))?;
            }
            for handler in module.events {
                // A delivery is a job like any other, so it has retries, leases and dead letters without code of its own.
                let kind = format!("event:{}", handler.name);
                handlers.add(kind.clone(), Some(module.id), Run::Event(handler.handle))?;
                handlers.listeners.push(Listener {
                    hears: handler.hears,
                    name: handler.name,
                    module: module.id,
                    in_batches: matches!(handler.handle, Handle::Batch(_)),
                    kind,
                });
            }
        }
        Ok(handlers)
    }

    fn add(&mut self, kind: String, module: Option<&'static str>, run: Run) -> Result<(), HandlerError> {
        if self.kinds.contains_key(&kind) {
            return Err(HandlerError(kind));
        }
        self.kinds.insert(kind, Registered { module, run });
        Ok(())
    }

    pub(super) fn get(&self, kind: &str) -> Option<Registered> {
        self.kinds.get(kind).copied()
    }

    /// Whether jobs of a kind share transactions.
    pub(super) fn are_done_together(&self, kind: &str) -> bool {
        matches!(
            self.get(kind),
            Some(Registered {
                run: Run::Job(JobRun::Together(_)),
                ..
            })
        )
    }

    /// Who hears an event.
    pub(super) fn listeners(&self, event: &str) -> impl Iterator<Item = &Listener> {
        let publisher = self.publishers.get(event).copied();
        self.listeners
            .iter()
            .filter(move |listener| listener.hears.includes(event, publisher))
    }

    /// Every kind of some lanes, with the module that must be on for it.
    pub(super) fn kinds(&self, lanes: &[Lane]) -> impl Iterator<Item = (&str, Option<&'static str>)> {
        let wanted = self.kinds.iter().filter(|(_, registered)| lanes.contains(&registered.lane()));
        wanted.map(|(kind, registered)| (kind.as_str(), registered.module))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::EventHandler;

    static SHOP: Module = Module {
        id: "shop",
        events: &[EventHandler {
            hears: Hears::Event("shop.opened"),
            name: "shop.greet",
            handle: Handle::Each(|_, _| Ok(())),
        }],
        jobs: &[JobHandler {
            kind: "shop.sweep",
            run: JobRun::Store(|_, _| Ok(())),
        }],
        ..Module::EMPTY
    };
    static ECHO: Module = Module {
        id: "echo",
        events: &[EventHandler {
            hears: Hears::Event("shop.opened"),
            name: "echo.greet",
            handle: Handle::Each(|_, _| Ok(())),
        }],
        ..Module::EMPTY
    };
    static COPYCAT: Module = Module {
        id: "copycat",
        events: &[EventHandler {
            hears: Hears::Event("shop.closed"),
            name: "shop.greet",
            handle: Handle::Each(|_, _| Ok(())),
        }],
        ..Module::EMPTY
    };

    #[test]
    fn every_handler_of_an_event_gets_a_job_of_its_own() {
        let handlers = Handlers::new(&[&SHOP, &ECHO], &[]).unwrap();
        let kinds: Vec<_> = handlers
            .listeners("shop.opened")
            .map(|listener| (listener.module, listener.kind.as_str()))
            .collect();
        assert_eq!(kinds, [("shop", "event:shop.greet"), ("echo", "event:echo.greet")]);
        assert_eq!(handlers.listeners("shop.closed").count(), 0);
        assert_eq!(handlers.get("shop.sweep").and_then(|registered| registered.module), Some("shop"));
    }

    #[test]
    fn two_handlers_with_one_name_are_refused() {
        let twice = [JobHandler {
            kind: "mail.send",
            run: JobRun::Store(|_, _| Ok(())),
        }; 2];
        assert_eq!(
            Handlers::new(&[&SHOP, &COPYCAT], &[]).err(),
            Some(HandlerError("event:shop.greet".to_owned()))
        );
        assert_eq!(Handlers::new(&[], &twice).err(), Some(HandlerError("mail.send".to_owned())));
    }
}
