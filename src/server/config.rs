//! What the command line decided, parsed once.

use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use axum::http::Uri;

/// What a server needs to know to open its data and answer.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// Where everything is kept.
    pub(crate) data: PathBuf,
    /// Where phones find the server, when that is not where it listens.
    pub(crate) public_url: Option<PublicUrl>,
    /// Folders of a client on disk, to be served instead of the embedded one.
    pub(crate) client: Vec<PathBuf>,
    /// The folders in which programs are looked for, as a shell writes them.
    pub(crate) path: OsString,
}

/// Where phones find the server: scheme and host, nothing behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicUrl {
    /// Encrypted: cookies are Secure then.
    pub(crate) is_https: bool,
    /// Host, with the port where it is not the scheme's own.
    pub(crate) authority: String,
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", if self.is_https { "https" } else { "http" }, self.authority)
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "give scheme and host alone, such as https://wijk.example.nl";
        let uri: Uri = text.parse().map_err(|_| WRONG)?;
        let is_https = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => false,
            _ => return Err(WRONG),
        };
        let authority = uri.authority().filter(|authority| !authority.as_str().contains('@')).ok_or(WRONG)?;
        if !matches!(uri.path_and_query().map(|path| path.as_str()), None | Some("" | "/")) {
            return Err(WRONG);
        }
        Ok(Self { is_https, authority: authority.as_str().to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_scheme_and_host() {
        let url: PublicUrl = "https://wijk.example.nl/".parse().unwrap();
        assert_eq!(url.to_string(), "https://wijk.example.nl");
        assert!(url.is_https);
        for wrong in ["wijk.example.nl", "ftp://a", "https://a/b", "https://u:p@a", "https://a?b", ""] {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }
}
