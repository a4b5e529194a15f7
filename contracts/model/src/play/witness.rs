//! Who is told a story, call by call.
use crate::basics::Address;
use crate::world::{Answer, Call, World};

/// Somebody to whom a story is told. The world may change without a call, too: time passes, accounts are frozen.
pub trait Witness {
    /// A call was made, and this came of it.
    fn called(&mut self, _before: &World, _by: Address, _call: &Call, _answer: &Answer, _after: &World) {}
    /// How the world looks after a call that was taken, and whenever time has passed.
    fn looked(&mut self, _world: &World) {}
}

/// To whom nothing needs to be told.
pub struct Nobody;

impl Witness for Nobody {}
