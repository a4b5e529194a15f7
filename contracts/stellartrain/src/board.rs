//! A board as it is stored: the solvers as addresses, and beside them their rows packed into bytes.
//!
//! A row, little-endian: number u32, attempt u32, score i64, mark of the solver's address u64 (see `Slot`).
use crate::rules::board::{enter_bounty, enter_table, is_open_to, Entrance, Row};
use crate::rules::payout::{MAX_PRIZES, MAX_WINNERS};
use crate::types::Direction;
use alloc::vec::Vec as List;
use soroban_sdk::{Address, Bytes, Env, Vec};

const ROW: usize = 24;
const LONGEST: usize = ROW * if MAX_WINNERS > MAX_PRIZES { MAX_WINNERS } else { MAX_PRIZES } as usize;

/// A solver's address and bytes out of it: marks are compared here, whole addresses by the host, which costs much more.
#[derive(Clone)]
pub struct Solver {
    pub address: Address,
    pub mark: u64,
}

impl Solver {
    pub fn is(&self, other: &Solver) -> bool {
        self.mark == other.mark && self.address == other.address
    }
}

/// Winners of a bounty, first those whose prize is due; the best distinct solvers of a competition.
#[derive(Clone, Default)]
pub struct Board {
    pub solvers: List<Solver>,
    pub rows: List<Row>,
}

/// The form in which it is stored.
pub type Packed = (Vec<Address>, Bytes);

impl Board {
    pub fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    /// The place of a submission, from 0.
    pub fn place(&self, number: u32) -> Option<u32> {
        self.rows.iter().position(|row| row.number == number).map(|place| place as u32)
    }

    /// The place of a solver, from 0.
    pub fn place_of(&self, solver: &Solver) -> Option<usize> {
        self.solvers.iter().position(|other| other.is(solver))
    }

    /// Whether a submission of this solver would enter a bounty's board if it won.
    pub fn is_open_to(&self, solver: &Solver, due: u32, number: u32) -> bool {
        is_open_to(&self.rows, self.place_of(solver), due as usize, number)
    }

    pub fn push(&mut self, solver: &Solver, row: Row) {
        self.solvers.push(solver.clone());
        self.rows.push(row);
    }

    /// A winner of a bounty enters behind the `due` first rows.
    pub fn enter_bounty(&mut self, solver: &Solver, row: Row, due: u32, winners: u32) {
        let entrance = enter_bounty(&self.rows, self.place_of(solver), due as usize, &row);
        self.apply(entrance, solver, row, winners as usize);
    }

    /// A running table takes the row in, if it is good enough.
    pub fn enter_table(&mut self, solver: &Solver, row: Row, places: u32, direction: Direction) {
        let entrance = enter_table(&self.rows, self.place_of(solver), &row, places as usize, direction);
        self.apply(entrance, solver, row, places as usize);
    }

    fn apply(&mut self, entrance: Entrance, solver: &Solver, row: Row, places: usize) {
        let Entrance::Enters { remove, insert } = entrance else { return };
        if let Some(place) = remove {
            self.solvers.remove(place);
            self.rows.remove(place);
        }
        self.solvers.insert(insert, solver.clone());
        self.rows.insert(insert, row);
        self.solvers.truncate(places);
        self.rows.truncate(places);
    }

    pub fn pack(&self, e: &Env) -> Packed {
        let mut bytes = [0; LONGEST];
        for ((row, solver), out) in self.rows.iter().zip(&self.solvers).zip(bytes.chunks_exact_mut(ROW)) {
            out[..4].copy_from_slice(&row.number.to_le_bytes());
            out[4..8].copy_from_slice(&row.attempt.to_le_bytes());
            out[8..16].copy_from_slice(&row.score.to_le_bytes());
            out[16..].copy_from_slice(&solver.mark.to_le_bytes());
        }
        let addresses: List<Address> = self.solvers.iter().map(|solver| solver.address.clone()).collect();
        (Vec::from_slice(e, &addresses), Bytes::from_slice(e, &bytes[..self.rows.len() * ROW]))
    }

    pub fn unpack((addresses, packed): &Packed) -> Board {
        let length = (packed.len() as usize).min(LONGEST);
        let mut bytes = [0; LONGEST];
        packed.copy_into_slice(&mut bytes[..length]);
        let mut board = Board::default();
        for (address, row) in addresses.iter().zip(bytes[..length].chunks_exact(ROW)) {
            board.solvers.push(Solver { address, mark: u64::from_le_bytes(take(&row[16..])) });
            board.rows.push(Row {
                number: u32::from_le_bytes(take(row)),
                attempt: u32::from_le_bytes(take(&row[4..])),
                score: i64::from_le_bytes(take(&row[8..])),
            });
        }
        board
    }
}

fn take<const N: usize>(from: &[u8]) -> [u8; N] {
    let mut part = [0; N];
    part.copy_from_slice(&from[..N]);
    part
}
