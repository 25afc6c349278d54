/** The default alphabet of GSM (3GPP TS 23.038, 6.2.1) in the order of its septets; 0x1B is the escape and no character. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?' +
  '¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'

/** What follows an escape (3GPP TS 23.038, 6.2.1.1). */
const extension: Readonly<Record<string, number>> = {
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
}

const escape = 0x1b

/** The septets of each character, by its code unit: all of them are one code unit long. */
const septets: ReadonlyMap<number, ReadonlyArray<number>> = new Map([
  ...[...basic].flatMap(
    (character, septet): Array<[number, ReadonlyArray<number>]> =>
      septet === escape ? [] : [[character.charCodeAt(0), [septet]]],
  ),
  ...Object.entries(extension).map(([character, septet]): [number, ReadonlyArray<number>] => [
    character.charCodeAt(0),
    [escape, septet],
  ]),
])

/** How many septets a code unit takes: 1, 2 with its escape, or 0 where the alphabet does not have it. */
export const septetsOf = (unit: number): number => septets.get(unit)?.length ?? 0

/** Whether the alphabet has every character of a text. */
export const isGsm7 = (text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) if (septetsOf(text.charCodeAt(at)) === 0) return false
  return true
}

/** A text of the alphabet as unpacked septets, one an octet, as SMPP has them. What the alphabet lacks becomes `?`. */
export const encodeGsm7 = (text: string): Uint8Array =>
  Uint8Array.from([...text].flatMap((character) => septets.get(character.charCodeAt(0)) ?? [0x3f]))
