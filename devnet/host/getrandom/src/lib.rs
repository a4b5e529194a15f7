//! A random source that always fails, so that the wasm needs no imports: seeds are arguments here.

use core::{fmt, num::NonZeroU32};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error(NonZeroU32);

impl Error {
    pub const UNSUPPORTED: Error = Error(NonZeroU32::MIN);
    pub const fn code(self) -> NonZeroU32 {
        self.0
    }
}

impl From<NonZeroU32> for Error {
    fn from(code: NonZeroU32) -> Self {
        Self(code)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no random source: randomness is an argument in this build")
    }
}

impl std::error::Error for Error {}

pub fn getrandom(_dest: &mut [u8]) -> Result<(), Error> {
    Err(Error::UNSUPPORTED)
}
