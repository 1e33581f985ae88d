import { describe, expect, it } from 'vitest'
import { findCircles } from './importCircles.ts'
import { readRepositoryFile, repositoryFiles } from './repositoryFiles.ts'

/**
 * Files that name each other cannot be read, moved or understood one at a time. `import-x/no-cycle` does not see circles
 * that are closed by a type; this does.
 */
const ours = /^(src|simulator|e2e|bench|tests|eslint)\//

const circlesOf = (files: Readonly<Record<string, string>>) => findCircles(new Map(Object.entries(files)))

describe('circles of imports', () => {
  it('there are none, type imports counted', () => {
    const files = repositoryFiles('.ts', '.vue').filter((path) => ours.test(path))
    expect(files.length).toBeGreaterThan(900)
    const circles = findCircles(new Map(files.map((path) => [path, readRepositoryFile(path)])))
    expect(circles.map((circle) => circle.join(' → '))).toEqual([])
  })

  it.each([
    ['types', "import type { B } from './b.ts'", "import type { A } from './a.ts'"],
    ['types among values', "import { type B } from './b.ts'", "export type { A } from './a.ts'"],
    ['everything', "export * from './b.ts'", "import './a.ts'"],
    ['what is imported late', "export const b = () => import('./b.ts')", "import { b } from './a.ts'"],
    ['types said in place', "export type B = import('./b.ts').B", "import { b } from './a.ts'"],
  ])('a circle is found by %s', (_by, a, b) => {
    expect(circlesOf({ 'src/a.ts': a, 'src/b.ts': b })).toEqual([['src/a.ts', 'src/b.ts', 'src/a.ts']])
  })

  it('a circle over folders and a component is found, and every knot is named once', () => {
    const circles = circlesOf({
      'src/a/A.vue':
        '<script setup lang="ts">\nimport { b } from \'../b.ts\'\n</script>\n<template><p /></template>\n',
      'src/b.ts': "import { c } from './c/c.ts'\nimport { a } from './free.ts'\n",
      'src/c/c.ts': "import A from '../a/A.vue'\n",
      'src/free.ts': "import { x } from './c/../x.ts'\n",
      'src/x.ts': "import { x } from 'x'\n",
    })
    expect(circles).toEqual([['src/a/A.vue', 'src/b.ts', 'src/c/c.ts', 'src/a/A.vue']])
  })

  it('one way only is no circle, nor is what stands in a comment', () => {
    const b = "// import { a } from './a.ts'\nexport const b = 1\n"
    expect(circlesOf({ 'src/a.ts': "import { b } from './b.ts'", 'src/b.ts': b })).toEqual([])
  })
})
