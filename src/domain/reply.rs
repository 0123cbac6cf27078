//! What the maker of an entry says to the project's questions.

use serde_json::Value;

use crate::plain::Plain;
use crate::{FieldState, MAX_STORY_CHARS, Record, sort_by};

/// The replies of an entry, as others see them; in its maker's record each is a field of its own, `replies.KEY`, so that two phones of
/// one person that reply apart lose nothing.
pub const REPLIES: &str = "replies";

/// The key of what is asked wherever something could be better: what is there already.
pub const WHAT_IS_THERE: &str = "what_is_there";

/// The most replies of one entry that are read.
const MAX_REPLIES: usize = 24;

/// The longest question and key, in characters.
const MAX_ASKED_CHARS: usize = 500;

/// What is said to one question. It brings the question as it was asked: whoever reads it may not have fetched it, and a project may
/// ask something else by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The question's stable key.
    pub key: String,
    /// How it was asked, in the language of whoever replied.
    pub asked: String,
    /// The words; empty where they were taken back.
    pub text: String,
}

crate::plain!(Reply { key, asked, text });

impl Reply {
    /// Returns the name of its field.
    pub(crate) fn field(&self) -> String {
        format!("{REPLIES}.{}", self.key)
    }
}

/// Returns the key of the question that a field of an entry is a reply to; `None` for all other fields.
pub(crate) fn replied(field: &str) -> Option<&str> {
    field.strip_prefix(REPLIES)?.strip_prefix('.')
}

/// Returns what a maker's record says to questions, the latest last; nothing of what was taken back.
pub(crate) fn replies_of(record: &Record) -> Vec<Reply> {
    let mut said: Vec<_> = record
        .fields
        .iter()
        .filter(|(name, _)| replied(name).is_some())
        .filter_map(|(_, field)| {
            let FieldState::Last { value, at } = field else { return None };
            Some((*at, Reply::from_value(value)?))
        })
        .filter(|(_, reply)| !reply.text.is_empty())
        .collect();
    sort_by(&mut said, |a, b| a.0.cmp(&b.0));
    said.into_iter().take(MAX_REPLIES).map(|(_, reply)| reply).collect()
}

/// Says whether a field that is a reply to the question with this key has an allowed value.
pub(crate) fn is_valid_field(key: &str, field: &FieldState) -> bool {
    let fits = |text: &str, most| text.chars().count() <= most;
    field.last().and_then(Reply::from_value).is_some_and(|reply| {
        reply.key == key
            && !key.is_empty()
            && fits(key, MAX_ASKED_CHARS)
            && fits(&reply.asked, MAX_ASKED_CHARS)
            && fits(&reply.text, MAX_STORY_CHARS)
    })
}

/// Returns replies as a view's field; `null` where there are none.
pub(crate) fn shown(replies: &[Reply]) -> Value {
    if replies.is_empty() { Value::Null } else { replies.to_vec().to_value() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::tests::stamp;
    use crate::{Entry, EntryEdit, KIND_ENTRY, Maker, MemberId, RecordId, Timestamp, View};

    fn reply(key: &str, text: &str) -> Reply {
        Reply { key: key.into(), asked: format!("{key}?"), text: text.into() }
    }

    fn record(replies: Vec<Reply>, ms: u64) -> Record {
        EntryEdit { replies, ..EntryEdit::default() }.into_record(RecordId::from_uuid(uuid::Uuid::nil()), stamp(ms, 1))
    }

    #[test]
    fn two_who_reply_to_two_questions_apart_both_stand_and_others_read_them_in_that_order() {
        let mut both = record(vec![reply("why", "Omdat")], 2);
        both.merge(&record(vec![reply("what", "Een bankje")], 1));
        assert_eq!(both.check(Timestamp::from_ms(2)), Ok(()));
        let said = [reply("what", "Een bankje"), reply("why", "Omdat")];
        let entry = Entry::from_record(&both);
        assert_eq!(entry.replies, said);
        let maker = Maker { id: MemberId::new(Timestamp::from_ms(1), [9; 10]), name: "Anna".into() };
        let view = View { id: both.id, kind: KIND_ENTRY.into(), maker, fields: entry.shown_fields() };
        assert_eq!(Entry::from_view(&view).replies, said);
    }

    #[test]
    fn what_was_taken_back_is_no_reply() {
        let mut taken_back = record(vec![reply("why", "Omdat")], 1);
        taken_back.merge(&record(vec![reply("why", "")], 2));
        assert_eq!(Entry::from_record(&taken_back).replies, []);
        assert!(!Entry::from_record(&taken_back).shown_fields().contains_key(REPLIES));
    }

    #[test]
    fn a_reply_to_another_question_than_its_field_names_is_refused() {
        let mut wrong = record(vec![reply("why", "Omdat")], 1);
        let field = wrong.fields.remove("replies.why").unwrap();
        wrong.fields.insert("replies.what".into(), field);
        assert!(wrong.check(Timestamp::from_ms(1)).is_err());
        assert!(record(vec![reply("why", &"a".repeat(MAX_STORY_CHARS + 1))], 1).check(Timestamp::from_ms(1)).is_err());
        assert!(record(vec![reply("", "Omdat")], 1).check(Timestamp::from_ms(1)).is_err());
    }
}
