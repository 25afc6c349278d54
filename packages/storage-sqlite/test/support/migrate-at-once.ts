import { once } from 'node:events'
import { sqlite } from '../../src/index.ts'

// Says that it is ready, waits for a word, and migrates.
const [file = ''] = process.argv.slice(2)
process.stdout.write('ready\n')
await once(process.stdin, 'data')
const store = sqlite({ file })
await store.migrate()
process.stdout.write(`${JSON.stringify(await store.workspaces())}\n`)
await store.close()
process.stdin.destroy()
