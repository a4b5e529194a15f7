//! Scores for the area under the curve: a chunk's are sorted here, and laid beside those of each chunk before.
use crate::chunk::Handed;
use crate::errors::{require, Error};
use crate::form::CHUNK;
use crate::id::Id;
use crate::metrics::float::Float;
use crate::metrics::pairs::{between, within, Scored};
use crate::storage;
use crate::tally::Part;
use crate::types::Frozen;
use soroban_sdk::{Bytes, Env};

/// Rows of a chunk, and the one that it ends.
const MOST: usize = CHUNK / 8 + 1;
/// Bytes of a row in storage: its key, and 1 for a positive row.
const STORED: usize = 9;
/// Rows of one entry.
const HALF: usize = MOST / 2 + 1;

/// The rows of one chunk, the public ones from the front, the private ones from the back.
pub struct Run {
    rows: [Scored; MOST],
    public: usize,
    private: usize,
}

impl Run {
    pub fn new() -> Run {
        Run { rows: [Scored { key: 0, positive: false }; MOST], public: 0, private: 0 }
    }

    pub fn push(&mut self, score: Float, positive: bool, private: bool) -> Result<(), Error> {
        require(self.public + self.private < MOST, Error::BadForm)?;
        let row = Scored { key: score.key(), positive };
        if private {
            self.private += 1;
            self.rows[MOST - self.private] = row;
        } else {
            self.rows[self.public] = row;
            self.public += 1;
        }
        Ok(())
    }

    /// Of a part: 0 public, 1 private.
    fn part(&self, part: usize) -> &[Scored] {
        if part == 0 {
            &self.rows[..self.public]
        } else {
            &self.rows[MOST - self.private..]
        }
    }

    /// Adds the pairs that this run brings, and keeps it for those to come.
    pub fn count(
        mut self,
        e: &Env,
        id: &Id,
        handed: &Handed,
        frozen: &Frozen,
        parts: &mut [Part],
    ) -> Result<(), Error> {
        self.rows[..self.public].sort_unstable_by_key(|row| row.key);
        self.rows[MOST - self.private..].sort_unstable_by_key(|row| row.key);
        for (part, known) in parts.iter_mut().enumerate() {
            known.halves += within(self.part(part));
        }
        for earlier in 0..handed.place {
            let earlier = Run::load(e, id, earlier)?;
            for (part, known) in parts.iter_mut().enumerate() {
                known.halves += between(earlier.part(part), self.part(part));
            }
        }
        if !handed.is_last() {
            self.save(e, id, handed.place, frozen);
        }
        Ok(())
    }

    fn save(&self, e: &Env, id: &Id, place: u32, frozen: &Frozen) {
        let mut bytes = [0; HALF * STORED + 8];
        let mut left = self.part(0).iter().chain(self.part(1));
        for half in 0..2 {
            // How many rows of each part the whole run has stands in front of each half.
            bytes[..4].copy_from_slice(&(self.public as u32).to_be_bytes());
            bytes[4..8].copy_from_slice(&(self.private as u32).to_be_bytes());
            let mut used = 8;
            for row in left.by_ref().take(HALF) {
                bytes[used..used + 8].copy_from_slice(&row.key.to_be_bytes());
                bytes[used + 8] = u8::from(row.positive);
                used += STORED;
            }
            let stored = Bytes::from_slice(e, &bytes[..used]);
            storage::set_run(e, id.challenge, id.solver, id.attempt, 2 * place + half, &stored, frozen.judge_by);
        }
    }

    fn load(e: &Env, id: &Id, place: u32) -> Result<Run, Error> {
        let mut run = Run::new();
        let mut bytes = [0; HALF * STORED + 8];
        let mut at = 0;
        for half in 0..2 {
            let stored =
                storage::run(e, id.challenge, id.solver, id.attempt, 2 * place + half).ok_or(Error::OutOfOrder)?;
            let stored_bytes = bytes.get_mut(..stored.len() as usize).ok_or(Error::BadForm)?;
            stored.copy_into_slice(stored_bytes);
            let count =
                |from: usize| u32::from_be_bytes([bytes[from], bytes[from + 1], bytes[from + 2], bytes[from + 3]]);
            (run.public, run.private) = (count(0) as usize, count(4) as usize);
            require(run.public + run.private <= MOST, Error::BadForm)?;
            for row in bytes[8..stored.len() as usize].chunks_exact(STORED) {
                let mut key = [0; 8];
                key.copy_from_slice(&row[..8]);
                let place = if at < run.public { at } else { MOST - run.private + at - run.public };
                run.rows[place] = Scored { key: u64::from_be_bytes(key), positive: row[8] == 1 };
                at += 1;
            }
        }
        Ok(run)
    }
}
