/** Where a value of plain characters ends, four bytes at a time. */

/** The highest bit of each byte of a word that is no character between a comma and DEL; bytes behind the first such may have it, too. */
export const otherBytes = (word: number): number => (~(word + 0x53535353) | (word + 0x01010101) | word) & 0x80808080

/** How many bytes stand before the first of them; 4 where there is none. */
export const firstOther = (other: number): number => (other === 0 ? 4 : (31 - Math.clz32(other & -other)) >> 3)
