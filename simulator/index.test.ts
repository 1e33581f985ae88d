import { describe, expect, it } from 'vitest'

import { createSimulator } from './createSimulator.ts'
import { main } from './index.ts'

/** A terminal that ends the program as soon as it is ready, unless told to wait. */
function fakeTerminal() {
  const said = { out: '', err: '' }
  let end = (): void => undefined
  const ended = new Promise<void>((resolve) => {
    end = resolve
  })
  return {
    said,
    end,
    terminal: {
      out: (text: string) => {
        said.out += text
      },
      err: (text: string) => {
        said.err += text
      },
      askedToEnd: () => ended,
    },
  }
}

describe('main', () => {
  it('says one line of JSON once it answers, and stops listening when asked to end', async () => {
    const { terminal, said, end } = fakeTerminal()
    const code = main(['--port', '0', '--seed', 'empty'], terminal)
    await expect.poll(() => said.out).toContain('\n')
    const ready = JSON.parse(said.out) as { event: string; url: string }
    expect(ready.event).toBe('ready')
    expect(await (await fetch(`${ready.url}/__sim/state`)).json()).toMatchObject({ bookings: [] })
    end()
    expect(await code).toBe(0)
    await expect(fetch(`${ready.url}/__sim/state`)).rejects.toThrow()
  })

  it('ends with 1 and the remedy when the port is taken, instead of a stack', async () => {
    const other = createSimulator()
    const { url } = await other.listen(0)
    const { terminal, said } = fakeTerminal()
    expect(await main(['--port', new URL(url).port], terminal)).toBe(1)
    expect(said.err).toMatch(/^simulator: cannot listen on .*--port\n$/)
    expect(said.out).toBe('')
    await other.close()
  })

  it.each([
    [['--prot', '1'], '--prot'],
    [['--port', 'http'], '--port'],
    [['--port', '70000'], '--port'],
    [['--port='], '--port'],
    [['--seed', 'night'], '--seed'],
    [['--port'], '--port'],
    [['8080'], '8080'],
  ])('ends with 2 over %j and names it', async (argv, named) => {
    const { terminal, said } = fakeTerminal()
    expect(await main(argv, terminal)).toBe(2)
    expect(said.err).toContain(named)
  })

  it('prints its usage for --help and ends with 0', async () => {
    const { terminal, said } = fakeTerminal()
    expect(await main(['--help'], terminal)).toBe(0)
    expect(said.out).toContain('--seed day|empty')
  })
})
