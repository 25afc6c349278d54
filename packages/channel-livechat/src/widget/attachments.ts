import type { ChatState } from '../client/types.ts'
import type { Language } from './translate.ts'

type Limits = ChatState['limits']

/** Whether a list like `image/*`, `application/pdf` takes this type: the server's own rule. */
const takes = (types: ReadonlyArray<string>, mime: string): boolean =>
  types.some((type) => type === mime || (type.endsWith('/*') && mime.startsWith(type.slice(0, -1))))

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
    if (!takes(limits.types, file.type)) refusals.push(t('wrongType', { name }))
    else if (file.size > limits.maxFileBytes)
      refusals.push(t('tooBig', { name, max: fileSize(limits.maxFileBytes, language) }))
    else if (files.length >= limits.maxFiles) refusals.push(t('tooMany', { name, n: limits.maxFiles }))
    else files.push(file)
  }
  return { files, refusals }
}
