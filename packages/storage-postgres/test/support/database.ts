export { freshDatabase } from '../../../../tooling/postgres/fresh-database.ts'
