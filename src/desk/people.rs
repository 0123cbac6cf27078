//! Who can be in a group.

use browser::ProjectRecords;
use domain::{Group, KIND_GROUP, Map, MemberId, RecordId, sort_by};
use protocol::MemberInfo;

/// Returns the groups that this phone holds, by their names.
pub(crate) fn groups_of(records: &ProjectRecords) -> Vec<(RecordId, Group)> {
    let groups = records.records.iter().filter(|record| record.kind == KIND_GROUP);
    let mut groups: Vec<_> = groups.map(|record| (record.id, Group::from_record(record))).collect();
    sort_by(&mut groups, |(a_id, a), (b_id, b)| (a.name.to_lowercase(), a_id).cmp(&(b.name.to_lowercase(), b_id)));
    groups
}

/// Returns everybody who is or could be in a group, by their names: those whom the server lists, or without network those whose
/// names this phone knows. Who has no name comes last.
pub(crate) fn people(
    group: &Group,
    listed: Option<&[MemberInfo]>,
    known: &Map<MemberId, String>,
) -> Vec<(MemberId, String)> {
    let mut names = known.clone();
    for member in listed.unwrap_or_default() {
        names.insert(member.id, member.nickname.clone());
    }
    for member in &group.members {
        names.get_or_insert_with(*member, String::new);
    }
    if let Some(listed) = listed {
        // Who was taken out of the project can be taken out of the group, and not be put in.
        names.retain(|id, _| group.members.contains(id) || listed.iter().any(|member| member.id == *id));
    }
    let mut people: Vec<_> = names.into_iter().collect();
    sort_by(&mut people, |(a_id, a), (b_id, b)| {
        (a.is_empty(), a.to_lowercase(), a_id).cmp(&(b.is_empty(), b.to_lowercase(), b_id))
    });
    people
}

#[cfg(test)]
mod tests {
    use domain::{NodeId, Record, Role, Stamp, Timestamp};

    use super::*;

    fn id(number: u64) -> MemberId {
        MemberId::new(Timestamp::from_ms(number), [0; 10])
    }

    fn listed(number: u64, name: &str) -> MemberInfo {
        let nickname = name.to_owned();
        MemberInfo { id: id(number), nickname, role: Role::Resident, joined_ms: None, entries: 0, devices: Vec::new() }
    }

    #[test]
    fn everybody_who_could_be_in_a_group_is_there_once_by_name() {
        let group = Group { name: "Moestuin".into(), members: [id(3), id(9)].into() };
        let known: Map<_, _> =
            [(id(1), "Anna".to_owned()), (id(4), "Wies".to_owned()), (id(9), "Bo".to_owned())].into();
        let names = |listed| people(&group, listed, &known).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names(None), ["Anna", "Bo", "Wies", ""], "without network those who are known, and who is in");
        let all = [listed(1, "Anna"), listed(2, "carla"), listed(3, "Dirk"), listed(5, "")];
        assert_eq!(
            names(Some(&all)),
            ["Anna", "Bo", "carla", "Dirk", ""],
            "who left the project is there to be taken out"
        );
    }

    #[test]
    fn a_member_is_put_in_and_taken_out_again() {
        let group = RecordId::new(Timestamp::from_ms(1), [0; 10]);
        let at = |ms| Stamp { at: Timestamp::from_ms(ms), count: 0, node: NodeId(1) };
        let mut record = Record::new(group, KIND_GROUP).with("name", "Moestuin", at(1));
        record.merge(&Group::putting(group, id(1), true, at(2)));
        record.merge(&Group::putting(group, id(2), true, at(3)));
        record.merge(&Group::putting(group, id(1), false, at(4)));
        assert_eq!(record.check(Timestamp::from_ms(4)), Ok(()));
        let records = ProjectRecords { records: vec![record], ..ProjectRecords::default() };
        assert_eq!(groups_of(&records), [(group, Group { name: "Moestuin".into(), members: [id(2)].into() })]);
    }
}
