//! Where settings come from: flags over environment over file over defaults. Nothing unknown is
//! passed over in silence.

use super::settings::Settings;

/// The prefix of every variable.
const PREFIX: &str = "COPYDESK_";

/// The key that names the file itself.
pub const FILE_KEY: &str = "config";

/// The variables that OpenTelemetry has for the address of a collector; the first that is set counts.
const COLLECTOR: [&str; 2] = ["OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

/// What was given, in written form.
#[derive(Clone, Default, Debug)]
pub struct Sources {
    /// Name and text of the file.
    pub file: Option<(String, String)>,
    /// Variables of the environment, all of them.
    pub environment: Vec<(String, String)>,
    /// Flags, without the dashes.
    pub flags: Vec<(String, String)>,
}

impl Sources {
    /// The settings, or one line for each mistake.
    pub fn settings(&self) -> Result<Settings, Vec<String>> {
        let (mut settings, mut wrong) = (Settings::default(), Vec::new());
        self.read_file(&mut settings, &mut wrong);
        self.read_environment(&mut settings, &mut wrong);
        for (name, value) in &self.flags {
            let set = settings.set(name, value);
            wrong.extend(set.err().map(|why| format!("--{name}: {why}")));
        }
        if wrong.is_empty() {
            wrong = settings.contradictions();
        }
        if wrong.is_empty() { Ok(settings) } else { Err(wrong) }
    }

    fn read_file(&self, settings: &mut Settings, wrong: &mut Vec<String>) {
        let Some((path, text)) = &self.file else { return };
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => return wrong.push(format!("{path}: {}", error.message())),
        };
        for (key, value) in &table {
            let text = match value {
                toml::Value::String(text) => text.clone(),
                toml::Value::Integer(number) => number.to_string(),
                toml::Value::Boolean(truth) => truth.to_string(),
                _ => {
                    wrong.push(format!("{path}: {key}: expected a text, a whole number, true or false"));
                    continue;
                }
            };
            if !is_known(key) {
                wrong.push(format!("{path}: {key} is no setting{}", hint(nearest(key))));
            } else if let Err(why) = settings.set(key, &text) {
                wrong.push(format!("{path}: {key}: {why}"));
            }
        }
    }

    /// Our own variables, over the standard ones.
    fn read_environment(&self, settings: &mut Settings, wrong: &mut Vec<String>) {
        let given =
            |name: &str| self.environment.iter().find(|(variable, value)| variable == name && !value.is_empty());
        let disabled = given("OTEL_SDK_DISABLED").is_some_and(|(_, value)| value.eq_ignore_ascii_case("true"));
        if let Some((variable, value)) = COLLECTOR.into_iter().find_map(given).filter(|_| !disabled)
            && let Err(why) = settings.set("otlp-endpoint", value)
        {
            wrong.push(format!("{variable}: {why}"));
        }
        for (variable, value) in &self.environment {
            let Some(rest) = variable.strip_prefix(PREFIX) else { continue };
            let name = rest.to_lowercase().replace('_', "-");
            if name == FILE_KEY || is_kubernetes(&name) {
                continue;
            }
            if !is_known(&name) {
                wrong.push(format!("{variable} is no setting{}", hint(nearest(&name).map(|key| variable_of(&key)))));
            } else if let Err(why) = settings.set(&name, value) {
                wrong.push(format!("{variable}: {why}"));
            }
        }
    }
}

/// Kubernetes sets these for a Service that is called copydesk, and nobody asked it to.
fn is_kubernetes(name: &str) -> bool {
    name.ends_with("-service-host")
        || name == "service-host"
        || name.contains("service-port")
        || name == "port"
        || name.starts_with("port-")
        || name.ends_with("-port")
        || name.contains("-port-")
}

fn is_known(name: &str) -> bool {
    Settings::keys().iter().any(|key| key.name == name)
}

/// The variable of a key.
pub fn variable_of(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('-', "_").to_uppercase())
}

/// The key that is nearest, when one is near.
fn nearest(name: &str) -> Option<String> {
    let likeness = |key: &str| strsim::normalized_damerau_levenshtein(key, name);
    let keys = Settings::keys().into_iter().map(|key| (likeness(&key.name), key.name));
    keys.max_by(|a, b| a.0.total_cmp(&b.0)).filter(|(likeness, _)| *likeness > 0.5).map(|(_, key)| key)
}

