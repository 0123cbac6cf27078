//! The phones of one person: listing and shutting them out, linking another, and words that bring a person back.

use std::fmt;
use std::str::FromStr;

use domain::plain::{Plain, Value};
use domain::{DeviceId, LinkId};

use crate::Membership;

/// The longest name of a phone, in signs.
pub const MAX_DEVICE_NAME_CHARS: usize = 40;

/// The phones of one person: those that are somebody in a project as the same member.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DevicesReply {
    /// The first to join first.
    pub devices: Vec<DeviceInfo>,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(DevicesReply { devices, server_time_ms });

/// A phone of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct DeviceInfo {
    /// The phone.
    pub id: DeviceId,
    /// What the person calls it; may be empty.
    pub name: String,
    /// When it became known, in milliseconds since 1970.
    pub made_ms: u64,
    /// When it asked something last, to a minute; `None` when it has not since that is noted.
    pub last_seen_ms: Option<u64>,
    /// It is the phone that asks.
    pub is_this: bool,
}

domain::plain!(DeviceInfo { id, name, made_ms, last_seen_ms, is_this });

/// Gives a phone a name.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NameRequest {
    /// At most [`MAX_DEVICE_NAME_CHARS`] signs; may be empty.
    pub name: String,
}

domain::plain!(NameRequest { name });

/// A link to another phone that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LinkBegunReply {
    /// The link.
    pub id: LinkId,
    /// What is typed on the other phone.
    pub code: LinkCode,
    /// When the code ends, in milliseconds since 1970.
    pub expires_ms: u64,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(LinkBegunReply { id, code, expires_ms, server_time_ms });

/// How it stands with a link.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LinkReply {
    /// How far it is.
    pub state: LinkState,
    /// What the other phone calls itself, once it has asked; may be empty.
    pub name: Option<String>,
    /// When the code ends, in milliseconds since 1970.
    pub expires_ms: u64,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(LinkReply { state, name, expires_ms, server_time_ms });

/// How far a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(rename_all = "snake_case"))]
pub enum LinkState {
    /// No phone has typed the code.
    Waiting,
    /// A phone has, and waits until the person accepts it.
    Asked,
    /// That phone is one of the person's now.
    Done,
}

impl LinkState {
    /// All states.
    pub const ALL: [Self; 3] = [Self::Waiting, Self::Asked, Self::Done];

    /// Returns the stable key, as sent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Asked => "asked",
            Self::Done => "done",
        }
    }

    /// Returns the state with this key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.key() == key)
    }
}

domain::plain_key!(LinkState);

/// Asks to become one of the phones of whoever shows this code. Asked again and again until that person has accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LinkRequest {
    /// What the other phone shows.
    pub code: LinkCode,
    /// What this phone is to be called; may be empty.
    #[cfg_attr(feature = "schema", serde(default))]
    pub name: String,
    /// Made on this phone, known to nobody else: whoever asks again shows by it that he is the same.
    pub claim: Claim,
}

domain::plain!(LinkRequest { code, name: or_default, claim });

/// The other phone has not accepted yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LinkWaitsReply {
    /// True.
    pub waiting: bool,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(LinkWaitsReply { waiting, server_time_ms });

/// The device is one of the person's phones now; its token is in the `Set-Cookie` header alone.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LinkedReply {
    /// The device.
    pub device_id: DeviceId,
    /// Who it is: one per project, oldest first.
    pub memberships: Vec<Membership>,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(LinkedReply { device_id, memberships, server_time_ms });

/// The words that bring this person back. They are told this once.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct WordsReply {
    /// Eight plain Dutch words, in this order.
    pub words: Vec<String>,
    /// When they were made, in milliseconds since 1970.
    pub made_ms: u64,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(WordsReply { words, made_ms, server_time_ms });

/// Whether this person has words to come back with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecoveryReply {
    /// When they were made, in milliseconds since 1970; `None`: there are none.
    pub made_ms: Option<u64>,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(RecoveryReply { made_ms, server_time_ms });

/// Comes back with the words that were written down.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RecoverRequest {
    /// The words, in their order; case, and what stands between them, do not count.
    pub words: String,
    /// What this phone is to be called; may be empty.
    #[cfg_attr(feature = "schema", serde(default))]
    pub name: String,
}

