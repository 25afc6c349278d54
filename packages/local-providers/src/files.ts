export interface HeldFile {
  readonly name: string
  readonly mime: string
  readonly bytes: Uint8Array
  /** What it was uploaded as, where somebody says so: `image`, `file`. */
  readonly as?: string
}

/** Files that somebody has sent or the account has uploaded. */
export interface Files {
  /** Answers with its id. */
  readonly keep: (file: HeldFile) => string
  readonly get: (id: string) => HeldFile | undefined
}
