//! How long a packet of Opus sounds, and what its header says (RFC 6716, RFC 7845).

/// Returns how long a packet sounds, in microseconds; `None` where it is none.
pub(super) fn packet_us(packet: &[u8]) -> Option<u64> {
    let first = *packet.first()?;
    let frame_us = match first >> 3 {
        config @ 0..12 => [10_000, 20_000, 40_000, 60_000][usize::from(config & 3)],
        config @ 12..16 => [10_000, 20_000][usize::from(config & 1)],
        config => [2_500, 5_000, 10_000, 20_000][usize::from(config & 3)],
    };
    let frames = match first & 3 {
        0 => 1,
        1 | 2 => 2,
        _ => u64::from(packet.get(1)? & 0x3f),
    };
    Some(frame_us * frames).filter(|us| (1..=120_000).contains(us))
}

/// Says whether this is the header of a track of one or two channels.
pub(super) fn is_header(header: &[u8]) -> bool {
    header.len() == 19 && header.starts_with(b"OpusHead") && matches!(header[9], 1 | 2) && header[18] == 0
}
