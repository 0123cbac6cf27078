//! Random numbers that nobody can guess.

use domain::{CODE_LENGTH, INVITATION_LENGTH, JoinCode};

/// Returns random bytes of the operating system.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes, or nothing here is safe");
    bytes
}

/// Returns a new code for a poster.
pub(crate) fn join_code() -> JoinCode {
    code::<CODE_LENGTH>()
}

/// Returns a new code for an invitation.
pub(crate) fn invitation() -> JoinCode {
    code::<INVITATION_LENGTH>()
}

fn code<const SIGNS: usize>() -> JoinCode {
    loop {
        if let Some(code) = JoinCode::from_random(bytes::<SIGNS>()) {
            return code;
        }
    }
}

/// Returns bytes as lowercase hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
