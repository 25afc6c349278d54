import { preset } from '../../tsup.preset.ts'

export default preset(['src/index.ts', 'src/client/index.ts', 'src/widget/index.ts', 'src/assets/index.ts'])
