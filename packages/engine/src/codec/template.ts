import type { Template } from '../domain/template/template.ts'
import type { StoredDocument } from '../ports/storage.ts'

/** Templates are listed by whom they are for: every list of them is one of these. */
export const parentOf = (scope: Template['scope']): string => {
  switch (scope._tag) {
    case 'All':
      return 'all'
    case 'Team':
      return `queue:${scope.queue}`
    case 'Own':
      return `agent:${scope.agent}`
  }
}

/** Variables are no words: nobody looks for `contact`. */
const wordsOf = ({ title, category, shortcut, text }: Template): string =>
  [title, category ?? '', shortcut ?? '', text.replace(/\{\{[^{}]*\}\}/g, ' ')].filter((one) => one !== '').join(' ')

/** A template is a document of the kind `template`, read and written whole; `v` is the shape's version. */
export const encodeTemplate = (template: Template, version: number): StoredDocument => {
  const { id, ...rest } = template
  return {
    kind: 'template',
    id,
    version,
    parent: parentOf(template.scope),
    words: wordsOf(template),
    data: JSON.stringify({ v: 1, ...rest }),
  }
}

/** A stored document always says something: only a put can have null data. */
export const decodeTemplate = (stored: StoredDocument): Template => {
  const { v: _, ...rest } = JSON.parse(stored.data ?? '{}') as Omit<Template, 'id'> & { readonly v: 1 }
  return { id: stored.id, ...rest }
}
