//! The application: one stack around everything, the three APIs, what modules add at the root, and pages for the rest.

use std::ops::Deref;
use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::guard::{GuardContext, fn_guard};
use actix_web::middleware::from_fn;
use actix_web::{App, Error, web};
use orion_framework::Backend;
use orion_framework::http::stack::stack;
use orion_framework::module::{Configure, Module, Registry, Routes};
use serde_json::Value;
use utoipa::openapi::OpenApi;
use utoipa::openapi::tag::TagBuilder;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};

use crate::assets::Bundles;
use crate::openapi::{Documents, MethodTable, Owners};
use crate::{assets, openapi, pages, probes};

/// The backend as the server's own handlers find it. Handlers of modules cannot name this type, and so have to pass a gate.
#[derive(Clone)]
pub struct Hosted(Arc<Backend>);

impl Hosted {
    /// For a process that has only probes.
    pub fn new(backend: &Arc<Backend>) -> Self {
        Self(backend.clone())
    }
}

impl Deref for Hosted {
    type Target = Arc<Backend>;

    fn deref(&self) -> &Arc<Backend> {
        &self.0
    }
}

/// What the handlers of the server itself need beside [`Backend`].
pub struct Shared {
    /// The three apps.
    pub bundles: Bundles,
    /// The documents of the API.
    pub documents: Documents,
    /// Which methods a path of the API has, for 405.
    pub methods: MethodTable,
}

impl Shared {
    /// Loads the bundles and collects what the handlers say of themselves.
    pub fn new(registry: &Registry) -> Self {
        Self {
            bundles: Bundles::load(),
            documents: Documents::new(registry.clone()),
            methods: MethodTable::new(&collected(registry)),
        }
    }
}

/// The OpenAPI document of a set of modules, as it is published.
///
/// # Errors
/// When it cannot be written as JSON.
pub fn document(registry: &Registry) -> serde_json::Result<Value> {
    openapi::complete(&collected(registry), &owners(registry))
}

/// What the handlers say of themselves, collected from the same registrations that make the routes: all of them, also those that are not
/// published.
pub fn collected(registry: &Registry) -> OpenApi {
    let mut collected = collect(registry.all());
    let tags = registry.all().iter().flat_map(|module| module.tags);
    let tags = tags.map(|(name, told)| TagBuilder::new().name(*name).description(Some(*told)).build());
    collected.tags.get_or_insert_default().extend(tags);
    collected
}

/// Whose problems a path may answer with.
fn owners(registry: &Registry) -> Owners {
    let paths = registry.all().iter().flat_map(|module| {
        let paths = collect(&[*module]).paths.paths;
        paths.into_keys().map(|path| (path, module.problems))
    });
    Owners(paths.collect())
}

fn collect(modules: &[&'static Module]) -> OpenApi {
    let (_, collected) = App::new()
        .into_utoipa_app()
        .configure(|config| apis(config, modules))
        .split_for_parts();
    collected
}

fn apis(config: &mut ServiceConfig<'_>, modules: &[&'static Module]) {
    let area = |path: &str, of: fn(&Routes) -> Option<Configure>| {
        let modules: Vec<Configure> = modules.iter().filter_map(|module| of(&module.routes)).collect();
        scope(path).configure(move |config: &mut ServiceConfig<'_>| modules.iter().for_each(|configure| configure(config)))
    };
    for module in modules {
        if let Some(configure) = module.routes.root {
            configure(config);
        }
    }
    config
        .service(area("/api/v1/admin", |routes| routes.admin))
        .service(area("/api/v1/store", |routes| routes.store))
        .service(area("/api/v1/storefront", |routes| routes.storefront));
}

/// A path such as `/imports/products` answers a method that it lacks itself: `/imports/{id}` would take `products` for an id and say that
/// there is none.
fn words_before_parameters(config: &mut web::ServiceConfig, methods: &MethodTable) {
    for (path, allowed) in methods.shadowing() {
        let lacks = fn_guard(move |context: &GuardContext<'_>| !allowed.contains(context.head().method.as_str()));
        config.service(web::resource(path).guard(lacks).to(pages::dispatch));
    }
}

/// The application of one worker thread.
pub fn application(
    backend: &Arc<Backend>,
    shared: web::Data<Shared>,
) -> App<impl ServiceFactory<ServiceRequest, Config = (), Response = ServiceResponse<BoxBody>, Error = Error, InitError = ()> + use<>> {
    let registry: Arc<Registry> = backend.modules.clone();
    let (app, _) = App::new()
        .configure(|config| backend.open(config))
        .app_data(web::Data::new(Hosted::new(backend)))
        .app_data(shared.clone())
        .configure(|config| words_before_parameters(config, &shared.methods))
        .into_utoipa_app()
        .configure(|config| apis(config, registry.all()))
        .split_for_parts();
    app.configure(probes::configure)
        .configure(openapi::configure)
        .configure(assets::configure)
        .configure(pages::configure)
        .default_service(web::to(pages::dispatch))
        .wrap(from_fn(stack))
}
