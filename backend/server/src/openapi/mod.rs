//! The OpenAPI documents: of the whole API and of each area, in 3.1 and in 3.0.3, and the page that shows them.
//!
//! What the handlers say is collected by utoipa. Everything that is the same for many operations is added here, to the JSON of it: what
//! stands in every document, headers, the problems of each status, limits from the constants of the checks, examples.

mod about;
mod areas;
mod constants;
mod down;
mod examples;
mod files;
mod headers;
mod limits;
mod methods;
mod nulls;
mod problems;
mod queries;
mod schemas;
mod webhooks;

use std::sync::OnceLock;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use bytes::Bytes;
use orion_framework::http::Failure;
use orion_framework::module::Registry;
use orion_framework::problem::{INTERNAL, NOT_FOUND};
use serde_json::{Map, Value};
use utoipa::openapi::OpenApi;
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::app::Shared;

pub use areas::Area;
pub use methods::MethodTable;
pub use problems::Owners;

/// Which words a document is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Form {
    /// OpenAPI 3.1.
    #[value(name = "3.1")]
    V31,
    /// OpenAPI 3.0.3, for tools that do not read 3.1.
    #[value(name = "3.0")]
    V30,
}

/// The document of the whole API, from what the handlers say.
///
/// # Errors
/// When what was collected is no JSON, which would be a fault of utoipa.
pub fn complete(collected: &OpenApi, owners: &Owners) -> serde_json::Result<Value> {
    let mut document = serde_json::to_value(collected)?;
    areas::keep_public(&mut document);
    about::describe(&mut document);
    about::open_to_keys(&mut document);
    webhooks::add(&mut document);
    schemas::tidy(&mut document);
    constants::name(&mut document);
    nulls::only_where_it_clears(&mut document);
    limits::apply(&mut document);
    queries::describe(&mut document);
    headers::describe(&mut document);
    problems::describe(&mut document, owners);
    schemas::describe_answers(&mut document);
    examples::add(&mut document);
    problems::share(&mut document);
    areas::prune(&mut document);
    Ok(document)
}

/// The document of one area, or of all, in one of the two forms.
pub fn cut(whole: &Value, area: Area, form: Form) -> Value {
    let mut document = areas::only(whole, area);
    files::keep_one_way(&mut document, form);
    if form == Form::V30 {
        webhooks::leave_out(&mut document);
    }
    areas::prune(&mut document);
    if form == Form::V30 {
        down::convert(&mut document);
    }
    document
}

/// Every document that is served, by the name of its file. They are made when the first is asked for: what it takes to make them is several
/// times what they are, and most servers are never asked.
pub struct Documents {
    registry: Registry,
    made: OnceLock<Vec<(String, Bytes)>>,
}

impl Documents {
    /// Those of a set of modules.
    pub fn new(registry: Registry) -> Self {
        Self {
            registry,
            made: OnceLock::new(),
        }
    }

    /// Whether a path of the server is the address of one of them or of the page.
    pub fn has(&self, path: &str) -> bool {
        let file = path.strip_prefix("/api/").unwrap_or_default();
        matches!(path, "/api/docs" | "/api/docs/index.html") || Self::files().any(|(_, _, name)| name == file)
    }

    fn files() -> impl Iterator<Item = (Area, Form, String)> {
        Area::ALL.iter().flat_map(|area| {
            [(Form::V31, ""), (Form::V30, "-3.0")].map(|(form, ending)| (*area, form, format!("openapi{}{ending}.json", area.ending())))
        })
    }

    /// A document; takes a moment the first time. `None` for a name that is none of theirs.
    fn read(&self, file: &str) -> serde_json::Result<Option<Bytes>> {
        let all = match self.made.get() {
            Some(all) => all,
            None => {
                let made = self.make()?;
                self.made.get_or_init(|| made)
            }
        };
        Ok(all.iter().find(|(name, _)| name == file).map(|(_, bytes)| bytes.clone()))
    }

    fn make(&self) -> serde_json::Result<Vec<(String, Bytes)>> {
        let whole = crate::app::document(&self.registry)?;
        Self::files()
            .map(|(area, form, name)| Ok((name, serde_json::to_vec(&cut(&whole, area, form))?.into())))
            .collect()
    }
}

