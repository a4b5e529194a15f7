//! The codes of labels that were met before: of each column up to 256 of up to 16 bytes. JavaScript has them all and tells those that come up.

use crate::FIELDS;
use crate::bytes::{first, load};
use core::arch::wasm32::*;

const PLACES: usize = 256;
/// Bytes of a label that is known here.
const LONGEST: usize = 16;

#[repr(C, align(16))]
#[derive(Clone, Copy)]
struct Label {
    text: [u8; LONGEST],
    code: i32,
}

/// A place is free as long as its text is: no label is empty.
static mut KNOWN: [[Label; PLACES]; FIELDS] = [[Label { text: [0; LONGEST], code: 0 }; PLACES]; FIELDS];

#[inline(always)]
fn place(text: v128) -> usize {
    let mixed = u64x2_extract_lane::<0>(text) ^ u64x2_extract_lane::<1>(text).rotate_left(29);
    (mixed.wrapping_mul(0x9e3779b97f4a7c15) >> 56) as usize
}

/// The code of a label, or -1.
#[inline(always)]
pub unsafe fn code(field: usize, at: *const u8, length: usize) -> i32 {
    unsafe {
        if length > LONGEST {
            return -1;
        }
        let text = first(load(at), length);
        let label = &KNOWN[field][place(text)];
        if v128_any_true(v128_xor(text, load(label.text.as_ptr()))) { -1 } else { label.code }
    }
}

/// Keeps the code of a label that stands in the window.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn remember(field: u32, at: *const u8, length: u32, code: i32) {
    unsafe {
        if length as usize <= LONGEST {
            let text = first(load(at), length as usize);
            let label = &mut KNOWN[field as usize][place(text)];
            v128_store(label.text.as_mut_ptr().cast(), text);
            label.code = code;
        }
    }
}

/// Forgets all labels, before another file is read.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn forget(fields: u32) {
    unsafe {
        for known in KNOWN.iter_mut().take(fields as usize) {
            for label in known.iter_mut() {
                label.text = [0; LONGEST];
            }
        }
    }
}
