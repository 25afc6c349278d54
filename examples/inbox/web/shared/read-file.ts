/** A file as the server takes it: its bytes in base64. */
export interface SentFile {
  readonly name: string
  readonly mime: string
  readonly data: string
}

export const readFile = (file: File): Promise<SentFile> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onerror = () => reject(reader.error ?? new Error('the file could not be read'))
    reader.onload = () => resolve({ name: file.name, mime: file.type, data: String(reader.result).split(',')[1] ?? '' })
    reader.readAsDataURL(file)
  })
