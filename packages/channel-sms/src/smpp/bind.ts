import { library, type Session } from './library.ts'
import type { SmppSettings } from './settings.ts'

const bindMs = 10_000

/** Binds a session, and pauses it; rejects when that does not come about in time, or is refused. */
export const bound = (settings: SmppSettings, signal: AbortSignal): Promise<Session> =>
  new Promise((resolve, reject) => {
    const { host, port, tls = false, systemId, password, systemType = '' } = settings
    const session = library.connect({ host, port, tls })
    const stop = (): void => fail('stopped')
    const settled = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', stop)
    }
    const fail = (reason: string): void => {
      settled()
      session.destroy()
      reject(new Error(reason))
    }
    const timer = setTimeout(() => fail('no bind in time'), bindMs)
    signal.addEventListener('abort', stop, { once: true })
    session.on('error', (error: Error) => fail(error.message))
    session.on('close', () => fail('the connection ended'))
    session.on(tls ? 'secureConnect' : 'connect', () => {
      const options = { system_id: systemId, password, system_type: systemType, interface_version: 0x34 }
      session.bind_transceiver(options, ({ command_status: status }) => {
        settled()
        if (status === 0) {
          // What waits at the SMSC comes with the same bytes: it is read when there is somebody to take it.
          session.pause()
          resolve(session)
        } else fail(`the SMSC refuses the bind: 0x${status.toString(16)}`)
      })
    })
  })
