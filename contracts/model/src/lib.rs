//! The rules of StellarTrain as an executable specification.
//!
//! One file for each idea, all of them pure functions of plain values:
//!
//! * `score`: which way is better, how a score counts and when it wins
//! * `terms`: what a maker fixes, and its bounds
//! * `phase`: in which phase a challenge is
//! * `attempts`: how often a solver may try
//! * `verdict`: votes, ballots, and when they are a verdict
//! * `queue`: what settling does with one submission
//! * `board`: who has won a place of a bounty, and whose prize is due
//! * `fees`: what grading costs and who bears it
//! * `ranking`: the running table and the rankings of a competition
//! * `earnings`: epochs of a Merkle sum tree
//! * `close`: what stays in the escrow
//! * `records`: what was promised and not kept
//!
//! `challenge` is the state, `world` applies calls to it and returns events, `bank` holds the tokens. `play` tells random stories
//! about them: the invariants, and the game of a coalition against honest oracles and solvers.

pub mod attempts;
pub mod bank;
pub mod basics;
pub mod board;
pub mod challenge;
pub mod close;
pub mod earnings;
pub mod event;
pub mod fees;
pub mod phase;
pub mod play;
pub mod queue;
pub mod ranking;
pub mod records;
pub mod refusal;
pub mod score;
pub mod terms;
pub mod verdict;
pub mod world;
