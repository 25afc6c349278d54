import type { ChatState } from '../client/types.ts'
import type { Language } from './translate.ts'

type Limits = ChatState['limits']

/** Whether a list like `image/*, application/pdf, .csv` takes this file; an empty list takes everything. */
const takes = (types: ReadonlyArray<string>, file: File): boolean =>
  types.length === 0 ||
  types.some((type) => {
    const rule = type.toLowerCase()
    if (rule.startsWith('.')) return file.name.toLowerCase().endsWith(rule)
    if (rule.endsWith('/*')) return rule === '*/*' || file.type.startsWith(rule.slice(0, -1))
    return file.type === rule
  })

/** "2.4 MB", in the reader's language. */
export const fileSize = (bytes: number, { amount }: Language): string =>
  bytes < 1e6 ? amount(Math.ceil(bytes / 1e3), 'kilobyte') : amount(bytes / 1e6, 'megabyte')

/** What may be added to the files already chosen, and one sentence for each file that may not. */
export const screenFiles = (
  chosen: ReadonlyArray<File>,
  added: Iterable<File>,
  limits: Limits,
  language: Language,
): { readonly files: ReadonlyArray<File>; readonly refusals: ReadonlyArray<string> } => {
  const { t } = language
  const files = [...chosen]
  const refusals: string[] = []
  for (const file of added) {
    const { name } = file
    if (!takes(limits.types, file)) refusals.push(t('wrongType', { name }))
    else if (file.size > limits.maxFileBytes)
      refusals.push(t('tooBig', { name, max: fileSize(limits.maxFileBytes, language) }))
    else if (files.length >= limits.maxFiles) refusals.push(t('tooMany', { name, n: limits.maxFiles }))
    else files.push(file)
  }
  return { files, refusals }
}