domain::plain!(RecoverRequest { words, name: or_default });

impl fmt::Debug for RecoverRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecoverRequest").field("name", &self.name).finish_non_exhaustive()
    }
}

/// How many digits a [`LinkCode`] has.
pub const LINK_CODE_DIGITS: usize = 8;

/// The code by which a second phone finds the first: eight digits, good for ten minutes and one phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, example = "40718256"))]
pub struct LinkCode(u32);

impl LinkCode {
    /// How many codes there are.
    pub const COUNT: u32 = 100_000_000;

    /// Makes a code from four random bytes. Bytes that would make some codes likelier than others give `None`: draw again.
    pub fn from_random(random: [u8; 4]) -> Option<Self> {
        let number = u32::from_le_bytes(random);
        let fair = u32::MAX - u32::MAX % Self::COUNT;
        (number < fair).then_some(Self(number % Self::COUNT))
    }
}

impl fmt::Display for LinkCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$}", self.0, width = LINK_CODE_DIGITS)
    }
}

/// The text is not what it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSuchText;

impl fmt::Display for NoSuchText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a link's code is eight digits, and its claim 32 lowercase hexadecimal digits")
    }
}

impl FromStr for LinkCode {
    type Err = NoSuchText;

    /// Reads what a person typed: spaces and hyphens do not count.
    fn from_str(text: &str) -> Result<Self, NoSuchText> {
        let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let is_code = digits.len() == LINK_CODE_DIGITS && digits.bytes().all(|byte| byte.is_ascii_digit());
        if is_code { digits.parse().map(Self).map_err(|_| NoSuchText) } else { Err(NoSuchText) }
    }
}

domain::plain_text!(LinkCode);

/// 128 random bits by which a phone that asks to be linked is known when it asks again: 32 lowercase hexadecimal digits.
#[derive(Clone, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, example = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"))]
pub struct Claim(String);

impl Claim {
    /// Makes a claim from random bytes.
    pub fn new(random: [u8; 16]) -> Self {
        Self(format!("{:032x}", u128::from_be_bytes(random)))
    }

    /// Returns its text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whoever shows it gets a token, so no log has it.
impl fmt::Debug for Claim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Claim")
    }
}

impl FromStr for Claim {
    type Err = NoSuchText;

    fn from_str(text: &str) -> Result<Self, NoSuchText> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
        let is_claim = text.len() == 32 && text.bytes().all(is_digit);
        if is_claim { Ok(Self(text.to_owned())) } else { Err(NoSuchText) }
    }
}

impl Plain for Claim {
    fn to_value(&self) -> Value {
        self.0.as_str().into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_str()?.parse().ok()
    }
}

domain::serde_by_plain!(Claim);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it_and_keeps_its_zeros() {
        let code: LinkCode = "00718256".parse().unwrap();
        for typed in ["0071 8256", " 00-71-82-56 "] {
            assert_eq!(typed.parse(), Ok(code), "{typed}");
        }
        assert_eq!(code.to_string(), "00718256");
        for wrong in ["", "1234567", "123456789", "1234567a", "+1234567", "１２３４５６７８"] {
            assert_eq!(wrong.parse::<LinkCode>(), Err(NoSuchText), "{wrong}");
        }
    }

    #[test]
    fn every_code_is_equally_likely() {
        assert_eq!(LinkCode::from_random(0_u32.to_le_bytes()), Some(LinkCode(0)));
        assert_eq!(LinkCode::from_random(4_199_999_999_u32.to_le_bytes()), Some(LinkCode(99_999_999)));
        assert_eq!(LinkCode::from_random(4_200_000_000_u32.to_le_bytes()), None);
    }

    #[test]
    fn a_claim_is_read_back_from_its_text_and_nothing_else_is_a_claim() {
        let claim = Claim::new([7; 16]);
        assert_eq!(claim.as_str().parse(), Ok(claim.clone()));
        assert_eq!(format!("{claim:?}"), "Claim");
        for wrong in ["", &"0".repeat(31), &"0".repeat(33), &"A".repeat(32), &"g".repeat(32)] {
            assert_eq!(wrong.parse::<Claim>(), Err(NoSuchText), "{wrong}");
        }
    }
}
