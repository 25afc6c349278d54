import type { ComponentChildren } from 'preact'
import { tagDefinition } from '../state/tags.ts'

/** The colour that a tag was given, as attributes of what shows it. */
export const tinted = (id: string, hue = tagDefinition(id)?.hue ?? null) =>
  hue === null ? {} : { 'data-tinted': '', style: { '--hue': String(hue) } }

export const Tag = ({ id, children }: { readonly id: string; readonly children?: ComponentChildren }) => (
  <span class={`tag ${id.toLowerCase() === 'vip' ? 'vip' : ''}`} {...tinted(id)}>
    {id}
    {children}
  </span>
)
