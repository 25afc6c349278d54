import { preset } from '../../tsup.preset.ts'

// What the SQL stores share is private: it goes into this package's own files.
export default { ...preset(['src/index.ts']), noExternal: ['@guichet/storage-sql'] }
