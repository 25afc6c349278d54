// `npm run features`: writes the tables of docs/features.md from the list in rows.ts; its words and its examples stay.
import { writeFileSync } from 'node:fs'
import { page, pageWith, readPage } from './page.ts'
import { sections } from './rows.ts'

writeFileSync(page, pageWith(readPage(), sections))
