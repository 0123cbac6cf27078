//! What a project is like, as it was set up: a record whose id is the project's, shared by all who may set it up.

use serde_json::Value;

use crate::changes::{is_valid_name, is_writers_name};
use crate::plain::Plain;
use crate::{Audience, ConsentSubject, FieldState, Map, ProjectId, Record, RecordId, Theme};

/// The kind of a project's settings.
pub const KIND_PROJECT: &str = "project";

/// The largest record of this kind, in bytes of its JSON text: it carries an outline and texts in several languages.
pub const MAX_PROJECT_BYTES: usize = 256 * 1024;

/// The largest outline of the neighbourhood, in bytes of its GeoJSON.
pub const MAX_AREA_BYTES: usize = 64 * 1024;

/// The longest name of a project, municipality, group or theme, in signs.
pub const MAX_NAME_CHARS: usize = 80;

/// The longest text that a project shows, in signs of one language.
pub const MAX_TEXT_CHARS: usize = 4_000;

/// How many themes, questions, or consent texts a project has at the most.
pub const MAX_ITEMS: usize = 40;

/// How many languages a text is there in at the most.
const MAX_LANGUAGES: usize = 12;

/// The field that says what becomes of an entry while its maker has not said whether there are people in its photos.
pub const PEOPLE_UNANSWERED: &str = "people_unanswered";

/// Such an entry is held: its maker sees it, and those who guide the project.
pub const HOLD: &str = "hold";

/// Such an entry is shown as any other.
pub const SHOW: &str = "show";

/// Words by the tag of their language, such as `nl`.
pub type Texts = Map<String, String>;

/// The keys of the questions that are asked where a project has none of its own, in their order.
pub const QUESTION_KEYS: [&str; 5] = ["see", "happens", "means", "why", "do"];

/// A theme of a project, in the order of choosing: one of [`crate::Theme`], or its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThemeChoice {
    /// A stable key.
    pub key: String,
    /// Its names, where they differ from those that everybody has.
    pub names: Texts,
    /// It cannot be chosen (any more); entries that are about it still are.
    pub is_off: bool,
}

crate::plain!(ThemeChoice { key, names: or_default, is_off: unless_default });

/// A question to the maker of an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// A stable key.
    pub key: String,
    /// How it is asked.
    pub texts: Texts,
    /// It is not asked (any more); one of the project's own stays in the list, so that who wrote apart does not bring it back.
    pub is_off: bool,
}

crate::plain!(Question { key, texts: or_default, is_off: unless_default });

/// A text under which a consent is given. One that was shown is never changed: a new text is a new version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ConsentText {
    /// To what: the key of a [`crate::ConsentSubject`].
    pub subject: String,
    /// Its number, as a consent names it.
    pub version: u32,
    /// What it says.
    pub texts: Texts,
}

crate::plain!(ConsentText { subject, version, texts: or_default });

/// Returns all texts of consents once somebody wrote these who may not have known of all that are held: none that is held changes or
/// goes, since people may have said yes to it. One whose number has gone to another text meanwhile gets the next that is free. To
/// write the same again changes nothing.
pub fn all_consent_texts(held: &[ConsentText], written: &[ConsentText]) -> Vec<ConsentText> {
    let mut all = held.to_vec();
    for text in written {
        let of_subject = || all.iter().filter(|other| other.subject == text.subject);
        let is_known = match of_subject().find(|other| other.version == text.version) {
            None => false,
            Some(other) if other.texts == text.texts => true,
            Some(_) => of_subject().any(|other| other.version > text.version && other.texts == text.texts),
        };
        if is_known {
            continue;
        }
        let is_taken = of_subject().any(|other| other.version == text.version);
        let newest = of_subject().map(|other| other.version).max().unwrap_or_default();
        let version = if is_taken { newest + 1 } else { text.version };
        all.push(ConsentText { version, ..text.clone() });
    }
    all
}

/// Returns the themes that stand, and behind them those of the project's own that somebody wrote who did not know of these: entries
/// may be about one for ever, so none is lost.
pub fn all_own_themes(standing: &[ThemeChoice], written_apart: &[ThemeChoice]) -> Vec<ThemeChoice> {
    with_all_own(standing, written_apart, |theme| &theme.key, |key| Theme::from_key(key).is_some())
}

