import ts from 'typescript'

/** One use of something electron.d.ts has marked as going away. */
export interface DeprecatedUse {
  readonly file: string
  readonly line: number
  readonly name: string
  readonly note: string
}

const comesFromElectron = (node: ts.Node | undefined): boolean =>
  node?.getSourceFile().fileName.endsWith('electron/electron.d.ts') ?? false

function deprecationOf(tags: readonly ts.JSDocTagInfo[]): string | undefined {
  const tag = tags.find(({ name }) => name === 'deprecated')
  return tag && ts.displayPartsToString(tag.text)
}

function symbolOf(node: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  // What is taken apart stands for the property it was taken from, not for the variable it becomes.
  if (ts.isBindingElement(node.parent) && ts.isObjectBindingPattern(node.parent.parent)) {
    return checker.getPropertyOfType(checker.getTypeAtLocation(node.parent.parent), node.text)
  }
  const found = checker.getSymbolAtLocation(node)
  return found && found.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(found) : found
}

/** A listener may take arguments of its event that are going away: the typings mark each parameter by itself. */
function deprecatedArgument(listener: ts.Expression, checker: ts.TypeChecker): string | undefined {
  const [wanted] = checker.getContextualType(listener)?.getCallSignatures() ?? []
  const [given] = checker.getTypeAtLocation(listener).getCallSignatures()
  const taken = wanted?.parameters.slice(0, given?.parameters.length ?? 0) ?? []
  const gone = taken.find(({ valueDeclaration }) => {
    if (!valueDeclaration || !comesFromElectron(valueDeclaration)) return false
    return ts.getJSDocTags(valueDeclaration).some((tag) => tag.tagName.text === 'deprecated')
  })
  return gone && `the listener takes ${gone.name}`
}

function deprecatedCall(call: ts.CallExpression, checker: ts.TypeChecker): string | undefined {
  const signature = checker.getResolvedSignature(call)
  if (!signature || !comesFromElectron(signature.declaration)) return undefined
  const listeners = call.arguments.map((argument) => deprecatedArgument(argument, checker))
  return deprecationOf(signature.getJsDocTags()) ?? listeners.find((note) => note !== undefined)
}

/** Methods, overloads (events are overloads), properties, options: whatever the node means, in Electron's own typings. */
function deprecatedMeaning(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (ts.isCallExpression(node)) return deprecatedCall(node, checker)
  if (!ts.isIdentifier(node)) return undefined
  const declarations = symbolOf(node, checker)?.declarations ?? []
  // Of several overloads only the call says which one is meant.
  const isOverloaded = declarations.length > 1 && declarations.every(ts.isMethodDeclaration)
  if (isOverloaded || !declarations.some(comesFromElectron)) return undefined
  return deprecationOf(symbolOf(node, checker)?.getJsDocTags(checker) ?? [])
}

/** @param sources the program's files to look at; others are only read for their types */
export function electronDeprecations(
  program: ts.Program,
  sources: readonly string[],
): readonly DeprecatedUse[] {
  const checker = program.getTypeChecker()
  const uses: DeprecatedUse[] = []
  for (const path of sources) {
    const file = program.getSourceFile(path)
    if (!file) throw new Error(`${path} is not in the program`)
    const visit = (node: ts.Node): void => {
      const note = deprecatedMeaning(node, checker)
      if (note !== undefined) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart(file))
        uses.push({ file: path, line: line + 1, name: node.getText(file).slice(0, 60), note })
      }
      ts.forEachChild(node, visit)
    }
    visit(file)
  }
  return uses
}
