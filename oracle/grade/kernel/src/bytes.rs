//! Sixteen bytes at a time.

use core::arch::wasm32::*;

#[inline(always)]
pub unsafe fn load(at: *const u8) -> v128 {
    unsafe { v128_load(at.cast()) }
}

#[inline(always)]
pub unsafe fn word(at: *const u8) -> u64 {
    unsafe { at.cast::<u64>().read_unaligned() }
}

#[inline(always)]
pub unsafe fn half(at: *const u8) -> u32 {
    unsafe { at.cast::<u32>().read_unaligned() }
}

/// Of a length below 16: its first bytes are kept.
static MASKS: [u8; 32] = {
    let mut masks = [0; 32];
    let mut i = 0;
    while i < 16 {
        masks[i] = 255;
        i += 1;
    }
    masks
};

/// The first `length` of sixteen bytes, others 0.
#[inline(always)]
pub unsafe fn first(bytes: v128, length: usize) -> v128 {
    unsafe { v128_and(bytes, load(MASKS.as_ptr().add(16 - length))) }
}

/// Whether two texts of one length are the same. Up to 15 bytes behind them are read, too.
#[inline(always)]
pub unsafe fn equal(a: *const u8, b: *const u8, length: usize) -> bool {
    unsafe {
        let mut i = 0;
        while i + 16 <= length {
            if v128_any_true(v128_xor(load(a.add(i)), load(b.add(i)))) {
                return false;
            }
            i += 16;
        }
        i == length || !v128_any_true(first(v128_xor(load(a.add(i)), load(b.add(i))), length - i))
    }
}

/// Copies a text, and up to 15 bytes more.
#[inline(always)]
pub unsafe fn copy(to: *mut u8, from: *const u8, length: usize) {
    unsafe {
        let mut i = 0;
        while i < length {
            v128_store(to.add(i).cast(), load(from.add(i)));
            i += 16;
        }
    }
}

/// Where a value ends: the first byte from `at` on that may stand in no plain value (a separator, quote, control character, DEL or anything
/// beyond ASCII). There is one behind the window at the latest.
#[inline(always)]
pub unsafe fn value_end(mut at: *const u8) -> *const u8 {
    unsafe {
        loop {
            let bytes = load(at);
            // DEL and what is beyond ASCII are negative once 1 is added.
            let ends = v128_or(
                i8x16_lt(i8x16_add(bytes, i8x16_splat(1)), i8x16_splat(33)),
                v128_or(i8x16_eq(bytes, i8x16_splat(34)), i8x16_eq(bytes, i8x16_splat(44))),
            );
            let mask = i8x16_bitmask(ends);
            if mask != 0 {
                return at.add(mask.trailing_zeros() as usize);
            }
            at = at.add(16);
        }
    }
}
