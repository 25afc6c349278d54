/** Values of a property of a vCard (RFC 6350, 3.3), whatever its parameters; lines that were folded are put together. */
export const vcardValues = (vcard: string, property: string): ReadonlyArray<string> => {
  const lines = vcard.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  return lines.flatMap((line) => {
    const colon = line.indexOf(':')
    const [name = ''] = line.slice(0, Math.max(colon, 0)).split(';')
    // A group of lines has a name of its own before a point.
    const isIt = name.slice(name.lastIndexOf('.') + 1).toUpperCase() === property
    const value = line
      .slice(colon + 1)
      .replace(/^tel:/i, '')
      .replace(/\\([,;\\])/g, '$1')
      .trim()
    return isIt && value !== '' ? [value] : []
  })
}
