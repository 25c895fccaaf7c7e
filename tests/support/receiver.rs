//! Somebody else's server, which webhooks are sent to and documents are fetched from: it notes what it gets and answers as told.

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver as Held, Sender, channel};
use std::sync::{Arc, Mutex};

use serde_json::Value;

/// A request that arrived.
#[derive(Debug, Clone)]
pub struct Got {
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body as it was sent.
    pub text: String,
    /// The body as JSON.
    pub body: Value,
}

/// What it answers.
#[derive(Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: String,
    held: Option<Held<()>>,
}

impl Reply {
    /// A status and nothing else.
    pub fn status(status: u16) -> Self {
        Self {
            status,
            headers: Vec::new(),
            body: String::new(),
            held: None,
        }
    }

    /// With a header.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// With a text; `{signature}` in it is that of the request.
    #[must_use]
    pub fn saying(mut self, body: &str) -> Self {
        body.clone_into(&mut self.body);
        self
    }

    /// Not before the sender says so, or goes away.
    pub fn held(mut self) -> (Self, Sender<()>) {
        let (release, held) = channel();
        self.held = Some(held);
        (self, release)
    }
}

#[derive(Default)]
struct State {
    got: Vec<Got>,
    replies: VecDeque<Reply>,
    always: u16,
}

/// A receiver on loopback. It answers as told, one request after the other, and 204 when nothing was told.
#[derive(Clone)]
pub struct Receiver {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Receiver {
    /// Begins to listen.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let state = Arc::new(Mutex::new(State {
            always: 204,
            ..State::default()
        }));
        let receiver = Self {
            address: listener.local_addr().expect("an address"),
            state: state.clone(),
        };
        std::thread::spawn(move || {
            for socket in listener.incoming().flatten() {
                let state = state.clone();
                std::thread::spawn(move || serve(socket, &state));
            }
        });
        receiver
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://{}/hooks", self.address)
    }

    /// What the next request is answered with.
    pub fn reply(&self, reply: Reply) {
        self.state.lock().expect("the state").replies.push_back(reply);
    }

    /// What every request is answered with from now on.
    pub fn always(&self, status: u16) {
        self.state.lock().expect("the state").always = status;
    }

    /// What has arrived since the last look, in its order.
    pub fn take(&self) -> Vec<Got> {
        std::mem::take(&mut self.state.lock().expect("the state").got)
    }

    /// The events that have arrived since the last look, with their numbers.
    pub fn events(&self) -> Vec<(String, i64)> {
        let told = |got: Got| {
            let event = got.body["type"].as_str().unwrap_or_default().to_owned();
            (event, got.body["sequence"].as_i64().unwrap_or_default())
        };
        self.take().into_iter().map(told).collect()
    }

    /// How much has arrived since the last look.
    pub fn count(&self) -> usize {
        self.state.lock().expect("the state").got.len()
    }
}

fn serve(socket: TcpStream, state: &Mutex<State>) {
    let Ok(mut answers) = socket.try_clone() else { return };
    let mut reader = BufReader::new(socket);
    while let Some(got) = read(&mut reader) {
        let signature = got.headers.get("webhook-signature").cloned().unwrap_or_default();
        let reply = {
            let mut state = state.lock().expect("the state");
            state.got.push(got);
            let always = state.always;
            state.replies.pop_front().unwrap_or_else(|| Reply::status(always))
        };
        if let Some(held) = &reply.held {
            let _released_or_gone = held.recv();
        }
        let body = reply.body.replace("{signature}", &signature);
        let headers: String = reply.headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let answer = format!(
            "HTTP/1.1 {} X\r\ncontent-length: {}\r\n{headers}\r\n{body}",
            reply.status,
            body.len()
        );
        let answer = if reply.status == 204 {
            "HTTP/1.1 204 X\r\n\r\n".to_owned()
        } else {
            answer
        };
        if answers.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Got> {
    let mut headers = BTreeMap::new();
    let mut line = String::new();
    reader.read_line(&mut line).ok().filter(|read| *read > 0)?;
    loop {
        line.clear();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    // What only asks sends no body.
    let length = match headers.get("content-length") {
        Some(length) => length.parse().ok()?,
        None => 0,
    };
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let text = String::from_utf8(body).ok()?;
    let body = serde_json::from_str(&text).unwrap_or_default();
    Some(Got { headers, text, body })
}
