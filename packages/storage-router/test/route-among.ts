/** Every workspace lands somewhere, and not all in one place. */
export const routeAmong =
  (shards: ReadonlyArray<string>) =>
  (workspace: string): string =>
    shards[[...workspace].reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % shards.length] ?? ''
