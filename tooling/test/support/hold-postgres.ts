import { startPostgres } from '../../postgres/start.ts'

/** Starts a server, says where, and forgets to stop it; with `--stay` it does not end by itself. */
const held = await startPostgres()
process.stdout.write(`${JSON.stringify({ dataDirectory: held.dataDirectory, supervisor: held.supervisor })}\n`)
if (process.argv.includes('--stay')) process.stdin.resume()
