/** No answer is longer: many times what may be asked at once, in bytes. */
const longest = 10_000_000

/** The JSON of an answer; undefined when it is none, or does not end. Rejects when the connection breaks. */
export const readJson = async (response: Response): Promise<{ readonly json: unknown; readonly tooLong: boolean }> => {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > longest) return { json: undefined, tooLong: true }
    text += decoder.decode(chunk, { stream: true })
  }
  try {
    return { json: JSON.parse(text + decoder.decode()) as unknown, tooLong: false }
  } catch {
    return { json: undefined, tooLong: false }
  }
}
