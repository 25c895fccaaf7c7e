//! A device with a passkey in it, and the browser before it, as far as a server sees of them (WebAuthn, level 3): it makes a key (ES256), signs
//! challenges, and counts.

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const ATTESTED: u8 = 0x40;

/// What the browser and the device say of themselves; tests make them lie.
#[derive(Debug, Clone)]
pub struct Answering {
    /// The address of the page.
    pub origin: String,
    /// The host that the passkey is for.
    pub rp_id: String,
    /// Whether the device has asked its owner who they are.
    pub verified: bool,
    /// How often it has signed.
    pub counter: u32,
    /// The account that the passkey was made for, base64url.
    pub user_handle: String,
}

/// One device with one passkey.
pub struct Authenticator {
    key: EcdsaKeyPair,
    id: Vec<u8>,
    /// What it says; changed by tests.
    pub says: Answering,
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn parsed(options: &str) -> Value {
    serde_json::from_str(options).expect("options are JSON")
}

impl Authenticator {
    /// A device whose browser is at an address such as `https://acme.example`.
    pub fn at(origin: &str) -> Self {
        let key = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).expect("a key");
        Self {
            id: Sha256::digest(key.public_key().as_ref()).to_vec(),
            key,
            says: Answering {
                origin: origin.to_owned(),
                rp_id: String::new(),
                verified: true,
                counter: 0,
                user_handle: String::new(),
            },
        }
    }

    /// What `navigator.credentials.create()` answers.
    pub fn make(&mut self, options: &str) -> String {
        let options = parsed(options);
        self.says.rp_id = options["rp"]["id"].as_str().expect("a host").to_owned();
        self.says.user_handle = options["user"]["id"].as_str().expect("an account").to_owned();
        let mut data = self.data(ATTESTED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).expect("a short id").to_be_bytes());
        data.extend(&self.id);
        data.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR.
        let mut object = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x59".to_vec();
        object.extend(u16::try_from(data.len()).expect("short data").to_be_bytes());
        object.extend(&data);
        self.answer(json!({
            "clientDataJSON": encoded(self.client_data("webauthn.create", &options)),
            "attestationObject": encoded(&object),
            "transports": ["internal"],
        }))
    }

    /// What `navigator.credentials.get()` answers.
    pub fn sign(&mut self, options: &str) -> String {
        self.says.counter += 1;
        self.sign_again(options)
    }

    /// Likewise by a device that has not counted.
    pub fn sign_again(&self, options: &str) -> String {
        let client_data = self.client_data("webauthn.get", &parsed(options));
        let data = self.data(0);
        let message = [data.as_slice(), Sha256::digest(&client_data).as_slice()].concat();
        let signature = self.key.sign(&SystemRandom::new(), &message).expect("a signature");
        self.answer(json!({
            "clientDataJSON": encoded(&client_data),
            "authenticatorData": encoded(&data),
            "signature": encoded(signature.as_ref()),
            "userHandle": self.says.user_handle,
        }))
    }

    fn answer(&self, response: Value) -> String {
        let id = encoded(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "response": response,
            "authenticatorAttachment": "platform", "clientExtensionResults": {},
        })
        .to_string()
    }

    fn client_data(&self, kind: &str, options: &Value) -> Vec<u8> {
        json!({ "type": kind, "challenge": options["challenge"], "origin": self.says.origin, "crossOrigin": false })
            .to_string()
            .into_bytes()
    }

    fn data(&self, flags: u8) -> Vec<u8> {
        let verified = if self.says.verified { VERIFIED } else { 0 };
        let mut data = Sha256::digest(self.says.rp_id.as_bytes()).to_vec();
        data.push(PRESENT | verified | flags);
        data.extend(self.says.counter.to_be_bytes());
        data
    }

    /// As RFC 9053 writes keys of elliptic curves: EC2, ES256, P-256, x, y.
    fn public_key(&self) -> Vec<u8> {
        let point = self.key.public_key().as_ref();
        let (x, y) = (&point[1..33], &point[33..65]);
        let mut key = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        key.extend(x);
        key.extend(b"\x22\x58\x20");
        key.extend(y);
        key
    }
}
