//! Refusals, each with a stable code.

use domain::plain::{Plain, Value};

/// The body of every reply that is not a success.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ErrorReply {
    /// Stable; what a phone acts on.
    pub code: ErrorCode,
    /// For a developer's eyes, in English; never story text, names or tokens.
    pub message: String,
    /// The server's clock in milliseconds since 1970.
    pub server_time_ms: u64,
}

domain::plain!(ErrorReply { code, message, server_time_ms });

macro_rules! codes {
    ($($name:ident = $key:literal, $status:literal, $doc:literal;)*) => {
        /// Why the server refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        pub enum ErrorCode {
            $(#[doc = $doc] #[cfg_attr(feature = "schema", serde(rename = $key))] $name,)*
            /// A code of a later version.
            #[cfg_attr(feature = "schema", serde(rename = "unknown"))]
            Unknown,
        }

        impl ErrorCode {
            /// Returns the stable key, as sent and stored.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* Self::Unknown => "unknown" }
            }

            /// Returns the code with this key; one of a later version is [`Self::Unknown`].
            pub fn from_key(key: &str) -> Self {
                match key { $($key => Self::$name,)* _ => Self::Unknown }
            }

            /// Returns the HTTP status that goes with this code.
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* Self::Unknown => 500 }
            }
        }
    };
}

codes! {
    BadRequest = "bad_request", 400, "The request cannot be read.";
    UnknownDevice = "unknown_device", 401, "No token, or one that is not known any more.";
    DeviceShutOut = "device_shut_out", 401, "A token of a phone that its person, or whoever runs the server, shut out.";
    CrossSite = "cross_site", 403, "An unsafe request from another site's page.";
    NotMember = "not_member", 404, "Not a member of this project, or no such project: one answer for both.";
    NotFound = "not_found", 404, "Absent, erased or not allowed: one answer for all three.";
    UnknownCode = "unknown_code", 404, "A join code that leads nowhere.";
    CodeReplaced = "code_replaced", 410, "A join code that was closed or has expired: whoever runs the project has another.";
    NotYours = "not_yours", 403, "A record that somebody else made.";
    ClockAhead = "clock_ahead", 409, "A stamp lies more than 60 s ahead of the server's clock: restamp and send again.";
    UploadOffset = "upload_offset", 409, "The server holds another part of this upload than the phone thought: ask, and go on from there.";
    InvalidRecord = "invalid_record", 422, "A record breaks a rule.";
    RecordTooLarge = "record_too_large", 413, "A record has more than 64 KB.";
    BatchTooLarge = "batch_too_large", 413, "More records in one request than are taken.";
    MediumTooLarge = "medium_too_large", 413, "A medium has more bytes than are taken.";
    HashMismatch = "hash_mismatch", 422, "The bytes are not those that the address names.";
    NotAnImage = "not_an_image", 415, "The bytes are not of a kind that is taken.";
    BrokenImage = "broken_image", 422, "The picture's structure is broken or cut off.";
    BrokenVoice = "broken_voice", 422, "The voice note's structure is broken or cut off.";
    VoiceTooLong = "voice_too_long", 422, "The voice note sounds for longer than is taken.";
    TooManyPixels = "too_many_pixels", 422, "The picture has more pixels than are taken.";
    CarriesMetadata = "carries_metadata", 422, "The picture or voice note carries EXIF, XMP, IPTC, MPF, places, tags, comments or trailing bytes.";
    TooManyAttempts = "too_many_attempts", 429, "Too many requests; see Retry-After.";
    ClientTooOld = "client_too_old", 426, "This version of the app is too old for the server.";
    ProjectClosed = "project_closed", 403, "The project takes nothing new.";
    ServerFull = "server_full", 507, "The server has no room.";
    Busy = "busy", 503, "The server cannot answer now; see Retry-After.";
    MethodNotAllowed = "method_not_allowed", 405, "This address does not know this method.";
    Internal = "internal", 500, "The server failed; what it had confirmed is safe.";
}

impl Plain for ErrorCode {
    fn to_value(&self) -> Value {
        self.key().into()
    }

    fn from_value(value: &Value) -> Option<Self> {
        value.as_str().map(Self::from_key)
    }
}

domain::serde_by_plain!(ErrorCode);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_a_later_version_is_read_as_unknown() {
        let text = r#"{"code":"something_new","message":"","server_time_ms":1}"#;
        assert_eq!(serde_json::from_str::<ErrorReply>(text).unwrap().code, ErrorCode::Unknown);
    }
}
