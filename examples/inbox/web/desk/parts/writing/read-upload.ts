import { readFile } from '../../../shared/read-file.ts'
import type { Upload } from '../../state/outbox.ts'

export const readUpload = async (file: File): Promise<Upload> => {
  const { name, mime, data } = await readFile(file)
  return { name, mime: mime || 'application/octet-stream', size: file.size, data }
}
