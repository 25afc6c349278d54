import type { NewFile } from '@guichet/engine'
import type { Fields, Reading } from './body.ts'

const isFile = (value: unknown): value is { readonly name: string; readonly mime?: unknown; readonly data: string } =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'data' in value &&
  typeof value.data === 'string'

/** `files: [{ name, mime, data }]`, with the bytes in base64: one JSON body, easy for a script. */
export const filesOf = (fields: Fields, read: Reading): ReadonlyArray<NewFile> => {
  const files = fields['files'] ?? []
  if (!Array.isArray(files) || !files.every(isFile)) {
    read.issues.push('files is not a list of { name, mime, data }')
    return []
  }
  return files.map((file) => ({
    name: file.name,
    mime: typeof file.mime === 'string' && file.mime !== '' ? file.mime : 'application/octet-stream',
    bytes: new Uint8Array(Buffer.from(file.data, 'base64')),
  }))
}
