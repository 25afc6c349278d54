import { createMemoryState } from '@chat-adapter/state-memory'
import { createPostgresState } from '@chat-adapter/state-pg'
import type { Engine } from '@guichet/engine'
import { memoryStorage } from '@guichet/engine/memory'
import { postgres } from '@guichet/storage-postgres'
import pg from 'pg'
import { withServer } from '../postgres/server.ts'
import { openEngine, picking, receiveAll, requestFrom } from '../receiving.ts'
import type { BenchResult } from '../result.ts'
import { sideBySide } from '../rounds.ts'
import { openChat, type Peer } from './chat.ts'

const callers = 64
/** One after the other, for each caller, in a round. */
const requestsPerCaller = 8

/**
 * Of the ways that Chat SDK documents, the one that is made to lose nothing: what comes while a conversation is busy
 * waits, up to as many messages as a round has.
 */
const patient = { strategy: 'queue', maxQueueSize: callers * requestsPerCaller } as const

const beside = async (engine: Engine, peer: Peer) => {
  const pick = picking(7)
  return sideBySide({ rounds: 21, warmUps: 5, amount: callers * requestsPerCaller }, () => {
    const contacts = Array.from({ length: callers }, () => Array.from({ length: requestsPerCaller }, pick))
    const [ours, theirs] = [
      contacts.map((each) => each.map(requestFrom)),
      contacts.map((each) => each.map(requestFrom)),
    ]
    return {
      ours: () => receiveAll(engine, ours),
      theirs: async () => {
        await Promise.all(
          theirs.map(async (requests) => {
            for (const request of requests) await peer.receive(request)
          }),
        )
      },
    }
  })
}

const unit = 'messages/s'

/**
 * Messages through the whole engine on its store in memory, from 64 callers at once, beside Chat SDK with its state in
 * memory: each keeps the message, sees to it that it is there once, and hands it on.
 */
export const memoryReceive = async (): Promise<ReadonlyArray<BenchResult>> => {
  const engine = await openEngine(memoryStorage())
  const peer = await openChat(createMemoryState(), patient)
  const figures = await beside(engine, peer)
  await Promise.all([engine.close(), peer.close()])
  return [{ name: 'memory.receive64_chat', unit, ...figures }]
}

/** The same on PostgreSQL, each in a database of its own on one server; Chat SDK with a connection for every caller. */
export const postgresReceiveChat = (): Promise<ReadonlyArray<BenchResult>> =>
  withServer(async ({ database }) => {
    const engine = await openEngine(postgres({ url: await database('ours') }))
    const client = new pg.Pool({ connectionString: await database('theirs'), max: callers })
    const peer = await openChat(createPostgresState({ client }), patient)
    const figures = await beside(engine, peer)
    await Promise.all([engine.close(), peer.close()])
    await client.end()
    return [{ name: 'postgres.receive64_chat', unit, ...figures }]
  })
