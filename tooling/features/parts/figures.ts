import { type Section, desk, kept } from '../row.ts'

export const figures: Section = {
  letter: 'I',
  rows: [
    {
      id: 'I3',
      does: 'Figures by tag, department, queue, agent, channel or day: volume, answers, load, what bots contain; CSV',
      calls: ['session.report({ from, to, by })'],
      tests: [
        kept('reading/reports', 'G36 a report says what the journal says'),
        kept('reading/reports', 'G42 a report counts what its viewer may see'),
        kept('reading/reports', 'G36 a report as CSV holds other people’s words as words'),
        desk('screens', 'a report counts what happened, and its file says the same'),
      ],
    },
  ],
}
