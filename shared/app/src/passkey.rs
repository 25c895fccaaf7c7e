//! What the browser does with passkeys (WebAuthn, level 3): it reads the server's JSON and writes its own, so there is nothing to translate here.

use js_sys::{Function, JSON, Object, Promise, Reflect};
use orion_client::{ApiError, Session, SessionClient};
use orion_types::Problem;
use orion_types::passkey::{CreatePasskey, LoginWithPasskey, Passkey, PasskeyChallenge, ProvePasskeyOwner};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

const CLASS: &str = "PublicKeyCredential";

/// Whether this browser has passkeys at this address. A page that comes by plain HTTP has none, but on the machine itself.
pub fn has_passkeys() -> bool {
    let class = get(&js_sys::global(), CLASS);
    class.is_ok_and(|class| get(&class, "parseRequestOptionsFromJSON").is_ok_and(|parse| parse.is_function()))
}

/// Has a device make a passkey for an account, and adds it to those at `path`; whoever asks gives their password.
///
/// # Errors
/// What the server says, and what the browser does: then the code begins with `form.passkey_`.
pub async fn add_passkey(client: SessionClient, path: &'static str, name: String, proof: ProvePasskeyOwner) -> Result<Passkey, ApiError> {
    let asked: PasskeyChallenge = client.post(&format!("{path}/challenge"), &proof).await?;
    let body = CreatePasskey {
        credential: make(&asked.options).await?,
        challenge: asked.token,
        name,
    };
    client.post(path, &body).await
}

/// Signs in with a passkey. The device says whose it is: nothing is typed.
///
/// # Errors
/// As [`add_passkey`].
pub async fn sign_in_by_passkey(session: Session) -> Result<(), ApiError> {
    let asked: PasskeyChallenge = session.public().post("/auth/passkey/challenge", &()).await?;
    let signed = LoginWithPasskey {
        credential: sign(&asked.options).await?,
        challenge: asked.token,
    };
    session.login_with_passkey(&signed).await
}

/// Has a device make a passkey; what it answers, as JSON.
async fn make(options: &str) -> Result<String, ApiError> {
    let made = ask("create", "parseCreationOptionsFromJSON", options).await;
    made.map_err(|error| refused(&error))
}

/// Has a device sign with a passkey that it has; what it answers, as JSON.
async fn sign(options: &str) -> Result<String, ApiError> {
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
    let (code, title) = match name.as_str() {
        "NotAllowedError" | "AbortError" => (
            "form.passkey_cancelled",
            "Nothing was signed: it was cancelled or took too long, or this device has no passkey for this address.",
        ),
        "InvalidStateError" => ("form.passkey_there", "This device has a passkey of your account already."),
        "SecurityError" => ("form.passkey_not_here", "The browser allows no passkeys at this address."),
        "NotSupportedError" | "ConstraintError" => (
            "form.passkey_unable",
            "This device cannot make such a passkey: it has to ask who you are, by a PIN, a finger or a face.",
        ),
        _ => (
            "form.passkey_not_done",
            "The browser could not do it. Try again, or use another device.",
        ),
    };
    ApiError::Problem(Problem {
        type_url: String::new(),
        title: title.to_owned(),
        status: 422,
        detail: None,
        instance: None,
        code: code.to_owned(),
        request_id: None,
        errors: Vec::new(),
        modules: Vec::new(),
        challenge: None,
    })
}
