use std::sync::{Arc, Mutex};

use secrecy::SecretString;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use super::{JOBS, Mail, PLACE, Secret, queue, queue_for_platform, queue_secret};
use crate::db::{Actor, DbError, RequestMeta};
use crate::health::HealthContext;
use crate::worker::testbed::{ACME, Testbed};
use crate::worker::{Worker, WorkerOptions};

fn mail(key: &str) -> Mail {
    let text = |text: &str| text.to_owned();
    Mail {
        key: text(key),
        to: text("buyer@example.test"),
        subject: text("Your order"),
        text: text("Thank you."),
        html: text("<p>Thank you.</p>"),
    }
}

/// A mail server that answers `MAIL FROM` as told and keeps what it was given.
struct Postman {
    url: String,
    received: Arc<Mutex<Vec<String>>>,
}

impl Postman {
    async fn start(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(Vec::new()));
        let bag = received.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(talk(stream, answer, bag.clone()));
            }
        });
        Self { url, received }
    }

    fn received(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }
}

async fn talk(stream: TcpStream, answer: &'static str, bag: Arc<Mutex<Vec<String>>>) {
    let (reader, mut writer) = stream.into_split();
    let mut lines = BufReader::new(reader).lines();
    writer.write_all(b"220 ready\r\n").await.unwrap();
    let mut letter: Option<String> = None;
    while let Ok(Some(line)) = lines.next_line().await {
        let reply = match letter.as_mut() {
            Some(text) if line == "." => {
                bag.lock().unwrap().push(std::mem::take(text));
                letter = None;
                "250 taken"
            }
            Some(text) => {
                text.push_str(&line);
                text.push('\n');
                continue;
            }
            None if line.starts_with("MAIL FROM") => answer,
            None if line == "DATA" => {
                letter = Some(String::new());
                "354 go on"
            }
            None => "250 fine",
        };
        if writer.write_all(format!("{reply}\r\n").as_bytes()).await.is_err() {
            return;
        }
    }
}

/// A server that sends its mail through `postman`, or keeps it when there is none.
fn testbed(postman: Option<&Postman>) -> Testbed {
    let mut bed = Testbed::new(&[]);
    if let Some(postman) = postman {
        let services = Arc::get_mut(&mut bed.backend).unwrap().services_mut();
        let mut config = (*services.config).clone();
        config.mail.smtp_url = Some(SecretString::from(postman.url.clone()));
        services.config = Arc::new(config);
    }
    bed
}

async fn run_jobs(bed: &Testbed) {
    Worker::new(bed.backend.clone(), JOBS, WorkerOptions::default())
        .unwrap()
        .run_jobs_until_idle()
        .await
        .unwrap();
}

fn status(bed: &Testbed) -> String {
    bed.text("SELECT string_agg(status, ',') FROM mail_messages")
}

#[tokio::test]
async fn a_mail_of_the_same_key_goes_out_once() {
    let postman = Postman::start("250 fine").await;
    let bed = testbed(Some(&postman));
    for _ in 0..2 {
        bed.tx(ACME, |tx| queue(tx, mail("order-confirmation:1"))).await.unwrap();
        run_jobs(&bed).await;
    }
    assert_eq!(status(&bed), "sent");
    let received = postman.received();
    assert_eq!(received.len(), 1);
    assert!(
        received[0].contains("Subject: Your order") && received[0].contains("To: buyer@example.test"),
        "{}",
        received[0]
    );
}

#[tokio::test]
async fn a_transaction_that_fails_sends_nothing() {
    let bed = testbed(None);
    let undone: Result<(), DbError> = bed
        .tx(ACME, |tx| {
            queue(tx, mail("never"))?;
            Err(DbError::NotFound)
        })
        .await;
    assert!(undone.is_err());
    assert_eq!(bed.count("SELECT count(*) FROM mail_messages"), 0);
    assert_eq!(bed.count("SELECT count(*) FROM jobs"), 0);
}

#[tokio::test]
async fn without_a_mail_server_the_mail_stays_in_the_mailbox() {
    let bed = testbed(None);
    bed.tx(ACME, |tx| queue(tx, mail("kept"))).await.unwrap();
    run_jobs(&bed).await;
    assert_eq!(status(&bed), "sent");
    assert_eq!(bed.count("SELECT count(*) FROM mail_messages WHERE sent_at IS NOT NULL"), 1);
}

#[tokio::test]
async fn without_a_mail_server_no_job_waits_for_one() {
    let bed = testbed(None);
    bed.tx(ACME, |tx| queue(tx, mail("kept"))).await.unwrap();
    assert_eq!(status(&bed), "sent");
    assert_eq!(bed.count("SELECT count(*) FROM jobs"), 0);
}

#[tokio::test]
async fn a_mail_server_that_is_busy_is_asked_again_later() {
    let postman = Postman::start("451 later").await;
    let bed = testbed(Some(&postman));
    bed.tx(ACME, |tx| queue(tx, mail("later"))).await.unwrap();
    run_jobs(&bed).await;
    assert_eq!(status(&bed), "queued");
    assert_eq!(bed.text("SELECT status FROM jobs"), "queued");
    // Long enough for every pause between the eight attempts.
    for _ in 1..8 {
        bed.wait(86_400);
        run_jobs(&bed).await;
    }
    assert_eq!(bed.text("SELECT status FROM jobs"), "dead");
    assert_eq!(
        status(&bed),
        "failed",
        "whoever looks at the mailbox sees that nobody tries any more"
    );
}

