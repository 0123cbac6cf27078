//! The names under which a researcher meets members.
//!
//! A pseudonym is made from the database's own key, the project and the member: the same each time and on each phone of one project,
//! another in every other project and on every other server, and without the key nobody can try out whose it is. It replaces
//! the member's id as well, which others see beside the nickname and which says when the member joined.

use domain::{CODE_ALPHABET, Maker, MemberId, ProjectId};
use sha2::{Digest, Sha256};

use crate::repositories::{self, Connection};

/// How many signs stand behind the `#`: of a thousand members hardly two have the same.
const SIGNS: usize = 6;

/// Gives members of one project their pseudonyms.
pub(crate) struct Pseudonyms {
    key: String,
    project: ProjectId,
}

impl Pseudonyms {
    /// Returns those of a project.
    pub(crate) async fn of(conn: &mut Connection, project: ProjectId) -> repositories::Result<Self> {
        Ok(Self { key: repositories::pseudonym_key(conn).await?, project })
    }

    /// Returns who a member is to a researcher: an id of its own, and a name such as `#K7QX2M`.
    pub(crate) fn maker(&self, member: MemberId) -> Maker {
        let digest = Sha256::new()
            .chain_update(&self.key)
            .chain_update(self.project.uuid())
            .chain_update(member.uuid())
            .finalize();
        let (id, rest) = digest.split_at(16);
        let id = id.try_into().expect("sixteen bytes were split off");
        let sign = |byte: &u8| char::from(CODE_ALPHABET[usize::from(*byte) % CODE_ALPHABET.len()]);
        Maker {
            id: MemberId::from_uuid(uuid::Builder::from_custom_bytes(id).into_uuid()),
            name: ['#'].into_iter().chain(rest.iter().take(SIGNS).map(sign)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::Timestamp;

    use super::*;

    #[test]
    fn a_pseudonym_stays_the_same_and_is_another_for_each_member_project_and_server() {
        let [anna, bert] = [1, 2].map(|n| MemberId::new(Timestamp::from_ms(n), [1; 10]));
        let [here, there] = [3, 4].map(|n| ProjectId::new(Timestamp::from_ms(n), [1; 10]));
        let of = |key: &str, project, member| Pseudonyms { key: key.to_owned(), project }.maker(member);
        let maker = of("a", here, anna);
        assert_eq!(maker, of("a", here, anna));
        assert_eq!((maker.name.len(), &maker.name[..1]), (SIGNS + 1, "#"));
        for other in [of("a", here, bert), of("a", there, anna), of("b", here, anna)] {
            assert!(other.id != maker.id && other.name != maker.name, "{other:?}");
        }
        assert_ne!(maker.id, anna);
    }
}
