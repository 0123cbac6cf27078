//! The settings of a project as this phone holds them.

use browser::ProjectRecords;
use domain::plain::Value;
use domain::{KIND_PROJECT, ProjectId, ProjectSettings, Record};

/// The settings of a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Settings {
    /// What they say.
    pub(super) read: ProjectSettings,
    /// The record, which comes whole to who may write it; none where nobody has set anything yet.
    pub(super) record: Option<Record>,
}

/// Returns the settings among what this phone holds of a project.
pub(super) fn settings_of(records: &ProjectRecords, project: ProjectId) -> Settings {
    let id = ProjectSettings::record_id(project);
    let record = records.records.iter().find(|record| record.id == id && record.kind == KIND_PROJECT).cloned();
    Settings { read: record.as_ref().map(ProjectSettings::from_record).unwrap_or_default(), record }
}

impl Settings {
    /// Returns what these fields hold; nothing where nobody wrote them.
    pub(super) fn values(&self, fields: &[&str]) -> Vec<Value> {
        let value =
            |name: &&str| self.record.as_ref().and_then(|record| record.last(name)).cloned().unwrap_or_default();
        fields.iter().map(value).collect()
    }
}
