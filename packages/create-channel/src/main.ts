#!/usr/bin/env node
import { scaffold } from './scaffold.ts'

const [target = ''] = process.argv.slice(2)
const done = scaffold(target)

if (done.ok) {
  console.log(`${done.files.map((file) => `  ${file}`).join('\n')}\n\nNow:\n  cd ${target}\n  npm install\n  npm test`)
} else {
  console.error(done.reason)
  process.exitCode = 1
}
