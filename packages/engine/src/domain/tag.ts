/** What a tag means. Tags are for filing, search and reports, never for routing. */
export interface TagDefinition {
  /** The tag itself, as conversations carry it. */
  readonly id: string
  readonly about: string | null
  /** A hue of the colour circle, 0 to 359; null for none. */
  readonly hue: number | null
}
