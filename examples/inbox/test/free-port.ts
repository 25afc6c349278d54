import { once } from 'node:events'
import { createServer } from 'node:net'
import { listen } from '../server/listen.ts'

/** Somebody listens there already, or nobody does. */
const isFree = async (port: number): Promise<boolean> => {
  const server = createServer()
  try {
    await listen(server, port, '127.0.0.1')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}

/**
 * So many in a row. Below those that systems hand out by themselves: nobody is given one for a connection of his own while
 * the process that listens there is dead.
 */
export const freePorts = async (count: number): Promise<ReadonlyArray<number>> => {
  for (;;) {
    const first = 10_000 + Math.floor(Math.random() * 20_000)
    const ports = Array.from({ length: count }, (_, n) => first + n)
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return ports
  }
}

export const freePort = async (): Promise<number> => (await freePorts(1))[0] as number