#[tokio::test]
async fn a_mail_that_is_refused_for_good_is_marked_and_not_tried_again() {
    let postman = Postman::start("550 never").await;
    let bed = testbed(Some(&postman));
    bed.tx(ACME, |tx| queue(tx, mail("refused"))).await.unwrap();
    run_jobs(&bed).await;
    assert_eq!(status(&bed), "failed");
    assert_eq!(bed.text("SELECT status FROM jobs"), "dead");
    assert!(postman.received().is_empty());
}

async fn health(bed: &Testbed) -> Result<(), String> {
    (super::DELIVERY.run)(HealthContext::new(&bed.backend)).await
}

#[tokio::test]
async fn a_mail_server_that_is_away_for_days_loses_no_mail_and_is_told_of() {
    let postman = Postman::start("451 later").await;
    let mut bed = testbed(Some(&postman));
    bed.tx(ACME, |tx| queue(tx, mail("waits"))).await.unwrap();
    run_jobs(&bed).await;
    assert_eq!(health(&bed).await, Ok(()), "a greylisted mail is nothing to wake anybody for");
    for _ in 0..71 {
        bed.wait(3600);
        run_jobs(&bed).await;
        assert_eq!(status(&bed), "queued");
    }
    let alarm = health(&bed).await.unwrap_err();
    assert!(
        alarm.starts_with("mails that fail and are tried again: 1, since ") && alarm.contains("451"),
        "{alarm}"
    );
    // The server is back within the three days.
    let open = Postman::start("250 fine").await;
    let services = Arc::get_mut(&mut bed.backend).expect("nobody else holds the parts").services_mut();
    let mut config = (*services.config).clone();
    config.mail.smtp_url = Some(SecretString::from(open.url.clone()));
    services.config = Arc::new(config);
    bed.wait(3600);
    run_jobs(&bed).await;
    assert_eq!((status(&bed).as_str(), open.received().len()), ("sent", 1));
    assert_eq!(health(&bed).await, Ok(()));
}

#[tokio::test]
async fn a_mail_that_was_tried_for_three_days_is_given_up_and_stays_an_alarm() {
    let postman = Postman::start("451 later").await;
    let bed = testbed(Some(&postman));
    bed.tx(ACME, |tx| queue(tx, mail("lost"))).await.unwrap();
    run_jobs(&bed).await;
    bed.wait(73 * 3600);
    run_jobs(&bed).await;
    assert_eq!(status(&bed), "failed");
    assert_eq!(health(&bed).await, Err("mails given up after days of trying: 1".to_owned()));
}

#[tokio::test]
async fn the_platform_sends_and_the_shop_gets_the_answers() {
    let postman = Postman::start("250 fine").await;
    let bed = testbed(Some(&postman));
    bed.owner("UPDATE stores SET contact_email = 'hello@acme.test', name = 'Acme'");
    bed.tx(ACME, |tx| queue(tx, mail("answers"))).await.unwrap();
    run_jobs(&bed).await;
    let received = &postman.received()[0];
    let from = bed.backend.config.mail.from.parse::<lettre::message::Mailbox>().unwrap().email;
    assert!(received.contains(&format!("From: Acme <{from}>")), "{received}");
    assert!(received.contains("Reply-To: Acme <hello@acme.test>"), "{received}");
}

fn with_secret(key: &str) -> Mail {
    Mail {
        text: format!("Follow #{PLACE}"),
        html: format!("<p>#{PLACE}</p>"),
        ..mail(key)
    }
}

#[tokio::test]
async fn a_secret_is_in_the_mail_and_in_no_row() {
    let postman = Postman::start("250 fine").await;
    let bed = testbed(Some(&postman));
    let vault = bed.backend.vault.clone();
    let queued = bed.tx(ACME, move |tx| {
        let mail = with_secret("link");
        let secret = Secret::lock(&vault, &mail, "hidden-4417").map_err(|error| DbError::Unavailable(error.to_string()))?;
        queue_secret(tx, &mail, secret)
    });
    queued.await.unwrap();
    let seen =
        "SELECT count(*) FROM mail_messages AS m WHERE m::text LIKE '%hidden-4417%' OR position('hidden-4417'::bytea IN m.secret) > 0";
    assert_eq!(bed.count(seen), 0);
    assert_eq!(
        bed.count("SELECT count(*) FROM mail_messages WHERE secret IS NOT NULL"),
        1,
        "it is kept"
    );
    assert_eq!(bed.count("SELECT count(*) FROM jobs AS j WHERE j::text LIKE '%hidden-4417%'"), 0);
    run_jobs(&bed).await;
    assert_eq!(status(&bed), "sent");
    let received = &postman.received()[0];
    assert!(
        received.contains("Follow #hidden-4417") && received.contains("<p>#hidden-4417</p>"),
        "{received}"
    );
    assert_eq!(
        bed.count("SELECT count(*) FROM mail_messages WHERE secret IS NOT NULL"),
        0,
        "the row forgets it"
    );
}

#[tokio::test]
async fn a_mail_of_the_platform_is_from_the_platform() {
    let postman = Postman::start("250 fine").await;
    let bed = testbed(Some(&postman));
    let services = bed.backend.services().clone();
    let queued = bed.backend.platform_tx(Actor::system("tests"), RequestMeta::default(), move |tx| {
        tx.no_audit("a mail of a test");
        queue_for_platform(tx, &services, &mail("platform"), None)
    });
    queued.await.unwrap();
    run_jobs(&bed).await;
    assert_eq!(status(&bed), "sent");
    let received = &postman.received()[0];
    assert!(received.contains(&format!("From: {}", bed.backend.config.mail.from)), "{received}");
    assert!(!received.contains("Reply-To"), "{received}");
}
