//! What a contract call read, wrote, emitted and computed, as a node counts it for its `core_metrics` events.

use super::diagnostic::metric;
use crate::ledger::to_xdr;
use soroban_env_host::xdr::{DiagnosticEvent, LedgerKey};

#[derive(Default)]
pub struct Metrics {
    pub read_entries: u64,
    pub disk_read_bytes: u64,
    read_key_bytes: u64,
    read_data_bytes: u64,
    read_code_bytes: u64,
    written_entries: u64,
    pub written_bytes: u64,
    written_data_bytes: u64,
    written_code_bytes: u64,
    pub events: u64,
    /// The returned value counts as well.
    pub event_bytes: u64,
    pub instructions: u64,
    pub memory: u64,
    longest_key: u64,
    longest_data: u64,
    longest_code: u64,
    pub longest_event: u64,
}

impl Metrics {
    /// An entry that had to come from disk, of so many bytes; of one that does not exist only the key is read.
    pub fn read_from_disk(&mut self, key: &LedgerKey, bytes: u64) {
        let key_bytes = length(key);
        self.read_entries += 1;
        self.read_key_bytes += key_bytes;
        self.disk_read_bytes += bytes;
        self.longest_key = self.longest_key.max(key_bytes);
        if is_code(key) {
            self.read_code_bytes += bytes;
            self.longest_code = self.longest_code.max(bytes);
        } else {
            self.read_data_bytes += bytes;
            self.longest_data = self.longest_data.max(bytes);
        }
    }

    pub fn written(&mut self, key: &LedgerKey, bytes: u64) {
        self.written_entries += 1;
        self.written_bytes += bytes;
        self.longest_key = self.longest_key.max(length(key));
        if is_code(key) {
            self.written_code_bytes += bytes;
            self.longest_code = self.longest_code.max(bytes);
        } else {
            self.written_data_bytes += bytes;
            self.longest_data = self.longest_data.max(bytes);
        }
    }

    pub fn emitted(&mut self, bytes: u64) {
        self.events += 1;
        self.event_bytes += bytes;
        self.longest_event = self.longest_event.max(bytes);
    }

    /// The nineteen events, in the order in which nodes have them.
    pub fn diagnostics(&self, success: bool) -> [DiagnosticEvent; 19] {
        [
            ("read_entry", self.read_entries),
            ("write_entry", self.written_entries),
            ("ledger_read_byte", self.disk_read_bytes),
            ("ledger_write_byte", self.written_bytes),
            ("read_key_byte", self.read_key_bytes),
            // Nodes never count these.
            ("write_key_byte", 0),
            ("read_data_byte", self.read_data_bytes),
            ("write_data_byte", self.written_data_bytes),
            ("read_code_byte", self.read_code_bytes),
            ("write_code_byte", self.written_code_bytes),
            ("emit_event", self.events),
            ("emit_event_byte", self.event_bytes),
            ("cpu_insn", self.instructions),
            ("mem_byte", self.memory),
            // There is no clock here: equal calls give equal chains.
            ("invoke_time_nsecs", 0),
            ("max_rw_key_byte", self.longest_key),
            ("max_rw_data_byte", self.longest_data),
            ("max_rw_code_byte", self.longest_code),
            ("max_emit_event_byte", self.longest_event),
        ]
        .map(|(name, value)| metric(success, name, value))
    }
}

fn length(key: &LedgerKey) -> u64 {
    to_xdr(key).map_or(0, |bytes| bytes.len() as u64)
}

fn is_code(key: &LedgerKey) -> bool {
    matches!(key, LedgerKey::ContractCode(_))
}
