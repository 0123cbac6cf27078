//! The code on the poster with which one joins.

use std::fmt;
use std::str::FromStr;

/// The letters and digits of a code: none that are easily mistaken for another (no 0, 1, I, L, O).
pub const CODE_ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// How many signs a code has.
pub const CODE_LENGTH: usize = 6;

/// A join code, as it is stored and compared: six signs of [`CODE_ALPHABET`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, example = "BUURT2"))]
pub struct JoinCode([u8; CODE_LENGTH]);

impl JoinCode {
    /// Makes a code from six random bytes. A byte that would make some signs likelier than others gives `None`: draw again.
    pub fn from_random(random: [u8; CODE_LENGTH]) -> Option<Self> {
        let signs = CODE_ALPHABET.len();
        let fair = 256 - 256 % signs;
        let fair_byte = |byte: &u8| usize::from(*byte) < fair;
        random.iter().all(fair_byte).then(|| Self(random.map(|byte| CODE_ALPHABET[usize::from(byte) % signs])))
    }
}

impl fmt::Display for JoinCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|sign| write!(f, "{}", char::from(*sign)))
    }
}

impl fmt::Debug for JoinCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text cannot be a code, whatever the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeError {
    /// It has fewer or more than six signs.
    Length,
    /// It has a sign that no code has.
    Sign,
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "a join code has six signs",
            Self::Sign => "a join code has only 2-9 and A-Z without I, L and O",
        })
    }
}

impl FromStr for JoinCode {
    type Err = CodeError;

    /// Reads what a person typed: case, spaces and hyphens do not count.
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let mut signs = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
            .map(|c| c.to_ascii_uppercase());
        let mut code = [0; CODE_LENGTH];
        for place in &mut code {
            let sign = signs.next().ok_or(CodeError::Length)?;
            *place = u8::try_from(sign).ok().filter(|byte| CODE_ALPHABET.contains(byte)).ok_or(CodeError::Sign)?;
        }
        if signs.next().is_some() { Err(CodeError::Length) } else { Ok(Self(code)) }
    }
}

crate::plain_text!(JoinCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code: JoinCode = "BUURT2".parse().unwrap();
        for typed in ["buurt2", " bu-urt 2 ", "BUU–RT2", "b u u r t 2"] {
            assert_eq!(typed.parse(), Ok(code), "{typed}");
        }
        assert_eq!(code.to_string(), "BUURT2");
    }

    #[test]
    fn what_cannot_be_a_code_says_why() {
        for (typed, why) in [
            ("", CodeError::Length),
            ("BUURT", CodeError::Length),
            ("BUURT22", CodeError::Length),
            ("BUURT0", CodeError::Sign),
            ("BUÜRT2", CodeError::Sign),
        ] {
            assert_eq!(typed.parse::<JoinCode>(), Err(why), "{typed}");
        }
    }

    #[test]
    fn every_sign_is_equally_likely() {
        let mut seen = std::collections::BTreeMap::new();
        for byte in 0..=255 {
            if let Some(code) = JoinCode::from_random([byte; CODE_LENGTH]) {
                *seen.entry(code).or_insert(0) += 1;
            }
        }
        assert_eq!(seen.len(), CODE_ALPHABET.len());
        assert!(seen.values().all(|times| *times == 8));
    }
}
