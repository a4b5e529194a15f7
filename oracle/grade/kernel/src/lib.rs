//! The inner loops of the engine over votes of many labelers (`expectation`, which runs over numbers behind all that is here) and, in all other
//! parts, over plain rows of a CSV file. JavaScript copies the file into a window of this memory, piece by piece, and takes what was read of each
//! row. Whatever is not plain is left to the engine's careful reader, so that nothing here can decide a verdict.
#![no_std]
#![allow(static_mut_refs)]

mod arithmetic;
mod bytes;
mod expectation;
mod labels;
mod number;
mod scan;
mod sort;
mod table;

/// Rows of a block.
pub const ROWS: usize = 2048;
/// Columns of a file that is read here.
pub const FIELDS: usize = 32;
/// Bytes of the file that are here at a time.
pub const WINDOW: usize = 1 << 16;
/// Bytes behind the window, and behind each text, that may be read with it.
pub const MARGIN: usize = 64;
/// Bytes of the longest field.
pub const LONGEST: usize = 4096;
/// Values of a block that JavaScript has to look at.
pub const PENDING: usize = ROWS;

/// What JavaScript shares with the loops.
#[repr(C, align(16))]
pub struct Shared {
    pub window: [u8; WINDOW + MARGIN],
    /// One id, for look-ups of single ones.
    pub scratch: [u8; LONGEST + MARGIN],
    /// Of each field of a row.
    pub fields: [Field; FIELDS],
    /// Of each column, by its place in `fields`: numbers, or codes in the same room.
    pub values: [[u64; ROWS]; FIELDS],
    /// Row, field, start and end of a value that is not known here.
    pub pending: [[u32; 4]; PENDING],
    /// Of each row: where its id begins in the window, its length, its hash, and its slot: what it is known by.
    pub starts: [u32; ROWS],
    pub lengths: [u32; ROWS],
    pub hashes: [u32; ROWS],
    pub slots: [i32; ROWS],
    /// How far the last scan came, and how many values it left.
    pub consumed: u32,
    pub left: u32,
    /// Random numbers that nobody who writes a file can know, for hashes.
    pub keys: [u32; LONGEST / 4 + 2],
}

#[repr(C)]
#[derive(Clone, Copy)]
pub struct Field {
    /// One of `scan`'s kinds.
    pub kind: u32,
    pub pad: u32,
    /// Smallest and largest number.
    pub min: f64,
    pub max: f64,
}

const NO_FIELD: Field = Field { kind: 0, pad: 0, min: 0.0, max: 0.0 };

pub static mut SHARED: Shared = Shared {
    window: [0; WINDOW + MARGIN],
    scratch: [0; LONGEST + MARGIN],
    fields: [NO_FIELD; FIELDS],
    values: [[0; ROWS]; FIELDS],
    pending: [[0; 4]; PENDING],
    starts: [0; ROWS],
    lengths: [0; ROWS],
    hashes: [0; ROWS],
    slots: [0; ROWS],
    consumed: 0,
    left: 0,
    keys: [0; LONGEST / 4 + 2],
};

/// Where the parts of `SHARED` are, in the order of its fields.
#[unsafe(no_mangle)]
pub extern "C" fn address(part: u32) -> *const u8 {
    unsafe {
        match part {
            0 => SHARED.window.as_ptr(),
            1 => SHARED.scratch.as_ptr(),
            2 => SHARED.fields.as_ptr().cast(),
            3 => SHARED.values.as_ptr().cast(),
            4 => SHARED.pending.as_ptr().cast(),
            5 => SHARED.starts.as_ptr().cast(),
            6 => SHARED.lengths.as_ptr().cast(),
            7 => SHARED.slots.as_ptr().cast(),
            8 => (&raw const SHARED.consumed).cast(),
            _ => SHARED.keys.as_ptr().cast(),
        }
    }
}

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}
