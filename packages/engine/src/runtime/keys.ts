import type { LoadRequest } from '../ports/storage.ts'
import { type Needs, type View, noNeeds } from './view.ts'

const names = Object.keys(noNeeds) as ReadonlyArray<keyof LoadRequest>

type Lists = { readonly [Name in keyof LoadRequest]: Array<never> }

/** Everything that somebody needs. Asking twice for the same costs a read and nothing else. */
export const union = (all: ReadonlyArray<Needs>): LoadRequest => {
  const request = Object.fromEntries(names.map((name) => [name, []])) as unknown as Lists
  for (const needs of all) {
    for (const name of names) {
      const refs = needs[name]
      if (refs !== undefined) for (const ref of refs) request[name].push(ref as never)
    }
  }
  return request
}

export const plus = (a: Needs, b: Needs): Needs => union([a, b])

/** Whether all of it is in this workspace. */
export const isWithin = (workspace: string, needs: Needs): boolean =>
  names.every(
    (name) => needs[name]?.every((ref: { readonly workspace: string }) => ref.workspace === workspace) ?? true,
  )

/** One text for each thing that is needed, the same for whoever needs it. */
export const keysOf = (needs: Needs): ReadonlyArray<string> => [
  ...(needs.conversations ?? []).map(({ workspace, id }) => JSON.stringify(['conversation', workspace, id])),
  ...(needs.identities ?? []).map(({ workspace, account, address }) =>
    JSON.stringify(['identity', workspace, account, address]),
  ),
  ...(needs.externals ?? []).map(({ workspace, account, externalId }) =>
    JSON.stringify(['external', workspace, account, externalId]),
  ),
  ...(needs.documents ?? []).map(({ workspace, kind, id }) => JSON.stringify(['document', workspace, kind, id])),
  ...(needs.deliveries ?? []).map(({ workspace, conversation, seq }) =>
    JSON.stringify(['delivery', workspace, conversation, seq]),
  ),
  ...(needs.counters ?? []).map(({ workspace, scope }) => JSON.stringify(['counter', workspace, scope])),
]

/** What was loaded along with what was asked for: the contact of an identity, the conversation that something leads to. */
export const foundBy = (needs: Needs, view: View): Needs => {
  const identities = (needs.identities ?? []).flatMap(({ workspace, account, address }) => {
    const identity = view.identity(workspace, account, address)
    return identity === undefined ? [] : [{ workspace, ...identity }]
  })
  const externals = (needs.externals ?? []).flatMap(({ workspace, account, externalId }) => {
    const external = view.external(workspace, account, externalId)
    return external === undefined ? [] : [{ workspace, conversation: external.conversation }]
  })
  return {
    conversations: [...identities, ...externals].flatMap(({ workspace, conversation }) =>
      conversation === null ? [] : [{ workspace, id: conversation }],
    ),
    documents: identities.map(({ workspace, contact }) => ({ workspace, kind: 'contact', id: contact })),
  }
}
