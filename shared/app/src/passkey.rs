//! What the browser does with passkeys (WebAuthn, level 3): it reads the server's JSON and writes its own, so there is nothing to translate here.

use js_sys::{Function, JSON, Object, Promise, Reflect};
use orion_client::ApiError;
use orion_types::Problem;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

const CLASS: &str = "PublicKeyCredential";

/// Whether this browser has passkeys at this address. A page that comes by plain HTTP has none, but on the machine itself.
pub(crate) fn has_passkeys() -> bool {
    let class = get(&js_sys::global(), CLASS);
    class.is_ok_and(|class| get(&class, "parseRequestOptionsFromJSON").is_ok_and(|parse| parse.is_function()))
}

/// Has a device make a passkey; what it answers, as JSON.
pub(crate) async fn make(options: &str) -> Result<String, ApiError> {
    let made = ask("create", "parseCreationOptionsFromJSON", options).await;
    made.map_err(|error| refused(&error))
}

/// Has a device sign with a passkey that it has; what it answers, as JSON.
pub(crate) async fn sign(options: &str) -> Result<String, ApiError> {
    let signed = ask("get", "parseRequestOptionsFromJSON", options).await;
    signed.map_err(|error| refused(&error))
}

async fn ask(what: &str, parse: &str, options: &str) -> Result<String, JsValue> {
    let window = js_sys::global();
    let options = call(&get(&window, CLASS)?, parse, Some(&JSON::parse(options)?))?;
    let wanted = Object::new();
    Reflect::set(&wanted, &JsValue::from_str("publicKey"), &options)?;
    let keys = get(&get(&window, "navigator")?, "credentials")?;
    let promise: Promise = call(&keys, what, Some(&wanted))?.dyn_into()?;
    let credential = JsFuture::from(promise).await?;
    Ok(String::from(JSON::stringify(&call(&credential, "toJSON", None)?)?))
}

fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &JsValue::from_str(name))
}

fn call(object: &JsValue, name: &str, argument: Option<&JsValue>) -> Result<JsValue, JsValue> {
    let function: Function = get(object, name)?.dyn_into()?;
    match argument {
        Some(argument) => function.call1(object, argument),
        None => function.call0(object),
    }
}

/// The names are those of the standard; browsers do not say more, so that a page does not learn which passkeys there are.
fn refused(error: &JsValue) -> ApiError {
    let name = get(error, "name").ok().and_then(|name| name.as_string()).unwrap_or_default();
    let title = match name.as_str() {
        "NotAllowedError" | "AbortError" => {
            "Nothing was signed: it was cancelled or took too long, or this device has no passkey for this address."
        }
        "InvalidStateError" => "This device has a passkey of your account already.",
        "SecurityError" => "The browser allows no passkeys at this address.",
        "NotSupportedError" | "ConstraintError" => {
            "This device cannot make such a passkey: it has to ask who you are, by a PIN, a finger or a face."
        }
        _ => "The browser could not do it. Try again, or use another device.",
    };
    ApiError::Problem(Problem {
        type_url: String::new(),
        title: title.to_owned(),
        status: 422,
        detail: None,
        instance: None,
        code: "form.no_passkey".to_owned(),
        request_id: None,
        errors: Vec::new(),
        modules: Vec::new(),
        challenge: None,
    })
}
