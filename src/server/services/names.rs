//! Names that people give themselves and their phones.

use protocol::ErrorCode;

use crate::error::Error;

/// Returns a name as it is kept: without signs that nobody sees, at most `most_chars` of them. `what` begins the sentence for
/// one that is too long.
///
/// # Errors
/// `invalid_record` when it is too long.
pub(super) fn checked(name: &str, most_chars: usize, what: &str) -> Result<String, Error> {
    let name: String = name.chars().filter(|sign| !sign.is_control()).collect();
    let name = name.trim();
    if name.chars().count() > most_chars {
        return Err(Error::refused(ErrorCode::InvalidRecord, format!("{what} has at most {most_chars} signs")));
    }
    Ok(name.to_owned())
}
