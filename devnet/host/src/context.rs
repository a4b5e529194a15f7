//! The ledger that a transaction is meant for.

#[derive(Clone)]
pub struct Context {
    pub sequence: u32,
    pub close_time: u64,
    /// What time bounds are held against: the ledger's clock, less what tests have skipped.
    pub bounds_time: u64,
    pub network_id: [u8; 32],
    pub seed: [u8; 32],
}
