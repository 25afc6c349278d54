import * as Context from 'effect/Context'
import * as Exit from 'effect/Exit'
import * as Cause from 'effect/Cause'
import * as Layer from 'effect/Layer'
import * as ManagedRuntime from 'effect/ManagedRuntime'
import { EngineError } from '../runtime/error.ts'
import { type Running, startEngine } from '../runtime/engine.ts'
import { webhook } from '../runtime/webhook.ts'
import { abortable, asEngineError } from './refusing.ts'
import { type SlashCommands, slashCommands } from './slash.ts'
import type { Engine, EngineOptions, Workspace } from './types.ts'
import { withBlobs } from './with-blobs.ts'
import { workspaceFor } from './workspace.ts'

class Started extends Context.Service<Started, Running>()('guichet/Started') {}

const failure = (cause: Cause.Cause<EngineError>): EngineError => {
  const error = Cause.squash(cause)
  return error instanceof EngineError
    ? error
    : new EngineError('Defect', 'the engine could not start', { cause: error })
}

/**
 * Starts an engine. Resolves when the store is migrated, overdue work is under way and every live account has tried
 * to connect once. Where the store is made of several that fail apart, one of them is enough: the others follow when they
 * answer.
 *
 * @throws EngineError when the store cannot be opened (`StorageFailed`) or the options do not fit together
 *   (`Misconfigured`).
 *
 * @example
 * ```ts
 * import { createEngine } from '@guichet/engine'
 * import { memoryStorage } from '@guichet/engine/memory'
 *
 * const engine = await createEngine({ storage: memoryStorage() })
 * const acme = engine.workspace('acme')
 * await acme.queues.put({ id: 'support', name: 'Support', mode: 'shared', claimOnReply: true })
 * await acme.agents.put({ id: 'ana', name: 'Ana', role: 'agent', queues: ['support'] })
 * const { items, counts } = await acme.as('ana').conversations.list({ tab: 'open' })
 * console.log(items, counts.open)
 * await engine.close()
 * ```
 *
 * ```text
 * [] 0
 * ```
 */
export const createEngine = async (options: EngineOptions): Promise<Engine> => {
  const slash = slashCommands(options.slash)
  const runtime = ManagedRuntime.make(Layer.effect(Started, startEngine(withBlobs(options))))
  const exit = await runtime.runPromiseExit(Started)
  if (Exit.isFailure(exit)) {
    await runtime.dispose()
    throw failure(exit.cause)
  }
  return engineOf(exit.value, slash, () => runtime.dispose())
}

const engineOf = (running: Running, slash: SlashCommands, dispose: () => Promise<void>): Engine => {
  const workspaces = new Map<string, Workspace>()
  let closed: Promise<void> | undefined
  const open = (): void => {
    if (closed !== undefined) throw new EngineError('Closed', 'the engine is closed')
  }
  const close = (): Promise<void> => (closed ??= dispose())
  return {
    workspace: (id) => {
      open()
      const known = workspaces.get(id)
      if (known !== undefined) return known
      const workspace = workspaceFor(running, id, slash)
      workspaces.set(id, workspace)
      return workspace
    },
    receive: async (account, request, callOptions) => {
      open()
      return abortable(callOptions?.signal, webhook(running.core, account, request))
    },
    settle: async () => {
      open()
      await asEngineError(running.closing, running.settle)
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
