import type { AddressInfo, Socket } from 'node:net'
import { onTestFinished } from 'vitest'
import { library, type Pdu, type Session } from '../../src/smpp/library.ts'

export const settings = { host: '127.0.0.1', systemId: 'guichet', password: 'secret', sender: '+14155550100' }

/** An SMSC on this machine, by the same library: it takes one kind of customer, and answers as it is told. */
export const smsc = async () => {
  const submitted: Array<Pdu> = []
  const sessions: Array<Session> = []
  const scripted: Array<number | 'end' | 'hold'> = []
  const held: Array<() => void> = []
  const links: { answer: boolean; id?: string } = { answer: true }
  /** What is written with the answer to the next bind. */
  const waiting: Array<object> = []
  let count = 0
  const server = library.createServer((session) => {
    session.on('error', () => {})
    session.on('bind_transceiver', (pdu: Pdu) => {
      const known = pdu.system_id === settings.systemId && pdu.password === settings.password
      const { socket } = session as unknown as { readonly socket: Socket }
      socket.cork()
      session.send(pdu.response(known ? {} : { command_status: 0x0e }))
      for (const fields of waiting.splice(0)) session.deliver_sm(fields, () => {})
      socket.uncork()
      if (known) sessions.push(session)
    })
    session.on('submit_sm', (pdu: Pdu) => {
      submitted.push(pdu)
      const next = scripted.shift() ?? 0
      if (next === 'end') return session.destroy()
      count += 1
      if (next === 'hold') return void held.push(() => session.send(pdu.response({ message_id: 'held' })))
      session.send(pdu.response(next === 0 ? { message_id: links.id ?? `m${count}` } : { command_status: next }))
    })
    session.on('unbind', (pdu: Pdu) => session.send(pdu.response()))
    session.on('enquire_link', (pdu: Pdu) => links.answer && session.send(pdu.response()))
  })
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening)
  })
  onTestFinished(async () => {
    for (const session of sessions) session.destroy()
    await new Promise((closed) => server.close(closed))
  })
  const addressed = (fields: object): object => ({
    source_addr: '14155552671',
    destination_addr: '14155550100',
    ...fields,
  })
  /** Delivers by the newest session; resolves with the status that it is answered with. */
  const deliver = (fields: object): Promise<number> =>
    new Promise((resolve) => {
      sessions.at(-1)?.deliver_sm(addressed(fields), ({ command_status: status }) => resolve(status))
    })
  const says = (text: string): Promise<number> => deliver({ short_message: text, data_coding: 0 })
  return {
    port: (server.address() as AddressInfo).port,
    submitted,
    sessions,
    scripted,
    held,
    links,
    /** Has something wait for the next bind. */
    keep: (fields: object) => void waiting.push(addressed(fields)),
    deliver,
    says,
  }
}
