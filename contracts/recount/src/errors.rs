//! What can be refused. Numbers are forever; the main contract's, the records', the jury's and the gate's end below.
use soroban_sdk::{contracterror, panic_with_error, Env};

#[contracterror]
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
#[repr(u32)]
pub enum Error {
    /// These rules cannot be: name 1 to 64 classes of at most 64 bytes in ascending order for a metric of classes, two for the area
    /// under the curve, none for a metric of numbers, and a positive class among them.
    BadRules = 1400,
    /// The challenge names another judge than this contract.
    NotTheJudge = 1401,
    /// Only bounties and rankings can be recounted.
    WrongPayout = 1402,
    /// Rules are fixed before the first submission, or not at all.
    TooLate = 1403,
    /// The rules are fixed already, for good.
    AlreadyConfigured = 1404,
    /// The maker fixed no rules for this challenge, so it cannot be recounted.
    NotConfigured = 1405,
    /// Truth and work are opened between grade_by and judge_by alone.
    NotJudging = 1406,
    /// Salt and chunk hashes are not those of the truth that the challenge committed to.
    TruthMismatch = 1407,
    /// Nonce and chunk hashes are not those of the work that its solver committed to.
    WorkMismatch = 1408,
    /// The chunk is not the one that was committed to at this place.
    ChunkMismatch = 1409,
    /// Chunks are opened in their order: ask which one is next.
    OutOfOrder = 1410,
    /// It is opened already.
    AlreadyOpened = 1411,
    /// It has too many chunks: at most 1,024, and 16 for the area under the curve.
    TooManyChunks = 1412,
    /// The bytes are no canonical form of one column of the kind that the rules name.
    BadForm = 1413,
    /// A row has a class that the rules do not name.
    UnknownClass = 1414,
    /// The work has another number of rows than the truth.
    WrongRows = 1415,
    /// A number is outside of the range that the rules name, or has a fraction where they want whole ones.
    OutOfRange = 1416,
    /// Open the truth first, to its end.
    TruthNotOpen = 1417,
    /// The solver committed to nothing, so nothing can be opened.
    NoCommitment = 1418,
    /// The metric has no value for these rows.
    NoScore = 1419,
    /// It can be removed once the judge's time is over.
    NotOver = 1420,
    /// The work was rejected by the oracles' quorum.
    Rejected = 1421,
    /// Open the work first, to its end.
    WorkNotOpen = 1422,
    /// With unique content works are opened before open_until alone: what came later could make nothing else a copy any more.
    OpenedTooLate = 1423,
    /// Rule on it from open_until on: until then a lower number with the same content may still be opened.
    RuledTooEarly = 1424,
    /// It is ruled on already.
    AlreadyRuled = 1425,
}

pub trait OrFail<T> {
    /// Ends the call with the error.
    fn or_fail(self, e: &Env) -> T;
}

impl<T> OrFail<T> for Result<T, Error> {
    fn or_fail(self, e: &Env) -> T {
        match self {
            Ok(value) => value,
            Err(error) => panic_with_error!(e, error),
        }
    }
}

pub fn require(holds: bool, error: Error) -> Result<(), Error> {
    if holds {
        Ok(())
    } else {
        Err(error)
    }
}
