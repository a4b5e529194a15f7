//! A board as it is stored: the solvers as addresses, and beside them their rows packed into bytes.
//!
//! A row, little-endian: number u32, attempt u32, score i64.
use crate::rules::board::{enter, Entrance, Row};
use crate::rules::payout::{MAX_PRIZES, MAX_WINNERS};
use crate::types::Direction;
use alloc::vec::Vec as List;
use soroban_sdk::{Address, Bytes, Env, IntoVal, Val, Vec};

const ROW: usize = 16;
const LONGEST: usize = ROW * if MAX_WINNERS > MAX_PRIZES { MAX_WINNERS } else { MAX_PRIZES } as usize;

pub struct Board {
    pub solvers: Vec<Address>,
    /// Who was added by `push`, with marks of their addresses; they join the others when the board is packed.
    fresh: List<(u64, Address)>,
    pub rows: List<Row>,
}

impl Board {
    pub fn new(e: &Env) -> Board {
        Board { solvers: Vec::new(e), fresh: List::new(), rows: List::new() }
    }

    pub fn len(&self) -> u32 {
        self.rows.len() as u32
    }

    /// `mark`: the address's, as in `Slot`.
    pub fn has(&self, solver: &Address, mark: u64) -> bool {
        let stored = self.rows.len() > self.fresh.len();
        self.fresh.iter().any(|fresh| fresh.0 == mark && fresh.1 == *solver)
            || (stored && self.solvers.contains(solver))
    }

    /// The place of a submission, from 0.
    pub fn place(&self, number: u32) -> Option<u32> {
        self.rows.iter().position(|row| row.number == number).map(|place| place as u32)
    }

    pub fn push(&mut self, solver: &Address, mark: u64, row: Row) {
        self.fresh.push((mark, solver.clone()));
        self.rows.push(row);
    }

    /// A running table of the best distinct solvers takes the row in, if it is good enough.
    pub fn enter(&mut self, solver: &Address, row: Row, places: u32, direction: Direction) {
        let worst = self.rows.last().filter(|_| self.len() >= places);
        if worst.is_some_and(|worst| worst.before(&row, direction)) {
            return;
        }
        let own = self.solvers.first_index_of(solver).map(|place| place as usize);
        let Entrance::Enters { remove, insert } = enter(&self.rows, own, &row, places as usize, direction) else {
            return;
        };
        if let Some(place) = remove {
            self.solvers.remove(place as u32);
            self.rows.remove(place);
        }
        self.solvers.insert(insert as u32, solver.clone());
        self.rows.insert(insert, row);
    }

    pub fn pack(&self, e: &Env) -> Val {
        let mut bytes = [0; LONGEST];
        for (row, out) in self.rows.iter().zip(bytes.chunks_exact_mut(ROW)) {
            out[..4].copy_from_slice(&row.number.to_le_bytes());
            out[4..8].copy_from_slice(&row.attempt.to_le_bytes());
            out[8..].copy_from_slice(&row.score.to_le_bytes());
        }
        let mut solvers = self.solvers.clone();
        if !self.fresh.is_empty() {
            let fresh: List<Address> = self.fresh.iter().map(|(_, solver)| solver.clone()).collect();
            solvers.append(&Vec::from_slice(e, &fresh));
        }
        (solvers, Bytes::from_slice(e, &bytes[..self.rows.len() * ROW])).into_val(e)
    }

    pub fn unpack((solvers, packed): (Vec<Address>, Bytes)) -> Board {
        let length = (packed.len() as usize).min(LONGEST);
        let mut bytes = [0; LONGEST];
        packed.copy_into_slice(&mut bytes[..length]);
        let rows = bytes[..length].chunks_exact(ROW).map(|row| Row {
            number: u32::from_le_bytes([row[0], row[1], row[2], row[3]]),
            attempt: u32::from_le_bytes([row[4], row[5], row[6], row[7]]),
            score: i64::from_le_bytes([row[8], row[9], row[10], row[11], row[12], row[13], row[14], row[15]]),
        });
        Board { solvers, fresh: List::new(), rows: rows.collect() }
    }
}
