import { preset } from '../../tsup.preset.ts'

export default preset(['src/index.ts', 'src/whatsapp/index.ts', 'src/messenger/index.ts', 'src/twilio/index.ts'])
