//! Behavior of the contract beside the real main contract, one file per behavior.
mod badges;
mod costs;
mod documents;
mod lifetimes;
mod records;
mod replay;
mod world;
