import { parseArgs } from 'node:util'
import { type Broken, type Day, live } from './day.ts'

const usage = `npm run simulate -- [--seed 7] [--hours 24] [--seeds 1000] [--diary]

  --seed    the day to live, or the first of several
  --hours   how long it is
  --seeds   so many days, from the seed on
  --diary   print everything that happens`

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '7' },
    hours: { type: 'string', default: '24' },
    seeds: { type: 'string', default: '1' },
    diary: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const numberOf = (name: 'seed' | 'hours' | 'seeds'): number => {
  const number = Number(values[name])
  if (Number.isInteger(number) && number > 0) return number
  console.error(`--${name} is a whole number above zero, not ${values[name]}\n\n${usage}`)
  process.exit(2)
}

const told = ({ seed, hours, steps, conversations, digest, counts }: Day): string =>
  [
    `seed ${seed}: ${hours} hours, ${steps} steps, ${conversations} conversations; every law held`,
    ...[...counts].map(([what, times]) => `  ${what.padEnd(20)} ${times}`),
    `  digest ${digest}`,
  ].join('\n')

const complaint = ({ seed, step, seen, diary }: Broken): string =>
  [`seed ${seed}, step ${step}: ${seen}`, 'what came before:', ...diary.slice(-12).map((line) => `  ${line}`)].join(
    '\n',
  )

const run = async (): Promise<number> => {
  const [first, hours, seeds] = [numberOf('seed'), numberOf('hours'), numberOf('seeds')]
  const began = performance.now()
  let broken = 0
  for (let seed = first; seed < first + seeds; seed += 1) {
    const outcome = await live(seed, hours)
    if (!outcome.ok) {
      broken += 1
      console.error(complaint(outcome.broken))
      continue
    }
    if (values.diary) console.log(outcome.day.diary.join('\n'))
    if (seeds === 1) console.log(told(outcome.day))
    else if ((seed - first + 1) % 50 === 0) console.log(`${seed - first + 1} days lived`)
  }
  const seconds = ((performance.now() - began) / 1_000).toFixed(1)
  console.log(`${seeds - broken} of ${seeds} days held every law, in ${seconds} s`)
  return broken === 0 ? 0 : 1
}

if (values.help) console.log(usage)
else process.exitCode = await run()
