//! Refusals, each with a stable code.

use serde::{Deserialize, Serialize};

/// The body of every reply that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ErrorReply {
    /// Stable; what a phone acts on.
    pub code: ErrorCode,
    /// For a developer's eyes, in English; never story text, names or tokens.
    pub message: String,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

macro_rules! codes {
    ($($name:ident = $status:literal, $doc:literal;)*) => {
        /// Why the server refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum ErrorCode {
            $(#[doc = $doc] $name,)*
            /// A code of a later version.
            #[serde(other)]
            Unknown,
        }

        impl ErrorCode {
            /// Returns the HTTP status that goes with this code.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* Self::Unknown => 500 }
            }
        }
    };
}

codes! {
    BadRequest = 400, "The request cannot be read.";
    UnknownDevice = 401, "No token, or one that is not known any more.";
    CrossSite = 403, "An unsafe request from another site's page.";
    NotMember = 404, "Not a member of this project, or no such project: one answer for both.";
    NotFound = 404, "Absent, erased or not allowed: one answer for all three.";
    UnknownCode = 404, "A join code that is unknown, expired or closed: one answer for all three.";
    NotYours = 403, "A record that somebody else made.";
    ClockAhead = 409, "A stamp lies more than 60 s ahead of the server's clock: restamp and send again.";
    InvalidRecord = 422, "A record breaks a rule.";
    RecordTooLarge = 413, "A record has more than 64 KB.";
    BatchTooLarge = 413, "More records in one request than are taken.";
    MediumTooLarge = 413, "A medium has more bytes than are taken.";
    HashMismatch = 422, "The bytes are not those that the address names.";
    NotAnImage = 415, "The bytes are not of a kind that is taken.";
    BrokenImage = 422, "The picture's structure is broken or cut off.";
    TooManyPixels = 422, "The picture has more pixels than are taken.";
    CarriesMetadata = 422, "The picture carries EXIF, XMP, IPTC, MPF, comments or trailing bytes.";
    TooManyAttempts = 429, "Too many requests; see Retry-After.";
    ClientTooOld = 426, "This version of the app is too old for the server.";
    ProjectClosed = 403, "The project takes nothing new.";
    ServerFull = 507, "The server has no room.";
    Busy = 503, "The server cannot answer now; see Retry-After.";
    MethodNotAllowed = 405, "This address does not know this method.";
    Internal = 500, "The server failed; what it had confirmed is safe.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_a_later_version_is_read_as_unknown() {
        let text = r#"{"code":"something_new","message":"","server_time_ms":1}"#;
        assert_eq!(serde_json::from_str::<ErrorReply>(text).unwrap().code, ErrorCode::Unknown);
    }
}
