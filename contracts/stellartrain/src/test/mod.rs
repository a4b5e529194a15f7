//! Behavior of the contract, one file per behavior; `model` compares it call by call with the executable specification.
mod archive;
mod calls;
mod earnings;
mod errors;
mod fuzz;
mod hostile;
mod lifetimes;
mod limits;
mod model;
mod payouts;
mod replay;
mod rules;
mod scenarios;
mod tree;
mod world;
