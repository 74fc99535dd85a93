//! The program as an operator runs it: signals, settings, processor time, what it prints.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use copydesk::server::Settings;
use prost::Message;
use tonic::Code;

use crate::desk::{PATIENCE, request, wait_until};
use crate::raw::{call, frame};

const PROGRAM: &str = env!("CARGO_BIN_EXE_copydesk");

/// A running `copydesk serve`; killed when dropped.
pub(crate) struct Program {
    child: Child,
    pub(crate) grpc: SocketAddr,
    admin: SocketAddr,
}

impl Program {
    fn start(flags: &[&str]) -> Program {
        Program::start_with(flags, &[])
    }

    /// With variables in its environment.
    pub(crate) fn start_with(flags: &[&str], environment: &[(&str, &str)]) -> Program {
        let mut child = Command::new(PROGRAM)
            .args(["serve", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"])
            .args(flags)
            .envs(environment.iter().copied())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut address = |name: &str| {
            let line = lines.next().expect("a line").expect("text");
            line.strip_prefix(name).and_then(|a| a.trim().parse().ok()).expect("an address")
        };
        let (grpc, admin) = (address("grpc"), address("admin"));
        let program = Program { child, grpc, admin };
        program.until("/readyz", "HTTP/1.1 200");
        program
    }

    /// Asks for a page until `words` are in it.
    fn until(&self, path: &str, words: &str) -> String {
        let began = Instant::now();
        loop {
            let page = self.get(path);
            if page.contains(words) {
                return page;
            }
            assert!(began.elapsed() < PATIENCE, "no `{words}` in {path}:\n{page}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn signal(&self, name: &str) {
        let sent = Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(sent.expect("kill").success());
    }

    /// Exit code and how long it took.
    fn end(&mut self) -> (Option<i32>, Duration) {
        let began = Instant::now();
        let status = self.child.wait().expect("it ends");
        (status.code(), began.elapsed())
    }

    fn printed(&mut self) -> String {
        let mut text = String::new();
        self.child.stderr.take().expect("piped").read_to_string(&mut text).expect("text");
        text
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
    }

    fn ask(&self, words: &str) -> String {
        let mut stream = TcpStream::connect(self.admin).expect("the admin port");
        stream.write_all(words.as_bytes()).expect("sent");
        let mut answer = String::new();
        let _ = stream.read_to_string(&mut answer);
        answer
    }

    /// Processor time so far, in ticks of ten milliseconds.
    fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.id())).expect("Linux");
        let after_name = stat.rsplit(')').next().expect("a name in brackets");
        after_name.split_whitespace().skip(11).take(2).map(|n| n.parse::<u64>().expect("a number")).sum()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Cuts whoever is still there after a second.
const QUICK: [&str; 4] = ["--lame-duck", "0s", "--drain", "1s"];

/// Lets everybody go who goes by himself.
const PATIENT: [&str; 4] = ["--lame-duck", "0s", "--drain", "20s"];

/// Pieces of long texts: news, and what takes longest.
const PIECES: [(&str, &str); 3] = [
    ("news", "\"We go,\" said Ines Roth, the minister of Latvia, in Riga. \u{201c}Nobody\u{201d} sails.\n\n"),
    ("cues and no quotes", "he said that she said "),
    ("one-word lines", "Word\n"),
];

#[tokio::test]
async fn the_processor_rests_soon_after_a_deadline_and_after_a_caller_has_left() {
    let program = Program::start(&[&QUICK[..], &["--workers", "2"]].concat());
    // What two workers can do in a tenth of a second; half as much again in a build for tests.
    let most = if cfg!(debug_assertions) { 30 } else { 20 };
    for (name, piece) in PIECES {
        let body = frame(0, &request(&piece.repeat((1 << 20) / piece.len())).encode_to_vec());
        let patient = [("grpc-timeout", "30m")];
        let calls: Vec<_> = (0..6)
            .map(|_| {
                let (address, body) = (program.grpc, body.clone());
                tokio::spawn(async move { call(address, "StructureArticle", &patient, body).await.status.code() })
            })
            .collect();
        for each in calls {
            let code = each.await.expect("an answer");
            assert!(matches!(code, Code::DeadlineExceeded | Code::Ok | Code::Unavailable), "{name}: {code:?}");
        }
        let after_deadline = rest(&program).await;
        // And callers who leave without a word, while two of them are worked on.
        let left: Vec<_> =
            (0..4).map(|_| tokio::spawn(call(program.grpc, "StructureArticle", &[], body.clone()))).collect();
        let before = program.ticks();
        wait_until("work", || program.ticks() > before + 1).await;
        left.iter().for_each(|call| call.abort());
        let after_leaving = rest(&program).await;
        println!("{name}: {after_deadline} ticks after the deadline, {after_leaving} after the callers had left");
        assert!(after_deadline.max(after_leaving) <= most, "{name}: {after_deadline}, {after_leaving} ticks");
    }
}

/// How many ticks the program goes on working from now, until it rests.
async fn rest(program: &Program) -> u64 {
    let (began, before) = (Instant::now(), program.ticks());
    let (mut last, mut quiet) = (before, 0);
    // A busy machine may keep the program from working: it rests when it uses nothing for long.
    while quiet < 8 && began.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(50)).await;
        let now = program.ticks();
        quiet = if now == last { quiet + 1 } else { 0 };
        last = now;
    }
    last - before
}

#[tokio::test]
async fn a_signal_ends_it_in_time_whoever_is_still_connected() {
    let mut program = Program::start(&QUICK);
    let _silent = TcpStream::connect(program.grpc).expect("it listens");
    let mut preface_only = TcpStream::connect(program.grpc).expect("it listens");
    preface_only.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").expect("sent");
    program.signal("TERM");
    let (code, took) = program.end();
    assert!(took < Duration::from_secs(20), "{took:?}");
    assert!(code == Some(1) || code == Some(0), "{code:?}");
    let mut quiet = Program::start(&PATIENT);
    quiet.signal("TERM");
    assert_eq!(quiet.end().0, Some(0));
}

#[test]
fn a_second_signal_and_the_hard_limit_end_it_at_once() {
    let mut program = Program::start(&["--lame-duck", "200s", "--hard-exit", "300s"]);
    program.signal("TERM");
    program.until("/readyz", "HTTP/1.1 503");
    assert!(program.get("/livez").starts_with("HTTP/1.1 200"), "but alive");
    program.signal("TERM");
    assert!(program.end().1 < PATIENCE);
    assert!(program.printed().contains("stopping"), "nothing of the log is lost");
    let mut limited = Program::start(&["--lame-duck", "500ms", "--drain", "500ms", "--hard-exit", "1s"]);
    let mut preface_only = TcpStream::connect(limited.grpc).expect("it listens");
    preface_only.write_all(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0").expect("sent");
    limited.signal("INT");
    assert!(limited.end().1 < Duration::from_secs(20));
}

#[tokio::test]
async fn nothing_printed_or_counted_holds_a_word_of_an_article() {
    let mut program = Program::start(&[&PATIENT[..], &["--log", "trace", "--max-text", "2000"]].concat());
    // Words that stand nowhere else.
    let text = "Quorvaxine ferries zymbolt\n\n\"Plindorf wextil,\" said Mordula Krensk of Vandelopia.";
    let good = request(text).encode_to_vec();
    let long = request(&text.repeat(100)).encode_to_vec();
    let mut broken = good.clone();
    broken[8] = 0xff;
    let article = |_| String::from_utf8_lossy(&good).into_owned();
    let id = article(()).replace(|c: char| !c.is_ascii_graphic(), "");
    let traceparent = ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
    for (method, headers, body) in [
        ("StructureArticle", vec![traceparent, ("x-request-id", "desk-42")], frame(0, &good)),
        ("StructureArticle", vec![("x-request-id", id.as_str())], frame(0, &good)),
        ("StructureArticle", vec![("authorization", "Bearer Quorvaxine-secret")], frame(0, &long)),
        ("StructureArticle", vec![], frame(0, &broken)),
        ("BatchStructureArticles", vec![], frame(0, &good)),
        ("StreamStructureArticles", vec![], frame(0, &good)),
        ("Quorvaxine", vec![], frame(0, &good)),
    ] {
        let status = call(program.grpc, method, &headers, body).await.status;
        assert!(!status.message().contains("uorvaxine") || method == "Quorvaxine", "{status:?}");
    }
    // A call is counted when its last byte has gone, which may be after it has come.
    program.until("/metrics", "copydesk_calls_open 0");
    let pages: String = ["/metrics", "/config", "/version", "/"].map(|path| program.get(path)).concat();
    program.signal("TERM");
    program.end();
    let printed = program.printed();
    for word in ["uorvaxine", "zymbolt", "lindorf", "wextil", "ordula", "rensk", "andelopia"] {
        assert!(!printed.contains(word), "{word}: {printed}");
        assert!(!pages.contains(word), "{word}: {pages}");
    }
    let line = printed.lines().find(|l| l.contains("desk-42")).expect("a line for the call");
    for part in [
        "\"trace_id\":\"4bf92f3577b34da6a3ce929d0e0e4736\"",
        "\"method\":\"/copydesk.v1.StructuringService/StructureArticle\"",
        "\"code\":\"OK\"",
        "\"queue_us\":",
        "\"work_us\":",
        "\"bytes_in\":",
        "\"bytes_out\":",
        "\"engine_version\":",
    ] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert!(printed.lines().last().is_some_and(|l| l.contains("\"stopped\"")), "to its last line: {printed}");
    assert!(printed.lines().all(|l| l.starts_with('{') && l.ends_with('}')), "each line is an object");
    for part in [
        "copydesk_calls_handled_total{method=\"/copydesk.v1.StructuringService/StructureArticle\",code=\"OK\",reason=\"\"} 2",
        "code=\"INVALID_ARGUMENT\",reason=\"TEXT_TOO_LONG\"} 1",
        "copydesk_phase{name=\"serving\"} 1",
        "copydesk_build_info{",
        "# EOF",
    ] {
        assert!(pages.contains(part), "{part}: {pages}");
    }
}

#[tokio::test]
async fn a_hangup_makes_it_read_its_files_again() {
    let file = std::env::temp_dir().join(format!("copydesk-{}-hangup", std::process::id()));
    std::fs::write(&file, "sports first\n").expect("written");
    let path = file.display().to_string();
    let program = Program::start(&[&QUICK[..], &["--reload", "1h", "--tokens-file", &path]].concat());
    let body = frame(0, &request("Ferries stop").encode_to_vec());
    let code = async |token: &str| {
        let headers = [("authorization", token)];
        call(program.grpc, "StructureArticle", &headers, body.clone()).await.status.code()
    };
    assert_eq!(code("Bearer first").await, Code::Ok);
    std::fs::write(&file, "sports second\n").expect("written");
    assert_eq!(code("Bearer second").await, Code::Unauthenticated, "nobody has looked yet");
    program.signal("HUP");
    let began = Instant::now();
    while code("Bearer second").await != Code::Ok && began.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(code("Bearer second").await, Code::Ok);
    assert_eq!(code("Bearer first").await, Code::Unauthenticated);
    let _ = std::fs::remove_file(&file);
}

#[tokio::test]
async fn a_log_that_nobody_reads_holds_up_no_call() {
    let mut program = Program::start(&PATIENT);
    let body = frame(0, &request("Ferries stop").encode_to_vec());
    // Far more lines than a pipe holds.
    for _ in 0..400 {
        let status = call(program.grpc, "StructureArticle", &[], body.clone()).await.status;
        assert_eq!(status.code(), Code::Ok);
    }
    program.signal("TERM");
    let (code, took) = program.end();
    assert!(code == Some(0) && took < Duration::from_secs(24), "{code:?} after {took:?}");
}

#[test]
fn the_log_is_turned_from_this_machine_while_it_runs() {
    let program = Program::start(&QUICK);
    let put = |level: &str| {
        program.ask(&format!(
            "PUT /log-level HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{level}",
            level.len()
        ))
    };
    assert!(put("debug").starts_with("HTTP/1.1 200"));
    assert!(put("loud").starts_with("HTTP/1.1 400"));
}

#[test]
fn wrong_settings_are_refused_with_a_clear_line_and_their_own_code() {
    for (flags, words) in [
        (&["--max-text", "much"][..], "--max-text: expected a size such as 4MiB, found `much`"),
        (&["--tls-cert", "/nowhere.pem"], "tls-cert and tls-key are needed together"),
        (&["--tokens-file", "/nowhere"], "/nowhere: No such file"),
        (&["--config", "/nowhere.toml"], "/nowhere.toml: No such file"),
    ] {
        let ended = Command::new(PROGRAM).arg("serve").args(flags).arg("--check-config").output().expect("the program");
        let said = String::from_utf8_lossy(&ended.stderr);
        assert!(said.contains(words), "{said}");
        assert_eq!((ended.status.code(), said.lines().count()), (Some(64), 1));
    }
    let misspelt =
        Command::new(PROGRAM).args(["serve", "--check-config"]).env("COPYDESK_MAX_TXT", "1").output().expect("it");
    assert!(String::from_utf8_lossy(&misspelt.stderr).contains("do you mean COPYDESK_MAX_TEXT?"));
    let printed = Command::new(PROGRAM).args(["serve", "--print-config", "--max-text", "2MiB"]).output().expect("it");
    let file = std::env::temp_dir().join(format!("copydesk-{}.toml", std::process::id()));
    std::fs::write(&file, &printed.stdout).expect("written");
    let again = Command::new(PROGRAM).args(["serve", "--print-config", "--config"]).arg(&file).output().expect("it");
    let _ = std::fs::remove_file(&file);
    assert!(again.stdout == printed.stdout && again.status.success(), "what is printed can be read again");
    assert!(String::from_utf8_lossy(&printed.stdout).contains("max-text = \"2MiB\""));
}

#[test]
fn the_operators_page_tells_every_setting_with_its_default() {
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/OPERATIONS.md");
    let page = std::fs::read_to_string(page).expect("the page");
    for (key, (name, default)) in Settings::keys().into_iter().zip(Settings::default().shown()) {
        let default = if default.is_empty() { default } else { format!("`{default}`") };
        let row = format!("| `{name}` | {default} | {} |", key.about);
        assert!(page.contains(&row), "docs/OPERATIONS.md lacks\n{row}");
    }
}

#[test]
fn the_healthcheck_tells_serving_from_gone() {
    let mut program = Program::start(&QUICK);
    let check = |address: SocketAddr, service: &str| {
        Command::new(PROGRAM)
            .args(["healthcheck", "--timeout", "60000", "--addr", &address.to_string(), "--service", service])
            .output()
            .expect("the program")
            .status
            .code()
    };
    assert_eq!(check(program.admin, ""), Some(0));
    assert_eq!(check(program.grpc, "copydesk.v1.StructuringService"), Some(0));
    assert_eq!(check(program.admin, "weather.v1.Forecast"), Some(1));
    program.signal("TERM");
    program.end();
    assert_eq!(check(program.admin, ""), Some(1));
}
