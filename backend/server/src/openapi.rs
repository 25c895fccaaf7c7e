//! The OpenAPI 3.1 document, its page, and what it tells about methods.

use std::collections::BTreeSet;

use actix_web::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use actix_web::{HttpResponse, web};
use orion_framework::RouteTemplates;
use orion_types::Problem;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Components, ContactBuilder, Content, InfoBuilder, OpenApi, Ref, RefOr, ResponseBuilder};
use utoipa::{PartialSchema, ToSchema};
use utoipa_swagger_ui::{Config, SwaggerUi};

use crate::app::Shared;

/// Adds to the collected paths what no handler says.
pub fn complete(mut document: OpenApi) -> OpenApi {
    document.info = InfoBuilder::new()
        .title("Orion")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "The API of every shop on an Orion platform. The host of a request names the shop; errors are RFC 9457 problem documents.",
        ))
        .contact(Some(ContactBuilder::new().name(Some("Orion")).build()))
        .build();
    let components = document.components.get_or_insert_with(Components::new);
    for (name, told) in [
        ("admin", "An access token of the admin area, from /api/v1/admin/auth/login."),
        (
            "staff",
            "An access token of the store area, from /api/v1/store/auth/login. The scopes are the rights that are needed.",
        ),
        (
            "customer",
            "An access token of a shop's customer, from /api/v1/storefront/auth/login.",
        ),
    ] {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.bearer_format = Some("JWT".to_owned());
        scheme.description = Some(told.to_owned());
        components.add_security_scheme(name, SecurityScheme::Http(scheme));
    }
    describe_problems(&mut document);
    document
}

/// Handlers name only the errors that a client should expect; what an error looks like is the same everywhere and is said once.
fn describe_problems(document: &mut OpenApi) {
    let mut schemas = vec![(Problem::name().into_owned(), Problem::schema())];
    Problem::schemas(&mut schemas);
    document.components.get_or_insert_with(Components::new).schemas.extend(schemas);
    let api = document.paths.paths.iter_mut().filter(|(path, _)| path.starts_with("/api/"));
    for operation in api.flat_map(|(_, item)| operations(item)) {
        let responses = &mut operation.responses.responses;
        let any = ResponseBuilder::new().description("Any other error").build();
        responses.entry("default".to_owned()).or_insert(RefOr::T(any));
        let errors = responses
            .iter_mut()
            .filter(|(status, _)| *status == "default" || status.starts_with(['4', '5']));
        for (_, response) in errors {
            if let RefOr::T(response) = response {
                let problem = Content::new(Some(Ref::from_schema_name(Problem::name())));
                response.content.insert("application/problem+json".to_owned(), problem.into());
            }
        }
    }
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.patch, &mut item.delete]
        .into_iter()
        .flatten()
}

/// Where the document is, and the page that shows it.
pub const PATHS: [&str; 3] = ["/api/openapi.json", "/api/docs", "/api/docs/index.html"];

/// The document and the page that shows it.
pub fn configure(config: &mut web::ServiceConfig) {
    let ui = Config::new(["/api/openapi.json"])
        .try_it_out_enabled(true)
        .persist_authorization(false);
    config
        .route("/api/openapi.json", web::get().to(serve_document))
        .route("/api/docs", web::get().to(to_docs))
        .service(SwaggerUi::new("/api/docs/{_:.*}").config(ui));
}

async fn serve_document(shared: web::Data<Shared>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, "application/json"))
        .insert_header((CACHE_CONTROL, "no-cache"))
        .body(shared.openapi.clone())
}

/// The page loads its parts from beside itself, so it lives one level below.
async fn to_docs(context: orion_framework::tenancy::RequestContext) -> HttpResponse {
    HttpResponse::Found()
        .insert_header(("location", format!("{}/api/docs/index.html", context.base)))
        .finish()
}

impl RouteTemplates for MethodTable {
    fn template(&self, path: &str) -> Option<String> {
        self.template_of(path)
    }
}

/// Which methods each path of the API has.
#[derive(Clone)]
pub struct MethodTable(Vec<(Vec<Segment>, BTreeSet<String>)>);

#[derive(Clone)]
enum Segment {
    Fixed(String),
    /// A parameter, as the template spells it.
    Any(String),
}

impl MethodTable {
    /// Reads the paths of a document.
    pub fn new(document: &OpenApi) -> Self {
        let value = serde_json::to_value(&document.paths).unwrap_or_default();
        let paths = value.as_object().cloned().unwrap_or_default();
        let table = paths.iter().map(|(path, item)| {
            let methods = item
                .as_object()
                .into_iter()
                .flat_map(|item| item.keys())
                .map(|method| method.to_uppercase())
                .collect();
            (path.split('/').map(Segment::new).collect(), methods)
        });
        Self(table.collect())
    }

    /// The template that a path belongs to; one without parameters comes first.
    fn template_of(&self, path: &str) -> Option<String> {
        let segments: Vec<&str> = path.split('/').collect();
        let fitting = self.0.iter().filter(|(pattern, _)| matches(pattern, &segments));
        let closest = fitting.min_by_key(|(pattern, _)| pattern.iter().filter(|segment| matches!(segment, Segment::Any(_))).count());
        closest.map(|(pattern, _)| pattern.iter().map(Segment::text).collect::<Vec<_>>().join("/"))
    }

    /// The methods of a path; empty when there is no such path.
    pub fn allowed(&self, path: &str) -> BTreeSet<String> {
        let segments: Vec<&str> = path.split('/').collect();
        self.0
            .iter()
            .filter(|(pattern, _)| matches(pattern, &segments))
            .flat_map(|(_, methods)| methods.clone())
            .collect()
    }
}

impl Segment {
    fn new(text: &str) -> Self {
        if text.starts_with('{') {
            Self::Any(text.to_owned())
        } else {
            Self::Fixed(text.to_owned())
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Fixed(text) | Self::Any(text) => text,
        }
    }
}

fn matches(pattern: &[Segment], path: &[&str]) -> bool {
    pattern.len() == path.len()
        && pattern.iter().zip(path).all(|(segment, text)| match segment {
            Segment::Fixed(fixed) => fixed == text,
            Segment::Any(_) => !text.is_empty(),
        })
}
