import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A way to a server through this process. */
export interface Between {
  readonly url: string
  /** Ends what goes through it, and takes nothing more. */
  readonly close: () => Promise<void>
}

/** A way to the server that a URL names. `carry` gets both ends of each connection, and decides what of it gets through. */
export const between = async (url: string, carry: (near: Socket, far: Socket) => void): Promise<Between> => {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  const server = createServer((near) => {
    const far = connect(Number(target.port || 5432), target.hostname)
    for (const socket of [near, far]) {
      sockets.add(socket.setNoDelay())
      socket.on('error', () => undefined)
      socket.once('close', () => sockets.delete(socket))
    }
    carry(near, far)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const own = new URL(url)
  own.hostname = '127.0.0.1'
  own.port = String((server.address() as AddressInfo).port)
  return {
    url: own.href,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}
