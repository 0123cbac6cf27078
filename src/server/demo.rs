//! The invented neighbourhood of `--demo`: made once, through the same doors as a real one.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use bytes::Bytes;
use domain::{
    CONSENT_TEXT_VERSION, Clock, Consent, ConsentSubject, EntryEdit, JoinId, MediaHash, NodeId, PhotoRef, ProjectId,
    RecordId, Role, Theme, Timestamp, Valence,
};
use futures_util::stream;
use protocol::{JoinRequest, ProjectInfo};
use sha2::{Digest, Sha256};

use crate::clock::stored;
use crate::error::Error;
use crate::repositories::devices::Member;
use crate::repositories::media::MediumKey;
use crate::repositories::projects::CodeOf;
use crate::repositories::{projects, records};
use crate::services::projects::RESIDENTS;
use crate::services::upload::{self, Sending};
use crate::services::{check, join, push};
use crate::state::App;

/// With this one joins the demo.
pub(crate) const RESIDENT_CODE: &str = "BUURT2";

/// With this one joins the demo as a worker.
pub(crate) const WORKER_CODE: &str = "SAMEN2";

/// Makes the neighbourhood, or goes on where a start that was cut short left off.
pub(crate) async fn seed(app: &Arc<App>) -> Result<(), Error> {
    let now = app.now();
    add_project(app, now).await?;
    for (number, maker) in (1..).zip(&MAKERS) {
        if !has_record(app, entry_id(number)).await? {
            let member = add_member(app, number, maker, now).await?;
            add_entry(app, member, number, maker, now).await?;
        }
    }
    check::check_held(app).await?;
    Ok(())
}

/// One invented resident and the entry that is his or hers.
struct Maker {
    name: &'static str,
    valence: Valence,
    themes: &'static [Theme],
    story: &'static str,
    picture: &'static [u8],
    /// How long before the demo was made.
    hours_ago: u64,
}

macro_rules! picture {
    ($number:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/", $number, ".jpg"))
    };
}

static MAKERS: [Maker; 6] = [
    Maker {
        name: "Fatma",
        valence: Valence::Good,
        themes: &[Theme::Eten, Theme::Ontmoeten],
        story: "Je neemt wat je nodig hebt. En je zet er iets terug. Ik praat hier met buren die ik eerst niet kende.",
        picture: picture!("1"),
        hours_ago: 121,
    },
    Maker {
        name: "Joris",
        valence: Valence::Good,
        themes: &[Theme::Bewegen],
        story: "Mijn kinderen fietsen hier veilig naar school. Auto's wachten op de fiets.",
        picture: picture!("2"),
        hours_ago: 98,
    },
    Maker {
        name: "Samira",
        valence: Valence::Good,
        themes: &[Theme::Spelen, Theme::Groen],
        story: "De kinderen spelen en wij werken in de moestuin. Opa kent elke plant bij naam.",
        picture: picture!("3"),
        hours_ago: 75,
    },
    Maker {
        name: "Willem",
        valence: Valence::CouldBeBetter,
        themes: &[Theme::Straat],
        story: "Mijn rollator blijft hier steken. Ik loop nu over de weg.",
        picture: picture!("4"),
        hours_ago: 51,
    },
    Maker {
        name: "Ineke",
        valence: Valence::CouldBeBetter,
        themes: &[Theme::Schoon],
        story: "Na de markt waait alles de straat in. Met een paar buren ruimen we op, maar het komt terug.",
        picture: picture!("5"),
        hours_ago: 30,
    },
    Maker {
        name: "Daan",
        valence: Valence::CouldBeBetter,
        themes: &[Theme::Milieu],
        story: "Die mast staat vlak achter onze tuin. Wat doet die mast met ons? Niemand legt het uit.",
        picture: picture!("6"),
        hours_ago: 8,
    },
];

