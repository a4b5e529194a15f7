//! One file per kind of call: who may make it, when, with which arguments, and what it leaves behind.
mod acceptance;
mod authorization;
mod ending;
mod payment;
mod queue;
mod rankings;
mod registry;
mod reservation;
mod submission;
mod terms;
mod top_up;
mod votes;
