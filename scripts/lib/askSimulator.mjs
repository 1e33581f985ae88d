import { ScriptFailure } from './commandLine.mjs'

/**
 * Asks the simulator's control API.
 * @param {string} simulator its address
 * @param {string} method
 * @param {string} path below `/__sim/`
 * @param {object} [body]
 * @returns {Promise<any>}
 */
export async function askSimulator(simulator, method, path, body) {
  const response = await fetch(new URL(`/__sim/${path}`, simulator), {
    method,
    ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new ScriptFailure(`the simulator answered ${response.status} to ${path}.`)
  return response.json()
}
