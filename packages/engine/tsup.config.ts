import { preset } from '../../tsup.preset.ts'

export default preset([
  'src/facade/index.ts',
  'src/domain/index.ts',
  'src/ports/index.ts',
  'src/memory/index.ts',
  'src/effect/index.ts',
  'src/node/index.ts',
])
