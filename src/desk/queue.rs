//! Whose turn it is with each entry: what those who guide have to look at, what they asked, what they hid.

use browser::ProjectRecords;
use domain::{
    Answer, Audience, Decision, Entry, KIND_ENTRY, Maker, Record, RecordId, Review, Transcript, Typed, TypedBy,
    sort_by, standing,
};
use ui::Derived;

/// Whose turn it is with an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Those who guide: nobody looked at it yet as it is now, or its maker answered.
    Ours,
    /// Its maker's: something was asked.
    Makers,
    /// Nobody's: others do not see it.
    Hidden,
    /// Nobody's: others see it.
    Shown,
}

impl Turn {
    /// All of them, in the order of the screen.
    pub(crate) const ALL: [Self; 4] = [Self::Ours, Self::Makers, Self::Hidden, Self::Shown];

    /// Returns the stable key, as it stands in an address.
    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::Ours => "wacht",
            Self::Makers => "gevraagd",
            Self::Hidden => "verborgen",
            Self::Shown => "zichtbaar",
        }
    }

    /// Returns the turn with this key.
    pub(crate) fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|turn| turn.key() == key)
    }
}

/// What was said of an entry, and by whom.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Said {
    /// The review.
    pub(crate) review: Review,
    /// Who guides and said it; `None`: this member.
    pub(crate) by: Option<String>,
    /// What the maker answered.
    pub(crate) answers: Vec<String>,
    /// It is on this phone, and the server has not received it.
    pub(crate) waits: bool,
}

/// An entry, and how it stands with it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Case {
    /// The entry.
    pub(crate) id: RecordId,
    /// Its maker; `None`: this member.
    pub(crate) maker: Option<Maker>,
    /// What it says.
    pub(crate) entry: Entry,
    /// Whose turn it is.
    pub(crate) turn: Turn,
    /// What was said of it, the oldest first.
    pub(crate) said: Vec<Said>,
    /// The record in which this member typed out what it tells by voice.
    pub(crate) typed: Option<RecordId>,
}

/// All of them, as a screen follows them; `None` while they are being read.
pub(crate) type All = Derived<Option<Vec<Case>>>;

/// Returns how it stands with each entry that those who guide see; the oldest first, as it came in.
pub(crate) fn cases(held: &ProjectRecords) -> Vec<Case> {
    let asks_approval = held.sharing().asks_approval;
    let reviews = reviews(held);
    let own = held
        .records
        .iter()
        .filter(|record| is_seen(record))
        .map(|record| (record.id, None, Entry::from_record(record)));
    let others = held.views.iter().filter(|view| view.kind == KIND_ENTRY);
    let others = others.map(|view| (view.id, Some(view.maker.clone()), Entry::from_view(view)));
    let mut cases: Vec<_> = own
        .chain(others)
        .map(|(id, maker, mut entry)| {
            let typed = typed_out(held, id);
            // What the server has not taken yet is newer than what it handed out.
            if let Some((record, typed)) = &typed
                && held.waiting.iter().any(|(waits, _)| waits == record)
                && entry.transcript.as_ref().is_none_or(|shown| shown.by == TypedBy::Guide)
            {
                entry.transcript = Transcript::new(&typed.text, TypedBy::Guide);
            }
            let typed = typed.map(|(record, _)| record);
            let said: Vec<Said> = reviews.iter().filter(|said| said.review.entry == id).cloned().collect();
            Case { id, maker, turn: turn(&entry, &said, asks_approval), entry, said, typed }
        })
        .collect();
    sort_by(&mut cases, |a, b| (a.entry.made, a.id).cmp(&(b.entry.made, b.id)));
    cases
}

/// Returns what this member typed of an entry's voice note, and in which record.
fn typed_out(held: &ProjectRecords, entry: RecordId) -> Option<(RecordId, Typed)> {
    let all = held.records.iter().filter_map(|record| Some((record.id, Typed::from_record(record)?)));
    all.filter(|(_, typed)| typed.entry == entry).max_by_key(|(_, typed)| typed.at)
}

