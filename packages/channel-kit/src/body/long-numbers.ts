/** More digits than every double holds exactly. */
const longest = 15

const quote = 0x22
const backslash = 0x5c
const minus = 0x2d
const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39

/** What follows the digits of a number that is not whole: `.`, `e` or `E`. */
const goesOn = (code: number): boolean => code === 0x2e || code === 0x65 || code === 0x45

const afterString = (json: string, opening: number): number => {
  let at = opening + 1
  while (at < json.length) {
    const code = json.charCodeAt(at)
    if (code === quote) return at + 1
    at += code === backslash ? 2 : 1
  }
  return at
}

const afterDigits = (json: string, from: number): number => {
  let at = from
  while (isDigit(json.charCodeAt(at))) at += 1
  return at
}

/** Past fraction and exponent. */
const afterNumber = (json: string, from: number): number => {
  let at = from
  while (/[\d.eE+-]/.test(json.charAt(at))) at += 1
  return at
}

/** Puts whole numbers of more than 15 digits in quotes. It takes valid JSON, in time linear to its length. */
export const quoteLongNumbers = (json: string): string => {
  let done = ''
  let kept = 0
  let at = 0
  while (at < json.length) {
    const code = json.charCodeAt(at)
    if (code === quote) {
      at = afterString(json, at)
    } else if (code === minus || isDigit(code)) {
      const digits = code === minus ? at + 1 : at
      const end = afterDigits(json, digits)
      if (goesOn(json.charCodeAt(end))) {
        at = afterNumber(json, end)
      } else {
        if (end - digits > longest) {
          done += `${json.slice(kept, at)}"${json.slice(at, end)}"`
          kept = end
        }
        at = end
      }
    } else {
      at += 1
    }
  }
  return done + json.slice(kept)
}
