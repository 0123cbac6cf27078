//! What may stand where in a WebM with one track of sound (RFC 9559): all else is refused.

pub(super) const EBML: u32 = 0x1a45_dfa3;
pub(super) const SEGMENT: u32 = 0x1853_8067;
pub(super) const CLUSTER: u32 = 0x1f43_b675;
const SEEK_HEAD: u32 = 0x114d_9b74;
const SEEK: u32 = 0x4dbb;
const INFO: u32 = 0x1549_a966;
const TRACKS: u32 = 0x1654_ae6b;
const TRACK: u32 = 0xae;
const AUDIO: u32 = 0xe1;
const BLOCK_GROUP: u32 = 0xa0;
const CUES: u32 = 0x1c53_bb6b;
const CUE: u32 = 0xbb;
const CUE_PLACE: u32 = 0xb7;
const TAGS: u32 = 0x1254_c367;
const TAG: u32 = 0x7373;
const TARGETS: u32 = 0x63c0;
const SIMPLE_TAG: u32 = 0x67c8;

/// What an element holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// Elements, which may begin to be named with this one.
    Elements,
    /// The elements of the one track.
    Track,
    /// A number or a date: at most eight bytes.
    Number,
    /// How many nanoseconds a tick is.
    Scale,
    /// When a cluster begins, in ticks.
    ClusterTime,
    /// The name of a program.
    Program,
    /// What a tag is about: the name of a program, or how long it sounds.
    TagName,
    /// A language's short name.
    Language,
    /// What kind of file it is.
    DocType,
    /// What kind of track it is.
    TrackType,
    /// How its sound is encoded.
    Codec,
    /// The header of the encoding.
    CodecPrivate,
    /// Sound.
    Block,
    /// Room that was left: zeros.
    Room,
    /// A random name of the file.
    Uid,
}

/// Returns what an element may hold there; `None` where it must not stand.
pub(super) const fn holds(parent: u32, id: u32) -> Option<Holds> {
    Some(match (parent, id) {
        (_, 0xec) => Holds::Room,
        // A checksum.
        (_, 0xbf) => Holds::Number,
        (EBML, 0x4286 | 0x42f7 | 0x42f2 | 0x42f3 | 0x4287 | 0x4285) => Holds::Number,
        (EBML, 0x4282) => Holds::DocType,
        (SEGMENT, SEEK_HEAD | INFO | TRACKS | CLUSTER | CUES | TAGS) => Holds::Elements,
        (SEEK_HEAD, SEEK) | (TRACK, AUDIO) | (CLUSTER, BLOCK_GROUP) => Holds::Elements,
        (CUES, CUE) | (CUE, CUE_PLACE) | (TAGS, TAG) | (TAG, TARGETS | SIMPLE_TAG) => Holds::Elements,
        (SEEK, 0x53ab | 0x53ac) => Holds::Number,
        (INFO, 0x2a_d7b1) => Holds::Scale,
        (INFO, 0x4489 | 0x4461) => Holds::Number,
        (INFO, 0x73a4) => Holds::Uid,
        (INFO, 0x4d80 | 0x5741) => Holds::Program,
        (TRACKS, TRACK) => Holds::Track,
        (TRACK, 0xd7 | 0x73c5 | 0x9c | 0xb9 | 0x88 | 0x55aa | 0x23_e383 | 0x6de7 | 0x6df8) => Holds::Number,
        (TRACK, 0x55ee | 0xaa | 0x56aa | 0x56bb) => Holds::Number,
        (TRACK, 0x22_b59c | 0x22_b59d) => Holds::Language,
        (TRACK, 0x83) => Holds::TrackType,
        (TRACK, 0x86) => Holds::Codec,
        (TRACK, 0x63a2) => Holds::CodecPrivate,
        (AUDIO, 0xb5 | 0x78b5 | 0x9f | 0x6264 | 0x52f1) => Holds::Number,
        (CLUSTER, 0xe7) => Holds::ClusterTime,
        (CLUSTER, 0xa7 | 0xab) => Holds::Number,
        (CLUSTER, 0xa3) | (BLOCK_GROUP, 0xa1) => Holds::Block,
        (BLOCK_GROUP, 0x9b | 0x75a2 | 0xfb) => Holds::Number,
        (CUE, 0xb3) | (CUE_PLACE, 0xf7 | 0xf1 | 0xf0 | 0xb2 | 0x5378 | 0xea) => Holds::Number,
        (TARGETS, 0x68ca | 0x63c5) | (SIMPLE_TAG, 0x4484) => Holds::Number,
        (SIMPLE_TAG, 0x45a3) => Holds::TagName,
        (SIMPLE_TAG, 0x4487) => Holds::Program,
        (SIMPLE_TAG, 0x447a) => Holds::Language,
        _ => return None,
    })
}

/// Says whether an element ends a cluster of unknown size: it stands beside clusters, not in them.
pub(super) const fn ends_cluster(id: u32) -> bool {
    !matches!(id, 0xec | 0xbf) && holds(SEGMENT, id).is_some()
}