async fn add_project(app: &App, now: Timestamp) -> Result<(), Error> {
    let mut tx = app.db.begin().await?;
    if projects::find_way_in(&mut tx, code(RESIDENT_CODE), stored(now)).await?.is_some() {
        return Ok(());
    }
    let id = ProjectId::new(now, crate::random::bytes());
    let project = ProjectInfo { id, name: "Wij zijn Presikhaaf".to_owned(), municipality: "Arnhem".to_owned() };
    projects::insert(&mut tx, &project, false, stored(now)).await?;
    projects::insert_code(&mut tx, code(RESIDENT_CODE), id, RESIDENTS).await?;
    projects::insert_code(&mut tx, code(WORKER_CODE), id, CodeOf::Role(Role::Worker)).await?;
    Ok(tx.commit().await?)
}

async fn has_record(app: &App, id: RecordId) -> Result<bool, Error> {
    let mut tx = app.db.snapshot().await?;
    Ok(records::find(&mut tx, id).await?.is_some())
}

async fn add_member(app: &App, number: u8, maker: &Maker, now: Timestamp) -> Result<Member, Error> {
    let given = earlier(now, maker.hours_ago + 1);
    let consent = Consent {
        subject: ConsentSubject::TakePart,
        text_version: CONSENT_TEXT_VERSION,
        language: "nl".to_owned(),
        given,
        is_withdrawn: false,
    };
    let request = JoinRequest {
        join_id: JoinId::new(FIXED, [number; 10]),
        code: code(RESIDENT_CODE),
        nickname: maker.name.to_owned(),
        consent: consent.to_record(RecordId::new(FIXED, [100 + number; 10]), clock(number).tick(given)),
    };
    let joined = join::join(app, None, IpAddr::V4(Ipv4Addr::LOCALHOST), request).await?;
    Ok(Member { id: joined.membership.member_id, project: joined.membership.project.id, role: joined.membership.role })
}

async fn add_entry(app: &Arc<App>, member: Member, number: u8, maker: &Maker, now: Timestamp) -> Result<(), Error> {
    let sha256 = MediaHash(Sha256::digest(maker.picture).into());
    let broken = |_| Error::Broken("a picture of the demo is no JPEG".to_owned());
    let header = ::media::walk_jpeg(maker.picture).map_err(broken)?;
    let body = stream::iter([Ok::<_, std::convert::Infallible>(Bytes::from_static(maker.picture))]);
    let key = MediumKey { project: member.project, sha256, owner: member.id };
    upload::receive(app, key, None, Sending { offset: None, is_last: true, length: None, body }).await?;
    let made = earlier(now, maker.hours_ago);
    let photo = PhotoRef {
        sha256,
        width: header.width,
        height: header.height,
        bytes: u32::try_from(maker.picture.len()).unwrap_or(u32::MAX),
    };
    let edit = EntryEdit {
        valence: Some(maker.valence),
        themes: Some(maker.themes.to_vec()),
        story: Some(maker.story.to_owned()),
        photos: Some(vec![photo]),
        made: Some((made, made)),
        ..EntryEdit::default()
    };
    let entry = edit.into_record(entry_id(number), clock(number).tick(made));
    let results = push::push(app, member, vec![entry]).await?;
    match results.first().and_then(|result| result.refused) {
        None => Ok(()),
        Some(code) => Err(Error::refused(code, "an entry of the demo is refused")),
    }
}

/// Ids of the demo do not change, so that a second start finds what the first one made.
const FIXED: Timestamp = Timestamp::from_ms(1_630_447_200_000);

fn entry_id(number: u8) -> RecordId {
    RecordId::new(FIXED, [number; 10])
}

fn clock(number: u8) -> Clock {
    Clock::new(NodeId(number.into()), None)
}

/// Reads one of the two codes.
pub(crate) fn code(text: &str) -> domain::JoinCode {
    text.parse().expect("the demo's codes are codes")
}

fn earlier(now: Timestamp, hours: u64) -> Timestamp {
    Timestamp::from_ms(now.ms().saturating_sub(hours * 60 * 60 * 1000))
}
