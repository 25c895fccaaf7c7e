//! Commands that only look.

use serde_json::Value;
use utoipa::openapi::OpenApi;

use super::database::with_services;
use crate::openapi::{self, Area, Form};
use crate::{app, modules};

/// Prints an OpenAPI document; needs no database.
pub fn openapi(area: Area, form: Form) -> anyhow::Result<()> {
    let document = openapi::cut(&app::document(&modules::registry()?)?, area, form);
    println!("{}", serde_json::to_string_pretty(&document)?);
    Ok(())
}

/// Prints every route of the APIs and, with `auth`, who passes its gate; needs no database.
pub fn routes(auth: bool) -> anyhow::Result<()> {
    for (method, path, gate) in list_routes(&app::collected(&modules::registry()?))? {
        if auth {
            println!("{method:<6} {path:<70} {gate}");
        } else {
            println!("{method:<6} {path}");
        }
    }
    Ok(())
}

/// Method, path and gate of each operation, by path. The document's word counts: tests call every operation without and with foreign
/// tokens and compare.
fn list_routes(document: &OpenApi) -> anyhow::Result<Vec<(String, String, String)>> {
    let paths = serde_json::to_value(&document.paths)?;
    let mut routes = Vec::new();
    for (path, item) in paths.as_object().into_iter().flatten() {
        let operations = item
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, operation)| operation.get("responses").is_some());
        routes.extend(operations.map(|(method, operation)| (method.to_uppercase(), path.clone(), gate(operation))));
    }
    routes.sort_by(|(method, path, _), (other, elsewhere, _)| (path, method).cmp(&(elsewhere, other)));
    Ok(routes)
}

/// The schemes that open an operation with their scopes, such as `staff products.write`.
fn gate(operation: &Value) -> String {
    let schemes = operation["security"].as_array().into_iter().flatten().filter_map(Value::as_object);
    let told = schemes.map(|scheme| {
        let named = scheme.iter().map(|(name, scopes)| {
            let scopes = scopes.as_array().into_iter().flatten().filter_map(Value::as_str);
            std::iter::once(name.as_str()).chain(scopes).collect::<Vec<_>>().join(" ")
        });
        let named = named.collect::<Vec<_>>().join(" and ");
        if named.is_empty() { "anybody".to_owned() } else { named }
    });
    let told = told.collect::<Vec<_>>().join(" or ");
    if told.is_empty() { "anybody".to_owned() } else { told }
}

/// Prints every entry point and login.
pub async fn urls() -> anyhow::Result<()> {
    with_services(|services| async move {
        super::database::print_entry_points(&services).await?;
        Ok(())
    })
    .await
}

/// Says which area and store a path on a host leads to.
pub async fn resolve(host: &str, path: &str) -> anyhow::Result<()> {
    let (host, path) = (host.to_owned(), path.to_owned());
    with_services(|services| async move {
        let (address, _) = orion_tenancy::resolve_address(&services, &host, &path).await?;
        println!("{}", serde_json::to_string_pretty(&address)?);
        anyhow::ensure!(address.refused.is_none(), "nothing is there");
        Ok(())
    })
    .await
}
