//! Who may call what, and how often: bearer tokens, methods by identity, a rate for each.

use std::collections::HashMap;
use std::num::NonZeroU32;
use std::time::Duration;

use governor::clock::{Clock, MonotonicClock};
use governor::state::keyed::HashMapStateStore;
use governor::{NotUntil, Quota, RateLimiter};
use http::HeaderMap;
use http::header::AUTHORIZATION;
use ring::digest::SHA256;
use subtle::ConstantTimeEq;

use super::call::Call;
use super::rejected::Rejected;
use super::settings::Settings;
use super::watched::Watched;

/// Every check that the settings ask for.
pub(super) struct Gate {
    pub(super) tokens: Option<Watched<Tokens>>,
    pub(super) policy: Option<Watched<Policy>>,
    rates: Option<Rates>,
}

/// Name and digest of each token.
pub(super) struct Tokens(Vec<(String, [u8; 32])>);

/// Methods by identity; `*` stands for everybody and for every method.
pub(super) struct Policy(HashMap<String, Vec<String>>);

type Rates = RateLimiter<String, HashMapStateStore<String>, MonotonicClock>;

impl Gate {
    /// Opens the files that the settings name.
    pub(super) fn open(settings: &Settings) -> Result<Gate, String> {
        let tokens = settings.tokens_file.clone().map(|path| Watched::open("tokens", vec![path], Tokens::read));
        let policy = settings.policy_file.clone().map(|path| Watched::open("policy", vec![path], Policy::read));
        Ok(Gate { tokens: tokens.transpose()?, policy: policy.transpose()?, rates: rates(settings) })
    }

    /// Lets the call in or says why not, and notes who calls.
    pub(super) fn check(&self, call: &Call, headers: &HeaderMap) -> Result<(), Rejected> {
        let token = self.tokens.as_ref().map(|tokens| tokens.now().owner(headers)).transpose()?;
        let identity = token.or_else(|| call.peer.certificate.clone());
        if let Some(policy) = &self.policy
            && !policy.now().allows(identity.as_deref().unwrap_or("anonymous"), call.short_method())
        {
            return Err(Rejected::MethodDenied);
        }
        if let Some(rates) = &self.rates {
            // Callers without a name are told apart by their address.
            let key = identity.clone().unwrap_or_else(|| call.peer.address.ip().to_string());
            rates.check_key(&key).map_err(|until| Rejected::RateLimited { wait: wait(&until) })?;
        }
        if let Some(identity) = identity {
            let _ = call.identity.set(identity);
        }
        Ok(())
    }

    /// Drops the record of those who have not called for a while.
    pub(super) fn forget_the_quiet(&self) {
        if let Some(rates) = &self.rates {
            rates.retain_recent();
        }
    }
}

fn rates(settings: &Settings) -> Option<Rates> {
    let rate = NonZeroU32::new(settings.rate_limit)?;
    let burst = NonZeroU32::new(settings.rate_burst).unwrap_or(rate);
    Some(RateLimiter::new(Quota::per_second(rate).allow_burst(burst), HashMapStateStore::default(), MonotonicClock))
}

fn wait(until: &NotUntil<<MonotonicClock as Clock>::Instant>) -> Duration {
    until.wait_time_from(MonotonicClock.now())
}

impl Tokens {
    fn read(files: &[Vec<u8>]) -> Result<Tokens, String> {
        let mut tokens = Vec::new();
        for (number, line) in lines(files)? {
            let (name, token) = two(line).ok_or_else(|| format!("line {number}: expected a name and a token"))?;
            let digest = match token.strip_prefix("sha256:") {
                None => digest(token.as_bytes()),
                Some(hex) => unhex(hex).ok_or_else(|| format!("line {number}: sha256: takes 64 hexadecimal digits"))?,
            };
            tokens.push((name.to_owned(), digest));
        }
        Ok(Tokens(tokens))
    }

    /// Whose token the headers hold. Every token is compared, and each in constant time: how long
    /// it takes tells nothing.
    fn owner(&self, headers: &HeaderMap) -> Result<String, Rejected> {
        let value = headers.get(AUTHORIZATION).ok_or(Rejected::TokenMissing)?;
        let (scheme, token) = value.as_bytes().split_at_checked(7).ok_or(Rejected::TokenMissing)?;
        if !scheme.eq_ignore_ascii_case(b"bearer ") {
            return Err(Rejected::TokenMissing);
        }
        let shown = digest(token.trim_ascii());
        let mut owner = None;
        for (name, known) in &self.0 {
            if bool::from(known.ct_eq(&shown)) {
                owner = Some(name);
            }
        }
        owner.cloned().ok_or(Rejected::TokenInvalid)
    }
}

