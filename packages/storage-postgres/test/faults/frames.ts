/** A message of PostgreSQL's protocol, as it went over the wire. */
export interface Frame {
  /** Its first byte; 0 for the one with which a client begins, which has none. */
  readonly type: number
  readonly bytes: Buffer
}

/** Takes chunks and gives the messages that have come in whole by then. A client's first message has no type. */
export const frames = ({ startsBare }: { readonly startsBare: boolean }) => {
  let bare = startsBare
  let rest: Buffer = Buffer.alloc(0)
  return (chunk: Buffer): ReadonlyArray<Frame> => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const whole: Frame[] = []
    for (;;) {
      const typed = bare ? 0 : 1
      if (rest.length < typed + 4) return whole
      const end = typed + rest.readUInt32BE(typed)
      if (rest.length < end) return whole
      whole.push({ type: bare ? 0 : (rest[0] as number), bytes: rest.subarray(0, end) })
      rest = rest.subarray(end)
      bare = false
    }
  }
}