fn hint(near: Option<String>) -> String {
    near.map(|key| format!("; do you mean {key}?")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::value::Bytes;

    fn owned(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    fn sources(file: &str, environment: &[(&str, &str)], flags: &[(&str, &str)]) -> Sources {
        let file = Some(("desk.toml".to_owned(), file.to_owned()));
        Sources { file, environment: owned(environment), flags: owned(flags) }
    }

    #[test]
    fn the_flag_wins_over_the_environment_and_that_over_the_file() {
        let file = "max-text = \"1KiB\"\nmax-batch = 5\nworkers = 3\nreflection = false";
        let environment = [("COPYDESK_MAX_TEXT", "2KiB"), ("COPYDESK_MAX_BATCH", "6"), ("HOME", "/root")];
        let settings = sources(file, &environment, &[("max-text", "3KiB")]).settings().expect("fine");
        assert_eq!((settings.max_text, settings.max_batch, settings.workers), (Bytes(3072), 6, 3));
        assert!(!settings.reflection);
        assert_eq!(settings.stream_window, Settings::default().stream_window);
    }

    #[test]
    fn the_collector_is_known_by_its_standard_name_too() {
        let all = "http://all:4317";
        for (environment, wanted) in [
            (&[][..], ""),
            (&[("OTEL_EXPORTER_OTLP_ENDPOINT", all)], "http://all:4317/"),
            (&[("OTEL_EXPORTER_OTLP_ENDPOINT", "")], ""),
            (&[("OTEL_EXPORTER_OTLP_ENDPOINT", all), ("OTEL_SDK_DISABLED", "true")], ""),
            (
                &[("OTEL_EXPORTER_OTLP_ENDPOINT", all), ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://some:4317")],
                "http://some:4317/",
            ),
            (&[("OTEL_EXPORTER_OTLP_ENDPOINT", all), ("COPYDESK_OTLP_ENDPOINT", "http://own:1")], "http://own:1/"),
            (&[("OTEL_EXPORTER_OTLP_ENDPOINT", all), ("COPYDESK_OTLP_ENDPOINT", "")], ""),
        ] {
            let settings = sources("", environment, &[]).settings().expect("fine");
            let shown = settings.otlp_endpoint.map(|uri| uri.to_string()).unwrap_or_default();
            assert_eq!(shown, wanted, "{environment:?}");
        }
    }

    #[test]
    fn each_mistake_is_told_in_one_line_with_the_nearest_known_key() {
        for (file, environment, flags, wanted) in [
            ("max-txt = \"1KiB\"", &[][..], &[][..], "desk.toml: max-txt is no setting; do you mean max-text?"),
            ("max_text = 7", &[], &[], "desk.toml: max_text is no setting; do you mean max-text?"),
            ("weather = 7", &[], &[], "desk.toml: weather is no setting"),
            ("max-text = [1]", &[], &[], "desk.toml: max-text: expected a text, a whole number, true or false"),
            (
                "deadline = \"fast\"",
                &[],
                &[],
                "desk.toml: deadline: expected a duration such as 250ms, 10s or 5min, found `fast`",
            ),
            ("", &[("COPYDESK_LISTN", "x")], &[], "COPYDESK_LISTN is no setting; do you mean COPYDESK_LISTEN?"),
            ("", &[("COPYDESK_QUEUE", "-1")], &[], "COPYDESK_QUEUE: expected a whole number, found `-1`"),
            ("", &[], &[("log", "loud")], "--log: expected error, warn, info, debug or trace, found `loud`"),
            ("tls-key = \"k.pem\"", &[], &[], "tls-cert and tls-key are needed together"),
        ] {
            let wrong = sources(file, environment, flags).settings().expect_err(wanted);
            assert_eq!(wrong, [wanted]);
        }
        assert!(sources("max-text = ", &[], &[]).settings().expect_err("no TOML")[0].starts_with("desk.toml: "));
    }

    #[test]
    fn variables_that_kubernetes_sets_for_a_service_are_nobodys_mistake() {
        let environment = [
            ("COPYDESK_SERVICE_HOST", "10.0.0.1"),
            ("COPYDESK_SERVICE_PORT", "50051"),
            ("COPYDESK_SERVICE_PORT_GRPC", "50051"),
            ("COPYDESK_PORT", "tcp://10.0.0.1:50051"),
            ("COPYDESK_PORT_50051_TCP_ADDR", "10.0.0.1"),
            ("COPYDESK_HEADLESS_SERVICE_HOST", "10.0.0.1"),
            ("COPYDESK_HEADLESS_PORT", "tcp://10.0.0.1:50051"),
            ("COPYDESK_HEADLESS_PORT_50051_TCP", "tcp://10.0.0.1:50051"),
        ];
        assert_eq!(sources("", &environment, &[]).settings(), Ok(Settings::default()));
    }
}
