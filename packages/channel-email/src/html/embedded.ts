import type { InboundFile } from '@guichet/engine/ports'

const start = 'data:image/'
const head = /^data:image\/(png|jpe?g|gif|webp|bmp);base64,/i
const maxPictures = 100

/**
 * Pictures written into the HTML itself (`src="data:image/png;base64,…"`), taken out as the files they are: the HTML
 * shows them by Content-ID like any other. Only what stands in quotes, as every mail program writes it.
 */
export const embeddedPictures = (
  html: string,
): { readonly html: string; readonly pictures: ReadonlyArray<InboundFile> } => {
  if (!html.includes(start)) return { html, pictures: [] }
  const pictures: Array<InboundFile> = []
  const kept: Array<string> = []
  let from = 0
  for (let at = html.indexOf(start); at >= 0 && pictures.length < maxPictures; at = html.indexOf(start, at + 1)) {
    const quote = html[at - 1]
    const end = quote === '"' || quote === "'" ? html.indexOf(quote, at) : -1
    const type = head.exec(html.slice(at, at + 40))
    if (end < 0 || type === null) continue
    const subtype = (type[1] ?? 'png').toLowerCase().replace('jpg', 'jpeg')
    const bytes = Buffer.from(html.slice(at + type[0].length, end), 'base64')
    if (bytes.byteLength === 0) continue
    const number = pictures.length + 1
    const contentId = `embedded-${number}@message`
    pictures.push({
      name: `image-${number}.${subtype}`,
      mime: `image/${subtype}`,
      bytes: new Uint8Array(bytes),
      contentId,
    })
    kept.push(html.slice(from, at), `cid:${contentId}`)
    from = end
    at = end
  }
  return { html: kept.join('') + html.slice(from), pictures }
}
