import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../architecture/sources.ts'
import { type Example, examplesOf } from '../docs/examples.ts'
import type { Row, Section } from './row.ts'

export const page = join(root, 'docs', 'features.md')

export const readPage = (): string => readFileSync(page, 'utf8')

const head = '| id | what one can do | the call | shown by |\n|---|---|---|---|'

const lineOf = ({ id, does, calls, tests, later }: Row): string => {
  const said = later === undefined ? does : `${does}. *Later*: ${later}`
  const called = calls.map((call) => `\`${call}\``).join('<br>')
  const links = tests.map(({ file, title }) => `[${title}](../${file})`).join('<br>')
  return `| ${id} | ${said} | ${called || '-'} | ${links || '-'} |`
}

/** The table of a section, as the page has it. */
export const tableOf = ({ rows }: Section): string => [head, ...rows.map(lineOf)].join('\n')

/** A heading of the page with what stands below it: its table and its example. */
export interface Chapter {
  readonly letter: string
  readonly table: string
  readonly examples: ReadonlyArray<Example>
}

const heading = /^## ([A-Z])\. .*\n\n((?:\|.*\n)*)/gm

export const chaptersOf = (text: string): ReadonlyArray<Chapter> => {
  const found = [...text.matchAll(heading)]
  return found.map(({ index, 1: letter = '', 2: table = '' }, at) => ({
    letter,
    table: table.trimEnd(),
    examples: examplesOf('docs/features.md', text.slice(index, found[at + 1]?.index)),
  }))
}

/** The page with the tables of these sections; everything else stays. */
export const pageWith = (text: string, sections: ReadonlyArray<Section>): string =>
  text.replaceAll(heading, (found, letter: string, table: string) => {
    const section = sections.find((one) => one.letter === letter)
    const above = found.slice(0, found.length - table.length)
    return section === undefined ? found : `${above}${tableOf(section)}\n`
  })
