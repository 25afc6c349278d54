/** A number that looks like chance and is always the same for the same two (the finalizer of MurmurHash3). */
export const mix = (n: number, salt: number): number => {
  let hash = (n ^ Math.imul(salt + 1, 0x9e37_79b9)) | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2_ae35)
  return (hash ^ (hash >>> 16)) >>> 0
}
