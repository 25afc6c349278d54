/** A promise that does not hold: which, and what was seen instead. */
export class LawBroken extends Error {
  readonly law: string
  constructor(law: string, seen: string) {
    super(`${law}: ${seen}`)
    this.name = 'LawBroken'
    this.law = law
  }
}

export const hold = (law: string, holds: boolean, seen: () => string): void => {
  if (!holds) throw new LawBroken(law, seen())
}
