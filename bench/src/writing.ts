import type { Changeset, LoadRequest, Storage } from '@guichet/engine/ports'
import { changesetOf, type Inbound, requestFor } from './workload.ts'

/** What the engine does with a group of messages: it looks once, and commits once. */
export interface Group {
  readonly request: LoadRequest
  readonly changesets: ReadonlyArray<Changeset>
}

export const groupOf = (messages: ReadonlyArray<Inbound>): Group => ({
  request: requestFor(messages),
  changesets: [changesetOf(messages)],
})

/** As many groups at once as there are `hands`. */
export const writeAll = async (store: Storage, groups: ReadonlyArray<Group>, hands = 1): Promise<void> => {
  const left = [...groups]
  const write = async (): Promise<void> => {
    for (let group = left.shift(); group !== undefined; group = left.shift()) {
      await store.load(group.request)
      const answers = await store.commit(group.changesets)
      if (answers.some(({ _tag }) => _tag === 'Conflict')) throw new Error('a commit conflicted')
    }
  }
  await Promise.all(Array.from({ length: hands }, write))
}
