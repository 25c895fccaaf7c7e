//! A name server of the tests' own on loopback: it answers as told, over UDP and, where an answer is too long for that, over TCP.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::str::FromStr;
use std::sync::{Arc, Mutex};

use hickory_proto::op::{Message, ResponseCode};
use hickory_proto::rr::rdata::{A, CNAME, TXT};
use hickory_proto::rr::{Name, RData, Record, RecordType};

/// Bytes of an answer over UDP.
const MOST_BY_UDP: usize = 1_200;
/// Aliases that are followed.
const MOST_ALIASES: usize = 8;

/// What it does with questions about a name.
#[derive(Clone)]
enum Told {
    Records(Vec<RData>),
    Fails,
    Silent,
}

type Names = Arc<Mutex<BTreeMap<String, Told>>>;

/// The name server; a name of which it was told nothing does not exist.
pub struct NameServer {
    address: SocketAddr,
    names: Names,
}

impl NameServer {
    /// Begins to answer.
    pub fn start() -> Self {
        // A port that is free for both.
        let (udp, tcp) = std::iter::repeat_with(|| {
            let udp = UdpSocket::bind("127.0.0.1:0").expect("a free port");
            let tcp = TcpListener::bind(udp.local_addr().expect("an address"));
            tcp.ok().map(|tcp| (udp, tcp))
        })
        .flatten()
        .next()
        .expect("it goes on until there is one");
        let names = Names::default();
        let server = Self {
            address: udp.local_addr().expect("an address"),
            names: names.clone(),
        };
        let known = names.clone();
        std::thread::spawn(move || by_udp(&udp, &known));
        std::thread::spawn(move || {
            for socket in tcp.incoming().flatten() {
                let known = names.clone();
                std::thread::spawn(move || by_tcp(socket, &known));
            }
        });
        server
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    fn tell(&self, name: &str, told: Told) {
        self.names.lock().expect("nobody has panicked").insert(name.to_lowercase(), told);
    }

    /// The texts at a name, each of them of one string or several.
    pub fn texts(&self, name: &str, texts: &[&[&str]]) {
        let text = |strings: &&[&str]| RData::TXT(TXT::new(strings.iter().map(|text| (*text).to_owned()).collect()));
        self.tell(name, Told::Records(texts.iter().map(text).collect()));
    }

    /// One text at a name.
    pub fn text(&self, name: &str, text: &str) {
        self.texts(name, &[&[text]]);
    }

    /// A name that is another name for something.
    pub fn alias(&self, name: &str, target: &str) {
        let target = Name::from_str(&format!("{target}.")).expect("a name");
        self.tell(name, Told::Records(vec![RData::CNAME(CNAME(target))]));
    }

    /// The address of a name.
    pub fn host(&self, name: &str, address: Ipv4Addr) {
        self.tell(name, Told::Records(vec![RData::A(A(address))]));
    }

    /// Questions about a name are answered with the server's failure.
    pub fn fail(&self, name: &str) {
        self.tell(name, Told::Fails);
    }

    /// Questions about a name are not answered.
    pub fn fall_silent(&self, name: &str) {
        self.tell(name, Told::Silent);
    }

    /// A name is no more.
    pub fn forget(&self, name: &str) {
        self.names.lock().expect("nobody has panicked").remove(&name.to_lowercase());
    }
}

fn by_udp(socket: &UdpSocket, names: &Names) {
    let mut buffer = [0; 4_096];
    while let Ok((length, from)) = socket.recv_from(&mut buffer) {
        let Some(mut answer) = answer(&buffer[..length], names) else {
            continue;
        };
        let mut bytes = answer.to_vec().expect("an answer");
        if bytes.len() > MOST_BY_UDP {
            answer.answers.clear();
            answer.metadata.truncation = true;
            bytes = answer.to_vec().expect("an answer");
        }
        socket.send_to(&bytes, from).expect("loopback takes it");
    }
}

fn by_tcp(mut socket: TcpStream, names: &Names) {
    let mut length = [0; 2];
    while socket.read_exact(&mut length).is_ok() {
        let mut question = vec![0; usize::from(u16::from_be_bytes(length))];
        if socket.read_exact(&mut question).is_err() {
            return;
        }
        let Some(answer) = answer(&question, names) else { return };
        let bytes = answer.to_vec().expect("an answer");
        let head = u16::try_from(bytes.len()).expect("an answer that TCP takes").to_be_bytes();
        if socket.write_all(&[&head[..], &bytes].concat()).is_err() {
            return;
        }
    }
}

/// The answer to a question, aliases followed as a resolver does; `None` for silence.
fn answer(question: &[u8], names: &Names) -> Option<Message> {
    let asked = Message::from_vec(question).expect("a question");
    let query = asked.queries.first().expect("a question").clone();
    let mut answer = Message::response(asked.metadata.id, asked.metadata.op_code);
    answer.metadata.recursion_desired = asked.metadata.recursion_desired;
    answer.metadata.recursion_available = true;
    answer.add_query(query.clone());
    let names = names.lock().expect("nobody has panicked");
    let mut name = query.name().clone();
    for _ in 0..MOST_ALIASES {
        let records = match names.get(name.to_ascii().to_lowercase().trim_end_matches('.')) {
            Some(Told::Records(records)) => records,
            Some(Told::Silent) => return None,
            Some(Told::Fails) => {
                answer.metadata.response_code = ResponseCode::ServFail;
                return Some(answer);
            }
            None => {
                answer.metadata.response_code = ResponseCode::NXDomain;
                return Some(answer);
            }
        };
        let mut alias = None;
        for data in records {
            if let RData::CNAME(target) = data {
                alias = Some(target.0.clone());
            }
            if alias.is_some() || data.record_type() == query.query_type() {
                answer.add_answer(Record::from_rdata(name.clone(), 300, data.clone()));
            }
        }
        match alias.filter(|_| query.query_type() != RecordType::CNAME) {
            Some(target) => name = target,
            None => return Some(answer),
        }
    }
    Some(answer)
}
