import { connect } from 'node:net'
import type { Duplex } from 'node:stream'

/** Carries everything both ways until one side has ended. */
const join = (one: Duplex, other: Duplex): void => {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on('error', () => to.destroy())
    from.on('close', () => to.end())
    from.pipe(to)
  }
}

/** Passes a connection on to the first of these ports that takes it, what has been read of it first. */
export const passOn = (from: Duplex, host: string, ports: ReadonlyArray<number>, begun?: string | Buffer): void => {
  const [port, ...others] = ports
  if (port === undefined) return void from.destroy()
  const to = connect(port, host)
  const next = () => passOn(from, host, others, begun)
  to.once('error', next)
  to.once('connect', () => {
    to.off('error', next)
    if (from.destroyed) return void to.destroy()
    if (begun !== undefined) to.write(begun)
    join(from, to)
  })
}
