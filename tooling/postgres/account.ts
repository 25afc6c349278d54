/** Whom Postgres runs as: it refuses to run as root. */
export interface Account {
  readonly uid?: number
  readonly gid?: number
}

/** `initdb` looks its user up by number: `nobody` has this one on Debian, Alpine and Fedora alike. */
const nobody = { uid: 65534, gid: 65534 }

/** Ourselves, or `nobody` where we are root. */
export const unprivileged = (): Account => (process.getuid?.() === 0 ? nobody : {})
