/** A limit as SQLite takes it: whole, not negative (which would mean none), and finite. */
export const rowLimit = (limit: number): number => Math.max(0, Math.min(Math.floor(limit), 2 ** 31 - 1))