/// Says whether those who guide see an own entry.
fn is_seen(record: &Record) -> bool {
    let entry = Entry::from_record(record);
    record.kind == KIND_ENTRY && !entry.is_deleted && entry.audience != Some(Audience::OnlyMe)
}

/// Returns all reviews with what was answered, the oldest first.
fn reviews(held: &ProjectRecords) -> Vec<Said> {
    let own = held.records.iter().filter_map(Answer::from_record);
    let answers: Vec<_> = own.chain(held.views.iter().filter_map(Answer::from_view)).collect();
    let answers_to =
        |id: RecordId| answers.iter().filter(|answer| answer.review == id).map(|answer| answer.text.clone()).collect();
    let waits = |id: RecordId| held.waiting.iter().any(|(record, _)| *record == id);
    let said = |(id, by, review): (RecordId, Option<&Maker>, Review)| Said {
        review,
        by: by.map(|maker| maker.name.clone()),
        answers: answers_to(id),
        waits: waits(id),
    };
    let mut all: Vec<_> = held.reviews().map(said).collect();
    sort_by(&mut all, |a, b| a.review.at.cmp(&b.review.at));
    all
}

fn turn(entry: &Entry, said: &[Said], asks_approval: bool) -> Turn {
    let Some(stands) = standing(said.iter().map(|said| &said.review), entry) else {
        return if asks_approval { Turn::Ours } else { Turn::Shown };
    };
    let is_answered = said.iter().any(|said| said.review == *stands && !said.answers.is_empty());
    match stands.decision {
        Decision::Approve => Turn::Shown,
        // Its maker did something about it.
        Decision::Ask | Decision::Hide if is_answered || stands.saw != entry.version() => Turn::Ours,
        Decision::Ask => Turn::Makers,
        Decision::Hide => Turn::Hidden,
    }
}

#[cfg(test)]
mod tests {
    use domain::plain::Plain;
    use domain::{
        KIND_PROJECT, MediaHash, MemberId, NodeId, ProjectId, ProjectSettings, Stamp, Timestamp, View, VoiceKind,
        VoiceRef,
    };

    use super::*;

    fn id(n: u64) -> RecordId {
        RecordId::new(Timestamp::from_ms(n), [0; 10])
    }

    fn at(n: u64) -> Stamp {
        Stamp { at: Timestamp::from_ms(n), count: 0, node: NodeId(1) }
    }

    fn project() -> ProjectId {
        ProjectId::new(Timestamp::from_ms(9), [9; 10])
    }

    fn view(record: &Record, name: &str) -> View {
        let maker = Maker { id: MemberId::new(Timestamp::from_ms(1), [1; 10]), name: name.into() };
        View { id: record.id, kind: record.kind.clone(), maker, fields: record.shown_fields() }
    }

    fn entry(n: u64, story: &str) -> Record {
        Record::new(id(n), KIND_ENTRY).with("story", story, at(n)).with("made_ms", n, at(n))
    }

    fn review(n: u64, entry: &Record, decision: Decision) -> Record {
        let saw = Entry::from_record(entry).version();
        Review { entry: entry.id, decision, at: at(n), reason: "Gezicht".into(), saw }.to_record(id(n))
    }

    fn asking() -> Record {
        Record::new(ProjectSettings::record_id(project()), KIND_PROJECT).with("approval", true, at(1))
    }

    fn turns(records: &[Record], views: &[View]) -> Vec<Turn> {
        let held = ProjectRecords { records: records.to_vec(), views: views.to_vec(), waiting: Vec::new() };
        cases(&held).iter().map(|case| case.turn).collect()
    }

