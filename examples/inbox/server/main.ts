import type { Reachable } from './cluster/node.ts'
import { startInbox } from './inbox.ts'
import { run } from './run.ts'
import { settingsFrom } from './settings.ts'

const { url, smtpPort } = await run(() => startInbox(settingsFrom(process.env)))
process.send?.({ port: Number(new URL(url).port), smtpPort } satisfies Reachable)
