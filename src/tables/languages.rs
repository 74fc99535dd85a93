//! `data/languages.tsv`: the short words that tell languages apart.

use super::tsv;
use crate::text::{Classes, Lexicon, StopWords};

const FILE: &str = include_str!("../../data/languages.tsv");

/// Reads the table; English is its first language.
pub(super) fn read(lexicon: &mut Lexicon) -> StopWords {
    let mut stop_words = StopWords::default();
    for (_, [tag, words]) in tsv::rows::<2>(FILE) {
        stop_words.add_language(tag);
        for word in tsv::list(words) {
            stop_words.add_word(lexicon.enter(word, Classes::NONE));
        }
    }
    stop_words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{language, tokens};

    #[test]
    fn english_comes_first_and_every_language_has_enough_words() {
        tsv::assert_sound("languages.tsv", FILE, 2);
        let rows: Vec<_> = tsv::rows::<2>(FILE).collect();
        assert_eq!(rows[0].1[0], "en");
        assert!(rows.len() <= 32 && rows.iter().all(|(_, [_, words])| tsv::list(words).count() >= 30));
    }

    #[test]
    fn each_language_is_told_by_its_short_words() {
        let mut lexicon = Lexicon::default();
        let stop_words = read(&mut lexicon);
        for (text, tag) in [
            ("The ferry did not sail on Monday, the port said.", Some("en")),
            ("Storm", Some("en")),
            ("Die Fähre ist am Montag nicht gefahren, sagte der Hafen.", Some("de")),
            ("Le ferry est resté au port lundi, selon la mairie de la ville.", Some("fr")),
            ("El ferry no salió el lunes del puerto, según las autoridades de la ciudad.", Some("es")),
            ("Il traghetto non è partito lunedì dal porto, secondo il sindaco della città.", Some("it")),
            ("A balsa não saiu do porto na segunda-feira, disse o prefeito da cidade.", Some("pt")),
            ("De veerboot is maandag niet van de haven vertrokken, zei het bestuur.", Some("nl")),
            ("Paromas pirmadienį neišplaukė iš uosto žvejų", None),
            ("Паром в понедельник не вышел из порта, сообщил он.", Some("ru")),
            ("Паром у понеділок не вийшов з порту, й про це сказав він.", Some("uk")),
            ("フェリーは月曜日に出港しなかった。", Some("ja")),
            ("渡轮星期一没有出航", Some("zh")),
            ("", Some("en")),
        ] {
            let found = language(text, &tokens(text, &lexicon), &stop_words);
            assert_eq!(found, tag, "{text}");
        }
    }
}
