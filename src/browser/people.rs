//! What the maker of a draft or an entry says of the people in its photos.

use domain::plain::{Plain, Value};
use domain::{
    Agreement, Audience, AudienceConsent, CONSENT_TEXT_VERSION, Consent, ConsentSubject, Entry, KIND_CONSENT, NodeId,
    PeopleAnswer, PeopleConsent, Record, RecordId, Stamp, last_answer,
};

use crate::device::now;
use crate::{Draft, Phone, SaveProblem};

/// An answer to the question whether there are people in the photos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeopleSaid {
    /// What was answered.
    pub answer: PeopleAnswer,
    /// How they agreed, where they did.
    pub how: Option<Agreement>,
    /// The number of the text that was shown, and its language.
    pub text: (u32, &'static str),
}

/// A text under which a consent is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownText {
    /// Its number.
    pub version: u32,
    /// The project's own words; `None`: those that the app brings along.
    pub words: Option<String>,
}

/// What the maker of an entry said last of the people in it.
#[derive(Clone, Debug, PartialEq)]
pub struct PeopleOfEntry {
    /// The entry.
    pub entry: Entry,
    /// What was said, and in which record.
    pub said: Option<(RecordId, PeopleConsent)>,
    /// The project holds what is unanswered.
    pub is_held: bool,
}

/// What a draft holds in the place of an answer once something in its photos was covered: that is proposed, and said by nobody.
const COVERED: &str = "covered";

impl Draft {
    /// Returns what its maker said of the people in its photos.
    pub fn people_said(&self) -> Option<PeopleConsent> {
        self.people.as_ref().and_then(Record::from_value).and_then(|record| PeopleConsent::from_record(&record))
    }

    /// Says whether something was covered, and nothing said of it.
    pub fn proposes_covered(&self) -> bool {
        self.people.as_ref().is_some_and(|people| people == COVERED)
    }
}

impl Phone {
    /// Returns the text under which a consent is given now, in the language of this tag.
    pub async fn shown_text(&self, subject: ConsentSubject, language: &str) -> ShownText {
        let settings = self.project_settings().await;
        match settings.consent_text(subject, language) {
            Some((version, words)) => ShownText { version, words: Some(words.to_owned()) },
            None => ShownText { version: CONSENT_TEXT_VERSION, words: None },
        }
    }

    /// Notes that the maker of an own entry agrees that more people see it than before: to the text with this number, in this
    /// language. Nothing is shown by that; it goes before [`Phone::show`].
    ///
    /// # Errors
    /// Why it was not kept.
    pub async fn agree_to_show(
        &self,
        entry: RecordId,
        audience: Audience,
        text: (u32, &str),
    ) -> Result<(), SaveProblem> {
        let id = self.fresh_id();
        let agreed = |at: Stamp| {
            AudienceConsent { entry, audience, consent: given(ConsentSubject::Audience, text, at) }.to_record(id, at)
        };
        self.write_consent(id, entry, &agreed).await
    }

    /// Writes into a draft what its maker says of the people in its photos.
    pub async fn say_people_of_draft(&self, draft: RecordId, said: &PeopleSaid) {
        let nobody_yet = Stamp { at: now(), count: 0, node: NodeId(0) };
        let record = said.consent(draft, nobody_yet).to_record(self.fresh_id()).to_value();
        self.capture().change(draft, &|body| body.people = Some(record.clone())).await;
    }

    /// Proposes for a draft that what its photos show of people is covered, where its maker said nothing.
    pub(crate) async fn propose_covered(&self, draft: RecordId) {
        let propose = || Some(Value::from(COVERED));
        self.capture().change(draft, &|body| body.people = body.people.take().or_else(propose)).await;
    }

    /// Returns what was said of the people in an own entry.
    pub async fn people_of(&self, entry: RecordId) -> Option<PeopleOfEntry> {
        let own = self.own_entry(entry).await?;
        let (records, _) = self.store().consents().await.unwrap_or_default();
        let said = records.iter().filter_map(|record| Some((record.id, PeopleConsent::from_record(record)?)));
        let about: Vec<_> = said.filter(|(_, said)| said.entry == entry).collect();
        let last = last_answer(about.iter().map(|(_, said)| said.clone()));
        let said = about.into_iter().find(|(_, said)| Some(said) == last.as_ref());
        let is_held = self.project_settings().await.holds_unanswered == Some(true);
        Some(PeopleOfEntry { entry: own.entry, said, is_held })
    }

    /// Says of the people in an own entry what stands from now on; it is sent once there is network.
    ///
    /// # Errors
    /// Why it was not kept.
    pub async fn say_people(&self, entry: RecordId, said: &PeopleSaid) -> Result<(), SaveProblem> {
        let id = self.fresh_id();
        self.write_consent(id, entry, &|at| said.consent(entry, at).to_record(id)).await
    }

    /// Takes back what was said of the people in an own entry: nobody but its maker sees it then.
    ///
    /// # Errors
    /// Why it was not kept.
    pub async fn withdraw(&self, consent: RecordId) -> Result<(), SaveProblem> {
        self.write_consent(consent, consent, &|at| Record::new(consent, KIND_CONSENT).with("withdrawn", true, at)).await
    }

    async fn write_consent(
        &self,
        id: RecordId,
        about: RecordId,
        part: &dyn Fn(Stamp) -> Record,
    ) -> Result<(), SaveProblem> {
        if !self.store().write_consent(id, about, part, now()).await? {
            return Err(SaveProblem::NoDraft);
        }
        self.queued();
        Ok(())
    }
}

impl PeopleSaid {
    fn consent(&self, entry: RecordId, at: Stamp) -> PeopleConsent {
        let consent = given(ConsentSubject::PeopleInPhoto, self.text, at);
        PeopleConsent { entry, answer: self.answer, how: self.how, consent, at }
    }
}

/// Returns a consent that is given now, to the text with this number, in this language.
fn given(subject: ConsentSubject, (text_version, language): (u32, &str), at: Stamp) -> Consent {
    Consent { subject, text_version, language: language.to_owned(), given: at.at, is_withdrawn: false }
}