/// Returns the questions that stand, and behind them those of the project's own that somebody wrote who did not know of these. Of two
/// who changed the words of one question apart, the words that stand remain.
pub fn all_own_questions(standing: &[Question], written_apart: &[Question]) -> Vec<Question> {
    with_all_own(standing, written_apart, |question| &question.key, |key| QUESTION_KEYS.contains(&key))
}

/// What everybody has is put on anew by whoever wants it.
fn with_all_own<T: Clone>(
    standing: &[T],
    written_apart: &[T],
    key: fn(&T) -> &str,
    is_everybodys: fn(&str) -> bool,
) -> Vec<T> {
    let is_lost = |item: &&T| !is_everybodys(key(item)) && standing.iter().all(|other| key(other) != key(item));
    standing.iter().chain(written_apart.iter().filter(is_lost)).take(MAX_ITEMS).cloned().collect()
}

/// A project as its settings say. What nobody has set yet is `None` or empty, and is as in a project without settings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProjectSettings {
    /// Its name.
    pub name: Option<String>,
    /// The municipality.
    pub municipality: Option<String>,
    /// Who sees an entry whose maker did not say: everyone, unless the project says otherwise.
    pub default_audience: Option<Audience>,
    /// Others see an entry only once somebody who guides the project approved it.
    pub asks_approval: bool,
    /// Whether an entry is held until its maker said whether there are people in its photos; `None` while nobody says: it is not.
    pub holds_unanswered: Option<bool>,
    /// There are groups, so that "my group" means something.
    pub has_groups: bool,
    /// The themes in their order; empty: all of [`crate::Theme`].
    pub themes: Vec<ThemeChoice>,
    /// The questions in their order.
    pub questions: Vec<Question>,
    /// What people are asked to photograph.
    pub assignment: Texts,
    /// What stands on the join page.
    pub join_text: Texts,
    /// The texts under which consents are given.
    pub consent_texts: Vec<ConsentText>,
    /// Where acute defects are reported; an `https` address.
    pub report_desk: Option<String>,
    /// The outline, as a GeoJSON Polygon or MultiPolygon.
    pub area: Option<Value>,
    /// When photos are to be erased, in milliseconds since 1970.
    pub erase_photos_ms: Option<u64>,
    /// When all is to be erased, in milliseconds since 1970.
    pub erase_all_ms: Option<u64>,
}

/// What a project says of who sees entries: all that a resident's screens need of its settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sharing {
    /// Who sees an entry whose maker did not say.
    pub default_audience: Option<Audience>,
    /// Others see an entry only once somebody who guides the project approved it.
    pub asks_approval: bool,
    /// Others see an entry only once its maker said whether there are people in its photos.
    pub holds_unanswered: bool,
    /// There are groups, so that "my group" means something.
    pub has_groups: bool,
}

impl Sharing {
    /// Reads it from settings, as [`ProjectSettings::from_values`] does.
    pub fn from_values<'a>(value: &dyn Fn(&str) -> Option<&'a Value>) -> Self {
        let is = |name| value(name) == Some(&Value::Bool(true));
        Self {
            default_audience: value("default_audience").and_then(Audience::from_value),
            asks_approval: is("approval"),
            holds_unanswered: value(PEOPLE_UNANSWERED).is_some_and(|value| value == HOLD),
            has_groups: is("has_groups"),
        }
    }
}

impl ProjectSettings {
    /// The fields that every member sees.
    pub const SHOWN_FIELDS: &[&str] = &[
        "name",
        "municipality",
        "default_audience",
        "approval",
        PEOPLE_UNANSWERED,
        "has_groups",
        "themes",
        "questions",
        "assignment",
        "join_text",
        "consent_texts",
        "report_desk",
        "area",
        "erase_photos_ms",
        "erase_all_ms",
    ];

    /// Returns the id of the record that says what this project is like.
    pub const fn record_id(project: ProjectId) -> RecordId {
        RecordId::from_uuid(project.uuid())
    }

