import type { Files } from '@guichet/local-providers'
import type { PhoneStore } from './store.ts'

/** The files of all telephones, as providers hold them. */
export const filesIn = (store: PhoneStore): Files => ({
  keep: ({ name, mime, bytes }) => store.keepFile({ name, mime }, bytes).id,
  get: (id) => {
    const found = store.file(id)
    return found === undefined ? undefined : { ...found.file, bytes: found.bytes }
  },
})