/// The documents and the page that shows the whole one.
pub fn configure(config: &mut web::ServiceConfig) {
    let ui = Config::new(["/api/openapi.json"])
        .try_it_out_enabled(true)
        .persist_authorization(false);
    config
        .route("/api/{file:openapi[a-z0-9.-]*\\.json}", web::get().to(serve_document))
        .route("/api/docs", web::get().to(to_docs))
        .service(SwaggerUi::new("/api/docs/{_:.*}").config(ui));
}

async fn serve_document(shared: web::Data<Shared>, file: web::Path<String>) -> Result<HttpResponse, Failure> {
    let failed = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "the documents of the API were not made");
        Failure::of(&INTERNAL)
    };
    let read = web::block(move || shared.documents.read(&file)).await;
    let document = read.map_err(|error| failed(&error))?.map_err(|error| failed(&error))?;
    let document = document.ok_or_else(|| Failure::of(&NOT_FOUND))?;
    Ok(HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(document))
}

/// The page loads its parts from beside itself, so it lives one level below.
async fn to_docs(context: orion_framework::tenancy::RequestContext) -> HttpResponse {
    HttpResponse::Found()
        .insert_header(("location", format!("{}/api/docs/index.html", context.base)))
        .finish()
}

/// An operation of the document, for what is added to it.
struct Operation<'a> {
    path: &'a str,
    method: &'a str,
    value: &'a mut Map<String, Value>,
}

impl Operation<'_> {
    fn id(&self) -> &str {
        self.value.get("operationId").and_then(Value::as_str).unwrap_or_default()
    }

    fn reads(&self) -> bool {
        self.method == "get"
    }

    /// Whether the header or parameter is among those that the handler names.
    fn takes(&self, name: &str) -> bool {
        let parameters = self.value.get("parameters").and_then(Value::as_array);
        parameters.into_iter().flatten().any(|parameter| parameter["name"] == name)
    }

    /// Whether a repeat with the same key gets the first answer again.
    fn is_done_once(&self) -> bool {
        self.method == "post" && !headers::REPEATABLE.contains(&self.id())
    }

    /// Whether some parameter is at this place: `query`, `path`.
    fn takes_in(&self, place: &str) -> bool {
        let parameters = self.value.get("parameters").and_then(Value::as_array);
        parameters.into_iter().flatten().any(|parameter| parameter["in"] == place)
    }

    /// The type of the body, such as `application/json`.
    fn body(&self) -> Option<&str> {
        let content = self.value.get("requestBody")?.get("content")?.as_object()?;
        content.keys().next().map(String::as_str)
    }

    /// The name of a scheme that opens the operation.
    fn opened_by(&self, scheme: &str) -> bool {
        let security = self.value.get("security").and_then(Value::as_array);
        security.into_iter().flatten().any(|one| one.get(scheme).is_some())
    }

    fn open_to_anybody(&self) -> bool {
        let security = self.value.get("security").and_then(Value::as_array);
        security.into_iter().flatten().any(|one| one.as_object().is_some_and(Map::is_empty))
    }

    fn parameters(&mut self) -> Option<&mut Vec<Value>> {
        let list = self.value.entry("parameters").or_insert_with(|| Value::Array(Vec::new()));
        list.as_array_mut()
    }

    fn responses(&mut self) -> Option<&mut Map<String, Value>> {
        self.value.get_mut("responses")?.as_object_mut()
    }
}

const METHODS: [&str; 5] = ["get", "put", "post", "patch", "delete"];

/// Calls `work` with every operation.
fn each_operation(document: &mut Value, mut work: impl FnMut(Operation<'_>)) {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut);
    for (path, item) in paths.into_iter().flatten() {
        let methods = item.as_object_mut().into_iter().flatten();
        for (method, operation) in methods.filter(|(method, _)| METHODS.contains(&method.as_str())) {
            if let Some(value) = operation.as_object_mut() {
                work(Operation { path, method, value });
            }
        }
    }
}

/// The schemas of a document by their names.
fn schemas_of(document: &mut Value) -> Option<&mut Map<String, Value>> {
    document.pointer_mut("/components/schemas")?.as_object_mut()
}

/// The name behind a reference to a schema.
fn referred(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix("#/components/schemas/")
}