    /// Returns the newest text under which a consent is given, with its number, in the language of this tag. `None` where the project
    /// has no words for it: then the app's own are shown.
    pub fn consent_text(&self, subject: ConsentSubject, language: &str) -> Option<(u32, &str)> {
        let of_subject = self.consent_texts.iter().filter(|text| text.subject == subject.key());
        let newest = of_subject.max_by_key(|text| text.version)?;
        Some((newest.version, newest.texts.get(language).filter(|text| !text.is_empty())?))
    }

    /// Reads settings; `value` returns what a field of this name holds: of a record the last write, of a view the value.
    pub fn from_values<'a>(value: &dyn Fn(&str) -> Option<&'a Value>) -> Self {
        let text = |name| value(name).and_then(String::from_value);
        let Sharing { default_audience, asks_approval, holds_unanswered, has_groups } = Sharing::from_values(value);
        let time = |name| value(name).and_then(Value::as_u64);
        Self {
            name: text("name"),
            municipality: text("municipality"),
            default_audience,
            asks_approval,
            holds_unanswered: value(PEOPLE_UNANSWERED).map(|_| holds_unanswered),
            has_groups,
            themes: value("themes").and_then(Plain::from_value).unwrap_or_default(),
            questions: value("questions").and_then(Plain::from_value).unwrap_or_default(),
            assignment: value("assignment").and_then(Plain::from_value).unwrap_or_default(),
            join_text: value("join_text").and_then(Plain::from_value).unwrap_or_default(),
            consent_texts: value("consent_texts").and_then(Plain::from_value).unwrap_or_default(),
            report_desk: text("report_desk").filter(|url| !url.is_empty()),
            area: value("area").filter(|area| !area.is_null()).cloned(),
            erase_photos_ms: time("erase_photos_ms"),
            erase_all_ms: time("erase_all_ms"),
        }
    }

    /// Reads the record.
    pub fn from_record(record: &Record) -> Self {
        Self::from_values(&|name| record.last(name))
    }

    /// Says whether a field has an allowed value; unknown fields are allowed.
    pub(crate) fn is_valid_field(name: &str, field: &FieldState) -> bool {
        let last = |ok: &dyn Fn(&Value) -> bool| field.last().is_some_and(ok);
        match name {
            "name" | "municipality" => last(&is_name),
            "default_audience" => last(&|value| Audience::from_value(value).is_some()),
            "approval" | "has_groups" => last(&Value::is_boolean),
            PEOPLE_UNANSWERED => last(&|value| value == HOLD || value == SHOW),
            "themes" => last(&|value| {
                are(value, |theme: &ThemeChoice| is_key(&theme.key) && are_texts(&theme.names, MAX_NAME_CHARS))
            }),
            "questions" => last(&|value| {
                are(value, |asked: &Question| is_key(&asked.key) && are_texts(&asked.texts, MAX_TEXT_CHARS))
            }),
            "consent_texts" => last(&|value| {
                are(value, |text: &ConsentText| is_key(&text.subject) && are_texts(&text.texts, MAX_TEXT_CHARS))
            }),
            "assignment" | "join_text" => {
                last(&|value| Texts::from_value(value).is_some_and(|texts| are_texts(&texts, MAX_TEXT_CHARS)))
            }
            "report_desk" => last(&|value| value.as_str().is_some_and(is_link)),
            "area" => last(&|value| value.is_null() || is_outline(value)),
            "erase_photos_ms" | "erase_all_ms" => last(&|value| value.is_null() || value.is_u64()),
            _ if is_writers_name(name) => is_valid_name(field),
            _ => true,
        }
    }
}

/// Says whether this is a name: some signs, and not too many.
pub(crate) fn is_name(value: &Value) -> bool {
    value.as_str().is_some_and(|name| !name.trim().is_empty() && name.chars().count() <= MAX_NAME_CHARS)
}

fn are<T: Plain>(value: &Value, is_valid: impl Fn(&T) -> bool) -> bool {
    Vec::<T>::from_value(value).is_some_and(|items| items.len() <= MAX_ITEMS && items.iter().all(is_valid))
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().count() <= 40
}

fn are_texts(texts: &Texts, most_chars: usize) -> bool {
    let is_tag = |tag: &String| (2..=35).contains(&tag.len());
    texts.len() <= MAX_LANGUAGES && texts.iter().all(|(tag, text)| is_tag(tag) && text.chars().count() <= most_chars)
}

