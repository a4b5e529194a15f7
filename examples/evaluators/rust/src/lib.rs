//! An evaluator in Rust: the mean absolute error, weighted by how difficult the truth says that a row is.
//!
//!     cargo build --release --target wasm32-unknown-unknown     # or wasm32v1-none
//!
//! The interface: docs/evaluators.md.
#![cfg_attr(not(test), no_std)]

use core::slice::from_raw_parts;

#[cfg(not(test))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    core::arch::wasm32::unreachable()
}

static mut NEXT: usize = 0;

/// Room for a table, at a multiple of 8, in pages of its own. Nothing is given back: an evaluator scores once.
#[no_mangle]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    use core::arch::wasm32::{memory_grow, memory_size};
    let at = unsafe { if NEXT == 0 { memory_size(0) << 16 } else { NEXT } };
    let end = (at + length + 7) & !7;
    let have = memory_size(0) << 16;
    if end > have && memory_grow(0, (end - have).div_ceil(1 << 16)) == usize::MAX {
        return core::ptr::null_mut();
    }
    unsafe { NEXT = end };
    at as *mut u8
}

/// The numbers of a column.
unsafe fn numbers<'a>(table: *const u32, column: usize) -> &'a [f64] {
    let rows = *table as usize;
    let values = *table.add(2 + 4 * column + 1) as usize;
    from_raw_parts((table as *const u8).add(values) as *const f64, rows)
}

/// # Safety
/// The host gives two tables of the lengths that it states.
#[no_mangle]
pub unsafe extern "C" fn score(truth: *const u32, _: usize, guess: *const u32, _: usize) -> f64 {
    let (actual, difficulty, predicted) = (numbers(truth, 0), numbers(truth, 1), numbers(guess, 0));
    let (mut error, mut weight) = (0.0, 0.0);
    for row in 0..actual.len() {
        let off = actual[row] - predicted[row];
        error += difficulty[row] * if off < 0.0 { -off } else { off };
        weight += difficulty[row];
    }
    error / weight
}
