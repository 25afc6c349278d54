/** What a client asks of a server, of the messages that bring or name a statement (PostgreSQL's protocol, version 3). */
export type Asked =
  | { readonly _tag: 'Query'; readonly text: string }
  | { readonly _tag: 'Parse'; readonly name: string; readonly text: string }
  | { readonly _tag: 'Bind'; readonly name: string }

const lengthSize = 4

/** The strings that a message begins with: each ends with a zero byte. */
const twoStrings = (body: Buffer): readonly [string, string] => {
  const end = body.indexOf(0)
  return [body.toString('utf8', 0, end), body.toString('utf8', end + 1, body.indexOf(0, end + 1))]
}

const read = (type: string, body: Buffer): Asked | undefined => {
  if (type === 'Q') return { _tag: 'Query', text: body.toString('utf8', 0, body.length - 1) }
  if (type !== 'P' && type !== 'B') return undefined
  const [first, second] = twoStrings(body)
  return type === 'P' ? { _tag: 'Parse', name: first, text: second } : { _tag: 'Bind', name: second }
}

/** Reads what one client sends: a first message without a type, then others with one. */
export const readAsked = (hear: (asked: Asked) => void): ((chunk: Buffer) => void) => {
  let rest: Buffer = Buffer.alloc(0)
  let typeSize = 0
  return (chunk) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= typeSize + lengthSize) {
      const end = typeSize + rest.readInt32BE(typeSize)
      if (rest.length < end) return
      const asked = read(rest.toString('latin1', 0, typeSize), rest.subarray(typeSize + lengthSize, end))
      if (asked !== undefined) hear(asked)
      rest = rest.subarray(end)
      typeSize = 1
    }
  }
}