/// An empty one takes the link away.
fn is_link(url: &str) -> bool {
    url.is_empty() || url.starts_with("https://") && url.len() <= 500 && !url.contains(char::is_whitespace)
}

/// Says whether this is a Polygon or MultiPolygon on the earth, each of its rings closed.
fn is_outline(value: &Value) -> bool {
    let within = |value: &Value, most: f64| value.as_f64().is_some_and(|degrees| degrees.abs() <= most);
    let is_place = |place: &Value| matches!(place.as_array().map(Vec::as_slice), Some([east, north, ..]) if within(east, 180.0) && within(north, 90.0));
    let is_ring = |ring: &Value| {
        let places = ring.as_array().map(Vec::as_slice).unwrap_or_default();
        places.len() >= 4 && places.first() == places.last() && places.iter().all(is_place)
    };
    let all = |value: Option<&Value>, ok: &dyn Fn(&Value) -> bool| {
        value.and_then(Value::as_array).is_some_and(|items| !items.is_empty() && items.iter().all(ok))
    };
    let coordinates = value.get("coordinates");
    let is_shape = match value.get("type").and_then(Value::as_str) {
        Some("Polygon") => all(coordinates, &is_ring),
        Some("MultiPolygon") => all(coordinates, &|polygon| all(Some(polygon), &is_ring)),
        _ => false,
    };
    is_shape && value.to_string().len() <= MAX_AREA_BYTES
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::field::tests::stamp;
    use crate::{Invalid, Timestamp};

    fn check(name: &str, value: Value) -> Result<(), Invalid> {
        let id = RecordId::from_uuid(uuid::Uuid::nil());
        Record::new(id, KIND_PROJECT).with(name, value, stamp(1, 1)).check(Timestamp::from_ms(1))
    }

    fn ring(points: usize) -> Value {
        let mut ring: Vec<Value> = (0..points).map(|n| json!([5.9 + n as f64 / 1000.0, 51.98])).collect();
        ring.push(ring[0].clone());
        json!([ring])
    }

    #[test]
    fn settings_are_read_as_they_were_written() {
        let at = stamp(1, 1);
        let id = ProjectSettings::record_id(ProjectId::from_uuid(uuid::Uuid::max()));
        let record = Record::new(id, KIND_PROJECT)
            .with("name", "Wij zijn De Nude", at)
            .with("default_audience", "my_group", at)
            .with("approval", true, at)
            .with("people_unanswered", "hold", at)
            .with("themes", json!([{ "key": "groen" }, { "key": "markt", "names": { "nl": "Onze markt" } }]), at)
            .with("area", json!({ "type": "Polygon", "coordinates": ring(5) }), at)
            .with("report_desk", "", at);
        assert_eq!(record.check(Timestamp::from_ms(1)), Ok(()));
        let read = ProjectSettings::from_record(&record);
        assert_eq!((read.name.as_deref(), read.municipality, read.report_desk), (Some("Wij zijn De Nude"), None, None));
        assert_eq!(
            (read.default_audience, read.asks_approval, read.has_groups),
            (Some(Audience::MyGroup), true, false)
        );
        assert_eq!((read.holds_unanswered, ProjectSettings::default().holds_unanswered), (Some(true), None));
        assert_eq!(read.themes[1].names.get("nl").map(String::as_str), Some("Onze markt"));
        assert!(read.area.is_some());
    }

    #[test]
    fn a_text_that_was_held_stays_under_its_number_whatever_somebody_else_wrote_apart() {
        let text = |subject: &str, version, words: &str| ConsentText {
            subject: subject.into(),
            version,
            texts: [("nl".to_owned(), words.to_owned())].into(),
        };
        let held = [text("take_part", 2, "A"), text("audience", 2, "C")];
        let both = [text("take_part", 2, "A"), text("audience", 2, "C"), text("take_part", 3, "B")];
        for (written, all) in [
            (vec![], held.to_vec()),
            (held.to_vec(), held.to_vec()),
            (vec![text("take_part", 2, "B")], both.to_vec()),
            (both.to_vec(), both.to_vec()),
        ] {
            assert_eq!(all_consent_texts(&held, &written), all, "{written:?}");
            assert_eq!(all_consent_texts(&all, &written), all, "written again: {written:?}");
        }
        let back = [both.as_slice(), &[text("take_part", 4, "A")]].concat();
        assert_eq!(all_consent_texts(&both, &back), back, "what was said before is said anew");
    }

    #[test]
    fn a_theme_of_the_projects_own_is_not_lost_when_two_wrote_apart() {
        let theme = |key: &str| ThemeChoice { key: key.into(), ..ThemeChoice::default() };
        let [market, choir, green] = ["markt", "koor", "groen"].map(theme);
        let all = all_own_themes(std::slice::from_ref(&choir), &[green, market.clone(), choir.clone()]);
        assert_eq!(all, [choir, market], "what everybody has is put on anew by whoever wants it");
    }

    #[test]
    fn a_question_of_the_projects_own_is_not_lost_when_two_wrote_apart_and_one_that_was_taken_off_stays_off() {
        let question = |key: &str, words: &str| Question {
            key: key.into(),
            texts: [("nl".to_owned(), words.to_owned())].into(),
            is_off: false,
        };
        let [dog, tree, see] = [question("hond", "Hond?"), question("boom", "Boom?"), question("see", "Zie je?")];
        let standing = [tree.clone(), Question { is_off: true, ..question("hek", "Hek?") }];
        let apart = [see, dog.clone(), question("boom", "Welke boom?"), question("hek", "Hek?")];
        let all = all_own_questions(&standing, &apart);
        assert_eq!(all, [standing.as_slice(), &[dog]].concat());
        assert_eq!(all_own_questions(&all, &apart), all, "to come again changes nothing");
    }

    #[test]
    fn a_value_that_makes_no_sense_is_refused() {
        for (name, value) in [
            ("name", json!("  ")),
            ("name", json!("x".repeat(81))),
            ("default_audience", json!("the_web")),
            ("approval", json!("yes")),
            ("people_unanswered", json!(true)),
            ("themes", json!([{ "names": {} }])),
            ("themes", json!([{ "key": "markt", "names": { "nl": "x".repeat(81) } }])),
            ("questions", json!(vec![json!({ "key": "q" }); 41])),
            ("consent_texts", json!([{ "subject": "take_part", "version": "one" }])),
            ("join_text", json!({ "nl": "x".repeat(4_001) })),
            ("report_desk", json!("javascript:alert(1)")),
            ("area", json!({ "type": "Point", "coordinates": [5.9, 51.9] })),
            (
                "area",
                json!({ "type": "Polygon", "coordinates": [[[5.9, 51.9], [6.0, 51.9], [6.0, 52.0], [5.9, 52.0]]] }),
            ),
            ("area", json!({ "type": "Polygon", "coordinates": ring(4_000) })),
            ("area", json!({ "type": "MultiPolygon", "coordinates": [] })),
            ("erase_all_ms", json!(-1)),
            ("changed_by", json!("Cora")),
            ("changed_by.name", json!("Cora")),
        ] {
            assert_eq!(check(name, value.clone()), Err(Invalid::Field(name.into())), "{value}");
        }
        for (name, value) in [
            ("area", json!({ "type": "MultiPolygon", "coordinates": [ring(3), ring(4)] })),
            ("area", Value::Null),
            ("report_desk", json!("https://meldpunt.example.nl/")),
            ("erase_photos_ms", json!(1_900_000_000_000_u64)),
            ("of_a_later_version", json!({ "x": [1] })),
            ("changed_by.has_groups", Value::Null),
        ] {
            assert_eq!(check(name, value.clone()), Ok(()), "{value}");
        }
    }

    #[test]
    fn a_project_may_be_larger_than_other_records() {
        let many =
            |chars: usize| json!({ "nl": "x".repeat(4_000), "en": "x".repeat(4_000), "later": "x".repeat(chars) });
        assert_eq!(check("later", many(crate::MAX_RECORD_BYTES)), Ok(()));
        assert_eq!(check("later", many(MAX_PROJECT_BYTES)), Err(Invalid::TooLarge));
    }
}
