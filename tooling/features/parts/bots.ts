import { type Section, desk, kept } from '../row.ts'

export const bots: Section = {
  letter: 'G',
  rows: [
    {
      id: 'G1',
      does: 'Silence one bot in one conversation and let it speak again; ask one now; give it back to them',
      calls: [
        'session.conversations.blockBot(id, { bot })',
        'session.conversations.unblockBot(id, { bot })',
        'session.conversations.runBot(id, { bot })',
        'session.conversations.giveToBot(id)',
      ],
      tests: [
        kept('automation/gate', 'G39 a blocked bot is not asked, the next one is'),
        kept('automation/gate', 'G39 a bot that is run by hand answers once, whoever has control'),
        desk('assistant', 'is blocked, run by hand, and unblocked from the commands'),
      ],
    },
  ],
}
