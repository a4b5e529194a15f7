//! Behaviour of the contract beside the real main contract, one file per behaviour.
mod badges;
mod costs;
mod documents;
mod lifetimes;
mod records;
mod replay;
mod world;
