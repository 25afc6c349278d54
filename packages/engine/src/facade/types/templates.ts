import type { Template } from '../../domain/template/template.ts'
import type { CallOptions, Outcome } from './outcome.ts'

/** A template as it is written; a new one has no id yet. */
export type TemplateInput = Omit<Template, 'id' | 'updatedAt' | 'category' | 'shortcut' | 'language' | 'channels'> &
  Partial<Pick<Template, 'id' | 'category' | 'shortcut' | 'language' | 'channels'>>

/** Canned replies. Everybody keeps her own; those of a team or of all take the permission `manageTemplates`. */
export interface Templates {
  /** Those that this agent may use, best first: words, language, channel and category narrow. At most 50. */
  readonly find: (
    options?: {
      readonly words?: string
      readonly category?: string
      readonly language?: string
      readonly channel?: string
    } & CallOptions,
  ) => Promise<ReadonlyArray<Template>>
  readonly get: (id: string) => Promise<Outcome<Template>>
  /**
   * A new one, or one changed by its id. `Invalid` names variables that do not exist, with those that do, and a
   * shortcut that leads her to another one already; of two with the same shortcut the nearest is found first.
   */
  readonly put: (template: TemplateInput) => Promise<Outcome<Template>>
  readonly remove: (id: string) => Promise<Outcome<void>>
  /** What a message says becomes a template. Refusals: `UnknownMessage`, `Empty`, and those of `put`. */
  readonly fromMessage: (
    conversation: string,
    message: number,
    template: Omit<TemplateInput, 'text'>,
  ) => Promise<Outcome<Template>>
  /** The text with its variables filled from contact, agent and conversation; `missing` are those left to fallbacks or empty. */
  readonly fill: (
    id: string,
    conversation: string,
  ) => Promise<Outcome<{ readonly text: string; readonly missing: ReadonlyArray<string> }>>
}
