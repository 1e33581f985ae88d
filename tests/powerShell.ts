import { fileURLToPath } from 'node:url'
import v8 from 'node:v8'
import { Language, Parser } from 'web-tree-sitter'
import type { Node } from 'web-tree-sitter'

/** What the functions below compute with. */
export type Value = boolean | number | string

export interface PowerShellReader {
  /** Where the text is no PowerShell, e.g. `line 3: if ($a`; empty when all of it is. */
  faultsOf(text: string): readonly string[]
  /**
   * What a function of the script answers. Only functions that compute: `if`, `switch`, `return`, `-and`, `-or`, `-not` and
   * comparisons; anything else throws, so that nothing is passed over.
   */
  call(text: string, name: string, args: readonly Value[]): Value
}

/** Reads scripts by PowerShell's grammar, where no PowerShell can be had. */
export async function createPowerShellReader(): Promise<PowerShellReader> {
  // Node would compile the grammar a second time for speed, for ten seconds, and not end before that is done.
  v8.setFlagsFromString('--liftoff-only')
  await Parser.init()
  const grammar = import.meta.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')
  const parser = new Parser().setLanguage(await Language.load(fileURLToPath(grammar)))
  const parse = (text: string): Node => {
    const tree = parser.parse(text)
    if (tree === null) throw new Error('the parser gave up')
    return tree.rootNode
  }
  return {
    faultsOf: (text) => faultsIn(parse(text)),
    call(text, name, args) {
      const found = parse(text)
        .descendantsOfType('function_statement')
        .find((node) => childOf(node, 'function_name').text === name)
      if (!found) throw new Error(`the script has no function ${name}`)
      const names = found.descendantsOfType('script_parameter').map((node) => childOf(node, 'variable').text)
      if (names.length !== args.length) throw new Error(`${name} takes ${names.length} arguments`)
      const values = new Map(names.map((parameter, index) => [parameter.toLowerCase(), args[index] ?? '']))
      const answer = runBlock(childOf(found, 'script_block'), values)
      if (answer === undefined) throw new Error(`${name} answers nothing`)
      return answer
    },
  }
}

function faultsIn(node: Node): readonly string[] {
  if (node.isError || node.isMissing) {
    return [`line ${node.startPosition.row + 1}: ${node.text.split('\n')[0] ?? ''}`]
  }
  return node.children.flatMap(faultsIn)
}

function childOf(node: Node, type: string): Node {
  const child = node.namedChildren.find((one) => one.type === type)
  if (!child) throw new Error(`no ${type} in: ${node.text}`)
  return child
}

type Variables = ReadonlyMap<string, Value>

/** The first value that comes out of a block; nothing when it comes to its end without. */
function runBlock(block: Node, variables: Variables): Value | undefined {
  for (const statement of block.descendantsOfType('statement_list')[0]?.namedChildren ?? []) {
    const value = run(statement, variables)
    if (value !== undefined) return value
  }
  return undefined
}

function run(statement: Node, variables: Variables): Value | undefined {
  switch (statement.type) {
    case 'comment':
      return undefined
    case 'pipeline':
      return evaluate(statement, variables)
    case 'flow_control_statement':
      if (statement.children[0]?.text !== 'return') throw new Error(`cannot run: ${statement.text}`)
      return evaluate(childOf(statement, 'pipeline'), variables)
    case 'if_statement': {
      const [condition, block, ...others] = statement.namedChildren
      if (!condition || !block || others.length > 0) throw new Error(`cannot run: ${statement.text}`)
      return evaluate(condition, variables) === true ? runBlock(block, variables) : undefined
    }
    case 'switch_statement':
      return runSwitch(statement, variables)
    default:
      throw new Error(`cannot run: ${statement.text}`)
  }
}

function runSwitch(statement: Node, variables: Variables): Value | undefined {
  const value = evaluate(childOf(statement, 'switch_condition'), variables)
  const clauses = statement.descendantsOfType('switch_clause')
  const condition = (clause: Node): string => childOf(clause, 'switch_clause_condition').text
  const clause =
    clauses.find((one) => condition(one) === String(value)) ??
    clauses.find((one) => condition(one) === 'default')
  return clause && runBlock(clause, variables)
}

const operators = new Map<string, (left: Value, right: Value) => Value>([
  ['-and', (left, right) => left === true && right === true],
  ['-or', (left, right) => left === true || right === true],
  ['-eq', (left, right) => left === right],
  ['-ne', (left, right) => left !== right],
  ['-lt', (left, right) => left < right],
  ['-le', (left, right) => left <= right],
  ['-gt', (left, right) => left > right],
  ['-ge', (left, right) => left >= right],
])

function evaluate(node: Node, variables: Variables): Value {
  const [first, second, third] = node.children
  if (node.type === 'variable') return variableOf(node.text.toLowerCase(), variables)
  if (node.type === 'integer_literal' || node.type === 'real_literal') return Number(node.text)
  if (node.type === 'string_literal') return node.text.slice(1, -1)
  if (node.childCount === 1 && first) return evaluate(first, variables)
  if (node.childCount === 2 && first && second) {
    if (first.text === '-not' || first.text === '!') return evaluate(second, variables) !== true
    if (first.text === '-') return -Number(evaluate(second, variables))
  }
  if (node.childCount === 3 && first && second && third) {
    if (first.text === '(' && third.text === ')') return evaluate(second, variables)
    const operator = operators.get(second.text.toLowerCase())
    if (operator) return operator(evaluate(first, variables), evaluate(third, variables))
  }
  throw new Error(`cannot compute: ${node.text}`)
}

function variableOf(name: string, variables: Variables): Value {
  if (name === '$true' || name === '$false') return name === '$true'
  const value = variables.get(name)
  if (value === undefined) throw new Error(`there is no ${name}`)
  return value
}
