/** What to do about what the server says, by its SQLSTATE (PostgreSQL's Appendix A). */
const advice: Readonly<Record<string, string>> = {
  '25006': 'it only reads, as a stand-by does: point `url` at the primary, or wait until this one is promoted',
  '25P03': 'this process was held up in the middle of a transaction, of which nothing is stored: try again',
  '25P04': 'this process was held up in the middle of a transaction, of which nothing is stored: try again',
  '28000': 'check the user in `url`, and who is let in by pg_hba.conf on the server',
  '28P01': 'check the user and the password in `url`',
  '3D000': 'create the database, or correct its name in `url`',
  '40001': 'another transaction was faster, and nothing of this one is stored: try again',
  '40P01': 'another transaction was faster, and nothing of this one is stored: try again',
  '42501': 'grant the user of `url` the schema and its tables',
  '53100': 'make room on the disk of the server; it goes on by itself then',
  '53200': 'the server has too little memory: lower its shared_buffers, work_mem or max_connections',
  '53300': 'raise max_connections on the server, lower `connections` here, or put a pooler between (`pooled`)',
  '54000': 'a text that is looked up, such as an address, may be about 1,200 bytes long',
  '55P03': 'something holds a lock for long, such as a migration: try again, or look for it in pg_stat_activity',
  '57014':
    'it took longer than `timeoutMs`, or an operator ended it: try again, or look for what holds it up in pg_stat_activity',
  '57P01': 'the server is being shut down, or an operator ended the connection: try again',
  '57P02': 'the server has crashed and recovers: try again',
  '57P03': 'the server is starting or stopping: try again',
  '57P04': 'the database was dropped: restore it, or correct its name in `url`',
}

/** The server's words, and what to do. */
export const withAdvice = (code: string, words: string): string => {
  const what = advice[code]
  return what === undefined ? words : `${words}: ${what}`
}
