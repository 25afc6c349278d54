import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

/** A wire between client and server that a test can cut, or let go silent. */
export const cuttingProxy = async (port: number) => {
  const pairs = new Set<readonly [Socket, Socket]>()
  let budget = Number.POSITIVE_INFINITY
  let silent = false
  let cuts = 0
  const cut = (pair: readonly [Socket, Socket]): void => {
    if (!pairs.delete(pair)) return
    for (const socket of pair) socket.destroy()
  }
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1')
    const pair = [client, upstream] as const
    pairs.add(pair)
    const forward = (from: Socket, to: Socket): void => {
      from.on('error', () => {})
      from.on('close', () => cut(pair))
      from.on('data', (bytes) => {
        if (silent) return
        // The budget ends in the middle of something: what is before it still arrives, what is after it never does.
        const part = bytes.subarray(0, Math.max(0, Math.min(bytes.length, budget)))
        budget -= bytes.length
        if (budget > 0) return void to.write(part)
        budget = Number.POSITIVE_INFINITY
        cuts += 1
        if (part.length === 0) cut(pair)
        else to.write(part, () => to.end(() => cut(pair)))
      })
    }
    forward(client, upstream)
    forward(upstream, client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/chat/v1`,
    /** Cuts the wire after so many more bytes, in whichever direction they go. */
    cutAfter: (bytes: number): void => {
      budget = bytes
    },
    cutNow: (): void => {
      for (const pair of pairs) cut(pair)
    },
    /** Stays connected and swallows everything. */
    goSilent: (on: boolean): void => {
      silent = on
    },
    cuts: () => cuts,
    stop: async (): Promise<void> => {
      for (const pair of pairs) cut(pair)
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
