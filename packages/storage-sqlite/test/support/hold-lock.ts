import { once } from 'node:events'
import Database from 'better-sqlite3'

// Holds the write lock until it is told to let go.
const [file = ''] = process.argv.slice(2)
const db = new Database(file)
db.exec('begin immediate')
process.stdout.write('locked\n')
await once(process.stdin, 'data')
// The other process is waiting by now, with its event loop stopped: it can only be let in from here.
setTimeout(() => {
  db.exec('rollback')
  db.close()
  process.stdin.destroy()
}, 200)
