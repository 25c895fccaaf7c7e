//! The handler to compare with: a constant body, no tenant, no log, no database.

use std::path::Path;

use actix_web::http::header::{CONTENT_TYPE, HeaderValue};
use actix_web::{App, HttpResponse, HttpServer, web};
use anyhow::Context;
use bytes::Bytes;

/// Serves the content of `body` on loopback until it is killed, with one thread per core as the server has.
pub fn serve(port: u16, body: &Path) -> anyhow::Result<()> {
    let body = Bytes::from(std::fs::read(body).with_context(|| body.display().to_string())?);
    let app = move || App::new().app_data(web::Data::new(body.clone())).default_service(web::to(answer));
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    actix_web::rt::System::new().block_on(async move { HttpServer::new(app).workers(cores).bind(("127.0.0.1", port))?.run().await })?;
    Ok(())
}

async fn answer(body: web::Data<Bytes>) -> HttpResponse {
    HttpResponse::Ok()
        .insert_header((CONTENT_TYPE, HeaderValue::from_static("application/json")))
        .body(Bytes::clone(&body))
}
