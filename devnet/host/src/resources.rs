//! What a transaction takes of a ledger, and what a ledger has: operations, and for contracts six more things.

use crate::{
    frame::{Frame, Lane},
    settings::Settings,
    soroban::disk_reads,
};

/// Operations, instructions, bytes of transactions, bytes read and written, entries read and written.
#[derive(Clone, Copy, Default)]
pub struct Resources([i64; 7]);

impl Resources {
    pub fn of(frame: &Frame) -> Resources {
        let Some(data) = frame.soroban() else { return Resources([frame.fee_units(), 0, 0, 0, 0, 0, 0]) };
        let declared = &data.resources;
        Resources([
            frame.fee_units(),
            i64::from(declared.instructions),
            i64::from(frame.size),
            i64::from(declared.disk_read_bytes),
            i64::from(declared.write_bytes),
            i64::from(disk_reads(frame, data)),
            declared.footprint.read_write.len() as i64,
        ])
    }

    /// What one ledger takes of a lane; the instructions are those of all clusters.
    pub fn of_ledger(settings: &Settings, classic_operations: u32, lane: Lane) -> Resources {
        match lane {
            Lane::Classic => Resources([i64::from(classic_operations), 0, 0, 0, 0, 0, 0]),
            Lane::Contracts => Resources([
                i64::from(settings.limits.ledger_txs),
                settings.compute().ledger_max_instructions.saturating_mul(i64::from(settings.limits.clusters.max(1))),
                i64::from(settings.bandwidth().ledger_max_txs_size_bytes),
                i64::from(settings.cost().ledger_max_disk_read_bytes),
                i64::from(settings.cost().ledger_max_write_bytes),
                i64::from(settings.cost().ledger_max_disk_read_entries),
                i64::from(settings.cost().ledger_max_write_ledger_entries),
            ]),
        }
    }

    pub fn times(self, factor: i64) -> Resources {
        Resources(self.0.map(|value| value.saturating_mul(factor)))
    }

    pub fn plus(self, other: Resources) -> Resources {
        Resources(std::array::from_fn(|index| self.0[index].saturating_add(other.0[index])))
    }

    /// What is left of a difference, nothing being less than nothing.
    pub fn without(self, other: Resources) -> Resources {
        Resources(std::array::from_fn(|index| self.0[index].saturating_sub(other.0[index]).max(0)))
    }

    pub fn fits(self, limit: Resources) -> bool {
        self.0.iter().zip(limit.0).all(|(value, limit)| *value <= limit)
    }

    pub fn is_nothing(self) -> bool {
        self.0.iter().all(|value| *value <= 0)
    }
}
