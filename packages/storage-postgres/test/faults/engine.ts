import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { createEngine, type Engine, EngineError } from '@guichet/engine'
import type { Storage } from '@guichet/engine/ports'
import type { Wrong } from '../../../../tooling/faults/harness.ts'
import { postgres } from '../../src/index.ts'
import type { Answer, Asked, Handed } from './asked.ts'
import { channelTo } from './channel.ts'
import { type Flaw, withFlaw } from './flaws.ts'

export interface EngineParts {
  readonly url: string
  /** What the provider does with a message; it has it when this resolves. */
  readonly hand: (handed: Handed) => Promise<void>
  readonly flaw?: Flaw | undefined
  /** Its store, where it is not the plain one at `url`. */
  readonly store?: Storage
}

/** An engine as its host has it: whatever goes wrong inside, whoever asks gets an answer. */
export interface Desk {
  readonly engine: Engine
  readonly ask: (asked: Asked) => Promise<Answer>
  /** What its store failed with, by its codes, and whether that was said to pass. */
  readonly reported: () => ReadonlyMap<string, boolean>
  readonly close: () => Promise<void>
}

export const workspaces = ['north', 'south', 'east', 'west'] as const
export const accounts = ['plain', 'exact'] as const
const agent = 'ana'
/** Who acknowledges too early does so after this, and stores it after that, in milliseconds. */
const hastyMs = 50
const tardyMs = 250

const receive = async (engine: Engine, asked: Extract<Asked, { readonly _tag: 'Receive' }>): Promise<Answer> => {
  const { to, ...message } = asked
  const body = JSON.stringify(message)
  const response = await engine.receive(to, new Request('http://inbox.test/', { method: 'POST', body }))
  const said = await response.text()
  if (response.status === 503 && response.headers.has('retry-after')) return { _tag: 'Again', why: said }
  if (response.status !== 200) return { _tag: 'Never', why: `${response.status} ${said}` }
  const [receipt] = JSON.parse(said).receipts
  return receipt?._tag === 'Stored' || receipt?._tag === 'Duplicate'
    ? { _tag: 'Done', conversation: receipt.conversation }
    : { _tag: 'Never', why: said }
}

const reply = async (engine: Engine, asked: Extract<Asked, { readonly _tag: 'Reply' }>): Promise<Answer> => {
  const { workspace, conversation, key: idempotencyKey, text } = asked
  try {
    const done = await engine.workspace(workspace).as(agent).conversations.reply(conversation, { text, idempotencyKey })
    return done.ok ? { _tag: 'Done', conversation } : { _tag: 'Never', why: done.refusal._tag }
  } catch (error) {
    const { code, retryable, cause } = error as EngineError
    const why = `${code}: ${(cause as { readonly code?: string } | undefined)?.code ?? String(error)}`
    return { _tag: error instanceof EngineError && retryable ? 'Again' : 'Never', why }
  }
}

/** Ids that belong to the attempt and not to what is attempted. */
const renamed = (asked: Asked): Asked => {
  const own = randomUUID()
  return asked._tag === 'Receive' ? { ...asked, id: own } : { ...asked, key: own }
}

/** Starts one; rejects when the database is away. */
export const openDesk = async ({ url, hand, flaw, store }: EngineParts): Promise<Desk> => {
  const reported = new Map<string, boolean>()
  const engine = await createEngine({
    storage: withFlaw(store ?? postgres({ url }), flaw),
    channels: { plain: channelTo(hand, flaw === 'bold'), exact: channelTo(hand, true) },
    onError: ({ error }) => {
      const { code, retryable, cause } = error as Partial<EngineError>
      reported.set((cause as { readonly code?: string } | undefined)?.code ?? code ?? String(error), retryable === true)
    },
  })
  return {
    engine,
    ask: async (once) => {
      const asked = flaw === 'renaming' ? renamed(once) : once
      const answer = () => (asked._tag === 'Receive' ? receive(engine, asked) : reply(engine, asked))
      if (flaw !== 'hasty') return answer()
      void pause(tardyMs)
        .then(answer)
        .catch(() => undefined)
      await pause(hastyMs)
      return { _tag: 'Done', conversation: undefined }
    },
    reported: () => reported,
    close: () => engine.close(),
  }
}

/** What no caller is to hear, whatever has happened: that it is no use to ask again. */
export const lasting = ({ reported }: Desk, after: string): ReadonlyArray<Wrong> =>
  [...reported()].flatMap(
    ([code, retryable]): ReadonlyArray<Wrong> =>
      retryable ? [] : [{ kind: 'broken', what: `${code} was not said to pass`, after }],
  )

/** What callers need to be there. */
export const furnish = async (engine: Engine): Promise<void> => {
  await Promise.all(
    workspaces.map(async (name) => {
      const workspace = engine.workspace(name)
      await workspace.queues.put({ id: 'desk', name: 'Desk', mode: 'shared', claimOnReply: true })
      await workspace.agents.put({ id: agent, name: 'Ana', role: 'agent', queues: ['desk'] })
      for (const id of accounts) await workspace.accounts.put({ id, channel: id, queue: 'desk', settings: {} })
    }),
  )
}
