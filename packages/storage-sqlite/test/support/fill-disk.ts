import { rmSync, writeFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { sqlite } from '../../src/index.ts'
import { arrival, workspace } from '../../../../tooling/stores/changesets.ts'

// Runs where /mnt is a small file system: commits until it is full, makes room, and commits again.
const file = '/mnt/inbox.db'
writeFileSync('/mnt/ballast', Buffer.alloc(2 * 1024 * 1024))
const store = sqlite({ file })
await store.migrate()

let acknowledged = 0
let failed: { readonly code: string; readonly retryable: boolean } | undefined
while (failed === undefined) {
  try {
    await store.commit([arrival(acknowledged + 1)])
    acknowledged += 1
  } catch (error) {
    failed = error as { readonly code: string; readonly retryable: boolean }
  }
}
const readable = await store.position(workspace)
rmSync('/mnt/ballast')
await store.commit([arrival(acknowledged + 1)])
const afterRoom = await store.position(workspace)
await store.close()

const again = sqlite({ file })
await again.migrate()
const afterReopen = await again.position(workspace)
await again.close()
const db = new Database(file, { readonly: true })
const integrity = db.pragma('integrity_check', { simple: true })
const { code, retryable } = failed
console.log(JSON.stringify({ code, retryable, acknowledged, readable, afterRoom, afterReopen, integrity }))
