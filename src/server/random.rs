//! Random numbers that nobody can guess.

use domain::JoinCode;

/// Returns random bytes of the operating system.
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes, or nothing here is safe");
    bytes
}

/// Returns a new join code.
pub(crate) fn join_code() -> JoinCode {
    loop {
        if let Some(code) = JoinCode::from_random(bytes()) {
            return code;
        }
    }
}

/// Returns bytes as lowercase hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
