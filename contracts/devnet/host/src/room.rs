//! How much of one ledger's limits is left while it fills.

use crate::{frame::Frame, settings::Settings, soroban::disk_reads};

/// What is left of one ledger's limits while it fills.
pub struct Room {
    txs: i64,
    instructions: i64,
    bytes: i64,
    disk_read_entries: i64,
    disk_read_bytes: i64,
    write_entries: i64,
    write_bytes: i64,
}

impl Room {
    pub fn new(settings: &Settings) -> Room {
        Room {
            txs: i64::from(settings.limits.ledger_txs),
            instructions: settings.compute().ledger_max_instructions,
            bytes: i64::from(settings.bandwidth().ledger_max_txs_size_bytes),
            disk_read_entries: i64::from(settings.cost().ledger_max_disk_read_entries),
            disk_read_bytes: i64::from(settings.cost().ledger_max_disk_read_bytes),
            write_entries: i64::from(settings.cost().ledger_max_write_ledger_entries),
            write_bytes: i64::from(settings.cost().ledger_max_write_bytes),
        }
    }

    /// Makes room for a transaction; false when it must wait for the next ledger.
    pub fn take(&mut self, frame: &Frame) -> bool {
        let Some(data) = frame.soroban() else { return true };
        let resources = &data.resources;
        let left = Room {
            txs: self.txs - 1,
            instructions: self.instructions - i64::from(resources.instructions),
            bytes: self.bytes - frame.bytes.len() as i64,
            disk_read_entries: self.disk_read_entries - i64::from(disk_reads(frame, data)),
            disk_read_bytes: self.disk_read_bytes - i64::from(resources.disk_read_bytes),
            write_entries: self.write_entries - resources.footprint.read_write.len() as i64,
            write_bytes: self.write_bytes - i64::from(resources.write_bytes),
        };
        let rest = [left.txs, left.instructions, left.bytes, left.disk_read_entries, left.disk_read_bytes];
        let fits = rest.iter().all(|left| *left >= 0) && left.write_entries >= 0 && left.write_bytes >= 0;
        if fits {
            *self = left;
        }
        fits
    }
}
