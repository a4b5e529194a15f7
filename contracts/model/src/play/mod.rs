//! Play: random stories with the rules, and what must hold in every one of them.

pub mod coalition;
pub mod dice;
pub mod honest;
pub mod invariants;
pub mod samples;
pub mod wild;
pub mod witness;
