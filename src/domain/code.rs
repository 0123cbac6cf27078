//! The code with which one joins: on the poster, or in an invitation.

use std::fmt;
use std::str::FromStr;

/// The letters and digits of a code: none that are easily mistaken for another (no 0, 1, I, L, O).
pub const CODE_ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// How many signs a poster's code has.
pub const CODE_LENGTH: usize = 6;

/// How many signs an invitation has: 128.8 bits, which nobody guesses.
pub const INVITATION_LENGTH: usize = 26;

/// A join code, as it is stored and compared: [`CODE_LENGTH`] signs of [`CODE_ALPHABET`] on a poster, [`INVITATION_LENGTH`] in
/// an invitation. Behind the last sign there are zeros.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String, example = "BUURT2"))]
pub struct JoinCode([u8; INVITATION_LENGTH]);

impl JoinCode {
    /// Makes a code from random bytes, as many as it has signs: [`CODE_LENGTH`] or [`INVITATION_LENGTH`]. A byte that would
    /// make some signs likelier than others gives `None`: draw again.
    pub fn from_random<const SIGNS: usize>(random: [u8; SIGNS]) -> Option<Self> {
        const { assert!(SIGNS == CODE_LENGTH || SIGNS == INVITATION_LENGTH, "no code has as many signs") };
        let signs = CODE_ALPHABET.len();
        let fair = 256 - 256 % signs;
        let mut code = [0; INVITATION_LENGTH];
        for (place, byte) in code.iter_mut().zip(random.map(usize::from)) {
            *place = *CODE_ALPHABET.get(byte % signs).filter(|_| byte < fair)?;
        }
        Some(Self(code))
    }

    /// Says whether it is an invitation's.
    pub const fn is_invitation(self) -> bool {
        self.0[CODE_LENGTH] != 0
    }
}

impl fmt::Display for JoinCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().take_while(|sign| **sign != 0).try_for_each(|sign| write!(f, "{}", char::from(*sign)))
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
    /// It has as many signs as neither a poster's code nor an invitation has.
    Length,
    /// It has a sign that no code has.
    Sign,
}

impl fmt::Display for CodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Length => "a join code has 6 signs, an invitation 26",
            Self::Sign => "a join code has only 2-9 and A-Z without I, L and O",
        })
    }
}

impl FromStr for JoinCode {
    type Err = CodeError;

    /// Reads what a person typed: case, spaces and hyphens do not count.
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let signs = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
            .map(|c| c.to_ascii_uppercase());
        let (mut code, mut length) = ([0; INVITATION_LENGTH], 0);
        for sign in signs {
            let place = code.get_mut(length).ok_or(CodeError::Length)?;
            *place = u8::try_from(sign).ok().filter(|byte| CODE_ALPHABET.contains(byte)).ok_or(CodeError::Sign)?;
            length += 1;
        }
        if matches!(length, CODE_LENGTH | INVITATION_LENGTH) { Ok(Self(code)) } else { Err(CodeError::Length) }
    }
}

crate::plain_text!(JoinCode);

#[cfg(test)]
mod tests {
    use super::*;

    const INVITATION: &str = "23456789ABCDEFGHJKMNPQRSTU";

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code: JoinCode = "BUURT2".parse().unwrap();
        for typed in ["buurt2", " bu-urt 2 ", "BUU–RT2", "b u u r t 2"] {
            assert_eq!(typed.parse(), Ok(code), "{typed}");
        }
        assert_eq!(code.to_string(), "BUURT2");
        assert!(!code.is_invitation());
    }

    #[test]
    fn an_invitation_is_a_code_of_more_signs() {
        let code: JoinCode = INVITATION.parse().unwrap();
        assert_eq!("2345 6789 abcd-efgh jkmn pqrs tu ".parse(), Ok(code));
        assert_eq!(code.to_string(), INVITATION);
        assert!(code.is_invitation());
        assert_eq!(serde_json::to_value(code).unwrap(), INVITATION);
        assert_ne!(INVITATION[..CODE_LENGTH].parse(), Ok(code));
    }

    #[test]
    fn what_cannot_be_a_code_says_why() {
        for (typed, why) in [
            ("", CodeError::Length),
            ("BUURT", CodeError::Length),
            ("BUURT22", CodeError::Length),
            (&INVITATION[1..], CodeError::Length),
            (&format!("{INVITATION}2"), CodeError::Length),
            ("BUURT0", CodeError::Sign),
            ("BUÜRT2", CodeError::Sign),
            (&INVITATION.replace('U', "I"), CodeError::Sign),
        ] {
            assert_eq!(typed.parse::<JoinCode>(), Err(why), "{typed}");
        }
    }

    #[test]
    fn every_sign_is_equally_likely() {
        every_sign_is_drawn_eight_times::<CODE_LENGTH>();
        every_sign_is_drawn_eight_times::<INVITATION_LENGTH>();
    }

    fn every_sign_is_drawn_eight_times<const SIGNS: usize>() {
        let mut seen = std::collections::BTreeMap::new();
        for byte in 0..=255 {
            if let Some(code) = JoinCode::from_random([byte; SIGNS]) {
                assert_eq!(code.to_string().len(), SIGNS);
                *seen.entry(code).or_insert(0) += 1;
            }
        }
        assert_eq!(seen.len(), CODE_ALPHABET.len());
        assert!(seen.values().all(|times| *times == 8));
        let mut last_is_unfair = [0; SIGNS];
        last_is_unfair[SIGNS - 1] = 255;
        assert_eq!(JoinCode::from_random(last_is_unfair), None);
    }
}