impl Policy {
    fn read(files: &[Vec<u8>]) -> Result<Policy, String> {
        let mut policy: HashMap<String, Vec<String>> = HashMap::new();
        for (number, line) in lines(files)? {
            let (identity, methods) =
                two(line).ok_or_else(|| format!("line {number}: expected an identity and methods"))?;
            for method in methods.split(',').map(str::trim) {
                let known = method == "*" || super::call::METHODS.iter().any(|m| m.rsplit('/').next() == Some(method));
                if !known {
                    return Err(format!("line {number}: there is no method {method}"));
                }
                policy.entry(identity.to_owned()).or_default().push(method.to_owned());
            }
        }
        Ok(Policy(policy))
    }

    fn allows(&self, identity: &str, method: &str) -> bool {
        let lists = [identity, "*"].into_iter().filter_map(|who| self.0.get(who));
        lists.flatten().any(|allowed| allowed == "*" || allowed == method)
    }
}

/// Lines that say something, with their numbers.
fn lines(files: &[Vec<u8>]) -> Result<Vec<(usize, &str)>, String> {
    let bytes = files.first().map(Vec::as_slice).unwrap_or_default();
    let text = std::str::from_utf8(bytes).map_err(|_| "the file is no UTF-8".to_owned())?;
    let numbered = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
    Ok(numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).collect())
}

fn two(line: &str) -> Option<(&str, &str)> {
    line.split_once(char::is_whitespace).map(|(first, second)| (first, second.trim()))
}

/// SHA-256.
pub(super) fn digest(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(ring::digest::digest(&SHA256, bytes).as_ref());
    out
}

/// As hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    if text.len() != 64 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    for (i, byte) in out.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Result<Tokens, String> {
        Tokens::read(&[text.as_bytes().to_vec()])
    }

    #[test]
    fn a_token_is_known_by_its_words_or_by_its_digest() {
        let file = format!("# the desks\n\nsports  s3cret\nforeign sha256:{}\n", hex(&digest(b"ot her")));
        let tokens = tokens(&file).expect("fine");
        for (header, wanted) in [
            (None, Err(Rejected::TokenMissing)),
            (Some("Basic abc"), Err(Rejected::TokenMissing)),
            (Some("Bearer"), Err(Rejected::TokenMissing)),
            (Some("Bearer wrong"), Err(Rejected::TokenInvalid)),
            (Some("Bearer s3cret"), Ok("sports".to_owned())),
            (Some("bearer ot her"), Ok("foreign".to_owned())),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(value) = header {
                headers.insert(AUTHORIZATION, value.parse().expect("plain"));
            }
            assert_eq!(tokens.owner(&headers), wanted, "{header:?}");
        }
    }

    #[test]
    fn a_file_with_a_mistake_is_refused_with_the_line() {
        for (text, why) in [
            ("sports", "line 1: expected a name and a token"),
            ("# x\nsports sha256:12", "line 2: sha256: takes 64 hexadecimal digits"),
        ] {
            assert_eq!(tokens(text).err().as_deref(), Some(why));
        }
        let policy = Policy::read(&[b"sports StructureArticle,Rewrite".to_vec()]);
        assert_eq!(policy.err().as_deref(), Some("line 1: there is no method Rewrite"));
    }

    #[test]
    fn a_policy_knows_each_desk_and_everybody() {
        let policy = Policy::read(&[b"sports StructureArticle, GetServiceInfo\nchief *\n* GetServiceInfo".to_vec()])
            .expect("fine");
        for (who, what, wanted) in [
            ("sports", "StructureArticle", true),
            ("sports", "BatchStructureArticles", false),
            ("chief", "BatchStructureArticles", true),
            ("anonymous", "GetServiceInfo", true),
            ("anonymous", "StructureArticle", false),
        ] {
            assert_eq!(policy.allows(who, what), wanted, "{who} {what}");
        }
    }
}
