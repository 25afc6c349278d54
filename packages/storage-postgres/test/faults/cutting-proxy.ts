import type { Socket } from 'node:net'
import { type Between, between } from '../support/between.ts'
import { frames } from './frames.ts'

/**
 * Where a commit's connection is cut: when the server has been asked for it, or when the server has done it and its
 * answer is on the way. Either way nobody can tell from the near end whether it was done.
 */
export type Cut = 'asked' | 'answered'

export interface CuttingProxy extends Between {
  /** How many commits went through here, and of how many the connection was cut. */
  readonly commits: () => number
  readonly cuts: () => number
}

const code = (letter: string): number => letter.charCodeAt(0)
const [parse, bind, sync, simple, ready] = [...'PBSQZ'].map(code) as [number, number, number, number, number]

/** The statement with which every commit begins, and no other round trip. */
const beginsCommit = /^\s*(insert into|update)\s[^(]*stream_head/i

const textAt = (bytes: Buffer, from: number): readonly [text: string, end: number] => {
  const end = bytes.indexOf(0, from)
  return [bytes.toString('utf8', from, end), end + 1]
}

/**
 * A way to a server on which connections are cut as `cut` says, which is asked at the end of every commit. It reads along:
 * what is sent up to a Sync is one transaction, and what the server says up to its ReadyForQuery is the answer to it.
 */
export const cuttingProxyTo = async (url: string, cut: () => Cut | undefined): Promise<CuttingProxy> => {
  let commits = 0
  let cuts = 0

  const carry = (near: Socket, far: Socket): void => {
    for (const socket of [near, far]) {
      socket.once('close', () => {
        near.destroy()
        far.destroy()
      })
    }
    /** The start of a connection is answered as a round trip is. */
    let asked = 1
    let answered = 0
    /** The number of the answer that does not get through. */
    let last = Infinity
    let isCommit = false
    const committing = new Set<string>()

    const readNear = frames({ startsBare: true })
    near.on('data', (chunk) => {
      for (const { type, bytes } of readNear(chunk)) {
        if (last < Infinity) return
        far.write(bytes)
        if (type === parse) {
          const [name, end] = textAt(bytes, 5)
          if (beginsCommit.test(textAt(bytes, end)[0])) committing.add(name)
          else committing.delete(name)
        }
        if (type === bind) isCommit ||= committing.has(textAt(bytes, textAt(bytes, 5)[1])[0])
        if (type !== sync && type !== simple) continue
        asked += 1
        if (isCommit) {
          isCommit = false
          commits += 1
          const how = cut()
          if (how === undefined) continue
          cuts += 1
          last = asked
          if (how === 'asked') far.end(() => near.destroy())
        }
      }
    })
    const readFar = frames({ startsBare: false })
    far.on('data', (chunk) => {
      for (const { type, bytes } of readFar(chunk)) {
        if (answered + 1 < last) near.write(bytes)
        if (type !== ready) continue
        answered += 1
        if (answered === last) near.destroy()
      }
    })
  }

  return { ...(await between(url, carry)), commits: () => commits, cuts: () => cuts }
}