    #[test]
    fn what_nobody_looked_at_waits_only_where_the_project_asks_for_approval() {
        let theirs = view(&entry(1, "Dag"), "Anna");
        assert_eq!(turns(&[], std::slice::from_ref(&theirs)), [Turn::Shown]);
        assert_eq!(turns(&[asking()], std::slice::from_ref(&theirs)), [Turn::Ours]);
        assert_eq!(turns(&[], &[theirs, view(&asking(), "")]), [Turn::Ours], "as the server handed it out");
    }

    #[test]
    fn the_last_word_says_whose_turn_it_is() {
        let dag = entry(1, "Dag");
        let theirs = view(&dag, "Anna");
        let said = |decision| turns(&[asking(), review(5, &dag, decision)], std::slice::from_ref(&theirs));
        assert_eq!(said(Decision::Approve), [Turn::Shown]);
        assert_eq!(said(Decision::Ask), [Turn::Makers]);
        assert_eq!(said(Decision::Hide), [Turn::Hidden]);
        let by_another = view(&review(6, &dag, Decision::Hide), "Wies");
        assert_eq!(turns(&[review(5, &dag, Decision::Approve)], &[theirs, by_another]), [Turn::Hidden]);
    }

    #[test]
    fn once_its_maker_answered_or_changed_it_it_is_looked_at_again() {
        let (dag, changed) = (entry(1, "Dag"), view(&entry(1, "Dag allemaal"), "Anna"));
        for decision in Decision::ALL {
            assert_eq!(
                turns(&[asking(), review(5, &dag, decision)], std::slice::from_ref(&changed)),
                [Turn::Ours],
                "{decision:?}"
            );
        }
        let answer = Answer { review: id(5), text: "Dat ben ik zelf".into() };
        let answer = view(&answer.to_record(id(7), at(7)), "Anna");
        let held = ProjectRecords {
            records: vec![asking(), review(5, &dag, Decision::Ask)],
            views: vec![view(&dag, "Anna"), answer],
            waiting: vec![(id(5), None)],
        };
        let cases = cases(&held);
        assert_eq!(
            (cases[0].turn, cases[0].maker.as_ref().map(|maker| maker.name.as_str())),
            (Turn::Ours, Some("Anna"))
        );
        assert_eq!(
            (cases[0].said[0].answers.as_slice(), cases[0].said[0].waits),
            (&["Dat ben ik zelf".to_owned()][..], true)
        );
    }

    #[test]
    fn what_was_typed_here_is_seen_before_the_server_has_it_unless_the_maker_typed() {
        let voice = VoiceRef { sha256: MediaHash([7; 32]), kind: VoiceKind::WebmOpus, bytes: 9, ms: 9 };
        let told = entry(1, "").with("voice", voice.to_value(), at(1));
        let by_maker = told.clone().with("transcript", "Dag", at(1));
        let typed = |n, text: &str| Typed { entry: id(1), at: at(n), text: text.into() }.to_record(id(n));
        let shown = |entry: &Record, waiting: &[u64]| {
            let waiting = waiting.iter().map(|n| (id(*n), None)).collect();
            let held = ProjectRecords {
                records: vec![typed(5, "Hoi"), typed(6, "Hallo")],
                views: vec![view(entry, "")],
                waiting,
            };
            let case = cases(&held).remove(0);
            (case.typed, case.entry.transcript.map(|typed| typed.text))
        };
        assert_eq!(shown(&told, &[6]), (Some(id(6)), Some("Hallo".to_owned())));
        assert_eq!(shown(&told, &[]), (Some(id(6)), None), "the server says what stands");
        assert_eq!(shown(&by_maker, &[6]), (Some(id(6)), Some("Dag".to_owned())));
    }

    #[test]
    fn an_own_entry_waits_like_any_other_unless_it_is_for_its_maker_alone() {
        let own = entry(1, "Dag");
        assert_eq!(turns(&[asking(), own.clone()], &[]), [Turn::Ours]);
        assert_eq!(turns(&[asking(), own.clone().with("audience", "only_me", at(2))], &[]), []);
        assert_eq!(turns(&[asking(), own.with("deleted", true, at(2))], &[]), []);
    }
}
