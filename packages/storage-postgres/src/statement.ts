import { createHash } from 'node:crypto'
import type { Template } from '@guichet/storage-sql'
import type { QueryArrayConfig, QueryConfig } from 'pg'
import { ArrayParameter } from './arrays.ts'
import { toText } from './text.ts'

/** A statement with its values: what goes over the wire. `row` is only for the type checker. */
export interface Call<Row> {
  readonly config: QueryConfig | QueryArrayConfig
  readonly row?: Row
}

/** What a statement about one workspace is given. */
export interface InWorkspace {
  readonly ws: number
}

/** A template as this store sends it: named, so that the server parses and plans it once for each connection. */
export type Statement<Params, Row> = (params: Params) => Call<Row>

const schemaInTemplates = 'guichet.'

/** A value as it goes over the wire: bytes as they are, everything else as the server reads it. */
const value = (given: unknown): string | Buffer | null => {
  if (typeof given === 'string') return toText(given)
  if (given instanceof ArrayParameter) return given.wire
  if (given === null || given === undefined) return null
  if (given instanceof Uint8Array) return Buffer.from(given.buffer, given.byteOffset, given.byteLength)
  return String(given)
}

/** The name follows from the text: it is the same in every process, as poolers between us and the server want it. */
const nameOf = (text: string): string => `g${createHash('sha1').update(text).digest('base64url').slice(0, 16)}`

/** A schema's name as SQL. */
export const quoteSchema = (schema: string): string => `"${schema.replaceAll('"', '""')}"`

/** Puts the store's own schema in the place of the one that statements are written with. */
export const inSchema = (text: string, schema: string): string =>
  text.replaceAll(schemaInTemplates, `${quoteSchema(schema)}.`)

export const bind = <Params, Row>(template: Template<Params, Row>, schema: string): Statement<Params, Row> => {
  const text = inSchema(template.sql, schema)
  const name = nameOf(text)
  const { order } = template
  return (params) => ({
    config: {
      name,
      text,
      values: order.map((parameter) => value(params[parameter])),
      ...(template.positional ? { rowMode: 'array' } : {}),
    },
  })
}

type Templates = Readonly<Record<string, Template<never, unknown>>>

export type BoundAll<Group extends Templates> = {
  readonly [Name in keyof Group]: Group[Name] extends Template<infer Params, infer Row> ? Statement<Params, Row> : never
}

export const bindAll = <Group extends Templates>(group: Group, schema: string): BoundAll<Group> =>
  Object.fromEntries(
    Object.entries(group).map(([name, template]) => [name, bind(template as Template<object, unknown>, schema)]),
  ) as unknown as BoundAll<Group>
